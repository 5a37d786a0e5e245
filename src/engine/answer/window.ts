import type { Chunk } from "../../document/chunk.ts";
import { UsageError } from "../../errors.ts";
import type { ChatPrompt } from "../../model/chat.ts";
import { fill } from "../../prompt/template.ts";
import type { Asked } from "../asked.ts";
import type { AskOptions } from "../options.ts";

const BETWEEN_RUNS = "\n\n[…]\n\n";

/** What bounds the window, in tokens of the writer. */
export type WindowBudget = Pick<
  AskOptions,
  "answerStyle" | "budgetTokens" | "answerTokens" | "chunkTokens" | "writer"
>;

/**
 * Tokens that passages may take in the window, beside instruction, question and, where the writer writes, chat form (the paper's
 * local context). Throws UsageError for a budget that cannot hold one chunk or exceeds what the writer was trained on, and says what
 * would do.
 */
export function requireRoom(
  { prompts, question, chat }: Pick<Asked, "prompts" | "question" | "chat">,
  { answerStyle, budgetTokens, answerTokens, chunkTokens, writer }: WindowBudget,
): number {
  const trained = writer.metadata.trainedContextTokens;
  if (budgetTokens + answerTokens > trained) {
    throw new UsageError(
      `--budget ${budgetTokens} and --max-answer ${answerTokens} exceed the ${trained} tokens that ${writer.name} was trained on`,
      { hint: `use --budget ${Math.max(0, trained - answerTokens)} or less, or another writer` },
    );
  }
  const user = fill(prompts.answer, { passages: "", question });
  // A model's chat form takes a second to find out (chatForm).
  const { length: local } =
    answerStyle === "write"
      ? chat(prompts.system, user).tokens
      : writer.tokenize(`${prompts.system}\n\n${user}`);
  const least = local + chunkTokens;
  if (budgetTokens >= least) return budgetTokens - local;
  throw new UsageError(
    `--budget ${budgetTokens} cannot hold the question (${local} tokens) and one chunk (${chunkTokens} tokens)`,
    { hint: `use --budget ${least} or more, or a smaller --chunk` },
  );
}

export type WindowInput = Asked & {
  /** What the reader found (hints.ts); may be empty. */
  readonly hints: string;
};

/**
 * What the writer sees, the exact window: the chosen chunks' text in document order, neighbours joined to runs, then
 * what the reader found, then the local context. It is evaluated afresh, so that nothing is lost to missing left context or moved positions
 * (composed windows lose about a third of what the window gives on small models).
 */
export function compose(input: WindowInput, chosen: readonly number[]): ChatPrompt {
  const { documents, chunks, question, prompts, chat, hints } = input;
  const manyDocuments = documents.length > 1;
  const runs: string[] = [];
  let previous: Chunk | undefined;
  for (const index of chosen) {
    const chunk = chunks[index];
    const source = chunk === undefined ? undefined : documents[chunk.document];
    if (chunk === undefined || source === undefined) continue;
    const text = source.text.slice(chunk.start, chunk.end);
    if (previous?.document === chunk.document && previous.end === chunk.start) runs[runs.length - 1] += text;
    else runs.push(manyDocuments ? `(from ${source.title ?? source.path})\n${text}` : text);
    previous = chunk;
  }
  const excerpts = runs.map((run) => run.trim()).join(BETWEEN_RUNS);
  const passages = hints === "" ? excerpts : `${excerpts}\n\n${hints}`;
  return chat(prompts.system, fill(prompts.answer, { passages, question }));
}
