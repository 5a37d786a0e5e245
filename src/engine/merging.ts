import { fill } from "../prompt/template.ts";
import { decode } from "./decode.ts";
import { TOKENS_PER_WORD } from "./digest.ts";
import { type Merged, mergeTree, type Note } from "./merge.ts";
import type { SummarizeOptions } from "./options.ts";
import { plainLine } from "./plain.ts";

export type Written = Merged & { readonly tokens: number };

/** Merges notes to the length of the summary, the writer at work on each group. */
export async function mergeNotes(notes: readonly Note[], options: SummarizeOptions): Promise<Written> {
  const { writer, prompts, mostWords, signal } = options;
  let tokens = 0;
  const merge = async (group: readonly Note[], words: number): Promise<string> => {
    const list = group.map(({ text }) => `- ${text}`).join("\n");
    const request = writer.chat(prompts.system, fill(prompts.merge, { notes: list, words: String(words) }));
    const quiet = { writer, signal, answerTokens: (words + 1) * TOKENS_PER_WORD, onEvent: () => {} };
    const spoken = await decode({ ...request, chosen: [] }, quiet);
    tokens += spoken.windowTokens + spoken.tokens;
    // What was cut off has lost its last notes: it counts as not merged.
    return spoken.stop === "end" ? plainLine(spoken) : "";
  };
  return { ...(await mergeTree(notes, { mostWords, merge })), tokens };
}
