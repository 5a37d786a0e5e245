import type { Document } from "../../document/document.ts";
import { commonLanguage } from "../../document/language.ts";
import { fill } from "../../prompt/template.ts";
import type { SummarizeOptions } from "../options.ts";
import { TOKENS_PER_WORD } from "./digest.ts";
import { type Merged, mergeTree, type Note } from "./merge.ts";
import { writeLine } from "./write-line.ts";

export type Written = Omit<Merged, "levels"> & { readonly tokens: number };

/**
 * Merges notes to the length of the summary, the writer at work on each group. With n notes of at most t tokens and an
 * instruction of i, it evaluates and decodes less than n * i + 2 * n * t * (1 + log(n) / log(4/3)) tokens.
 */
export async function mergeNotes(
  notes: readonly Note[],
  documents: readonly Document[],
  options: SummarizeOptions,
): Promise<Written> {
  const { writer, prompts, mostWords } = options;
  let tokens = 0;
  const merge = async (group: readonly Note[], words: number): Promise<string> => {
    const list = group.map(({ text }) => `- ${text}`).join("\n");
    const user = fill(prompts.merge, { notes: list, words: String(words) });
    // Never more than the notes themselves take: however a writer goes on, each level costs no more than the one before.
    const answerTokens = Math.min((words + 1) * TOKENS_PER_WORD, writer.tokenize(list).length);
    const line = await writeLine(user, answerTokens, options);
    tokens += line.tokens;
    // What was cut off, or found no room, has lost notes: it counts as not merged.
    return line.stop === "end" ? line.text : "";
  };
  const { notes: left, dropped } = await mergeTree(notes, {
    mostWords,
    merge,
    language: commonLanguage(documents),
  });
  return { notes: left, dropped, tokens };
}
