import { UsageError } from "../../errors.ts";
import type { Adapter } from "../../model/adapters/adapter.ts";
import type { ChatForm } from "../../model/chat.ts";
import type { LanguageModel } from "../../model/language-model.ts";

/** What candidates' adapters are trained with (training/FORM.md), whatever prompts the user has of his own. */
const BEFORE_QUESTION = "\n\nQuestion: ";

/**
 * (nPrompt) the local context: it is appended to every chunk, where its last tokens become candidates, and stands behind
 * all candidates, where the answer begins. The passage opened the user's turn; this ends it and opens the model's. Throws
 * UsageError when it has fewer tokens than there are candidates.
 */
export function dynamicPrompt(
  model: LanguageModel,
  question: string,
  { perChunk, name }: Adapter,
): Uint32Array {
  const text = model.tokenize(BEFORE_QUESTION + question);
  const tokens = Uint32Array.from([...text, ...turnChange(model.chat)]);
  if (tokens.length >= perChunk) return tokens;
  throw new UsageError(
    `the question takes ${tokens.length} tokens, but ${name} makes candidates of its last ${perChunk}`,
    { hint: "ask in more words" },
  );
}

/** What stands between the user's text and the answer: where two prompts that differ in the user's text alone agree. */
function turnChange(chat: ChatForm): Uint32Array {
  const [a, b] = [chat("", "a").tokens, chat("", "b").tokens];
  let length = 0;
  while (length < Math.min(a.length, b.length) && a.at(-1 - length) === b.at(-1 - length)) length += 1;
  return a.slice(a.length - length);
}
