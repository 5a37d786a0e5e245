import { commonLanguage } from "../../document/language.ts";
import type { Asked } from "../asked.ts";
import type { Source } from "../attribution/match.ts";
import { isYesOrNo } from "../condenser/local-tokens.ts";
import { contentWords } from "../ranking/words.ts";

/** Share of an answer's content words that must stand in what it was taken from (bench/unsaid.mjs). */
const LEAST_SAID = 0.5;
/** Words that begin alike are the same here: Germany and German, Argentina and Argentine. */
const SAME_BEGINNING = 5;

type Placed = Pick<Asked, "documents" | "chunks">;

/** Whether an answer is mostly of words that its passage does not have, nor what stands before that in its chunk. */
export function isUnsaid(answer: string, source: Pick<Source, "chunk" | "quote">, placed: Placed): boolean {
  return !isYesOrNo(answer) && shareSaid(answer, source, placed) < LEAST_SAID;
}

/** Share (0 … 1) of an answer's content words that its passage has, or what stands before that in its chunk; 1 where it has none. */
export function shareSaid(
  answer: string,
  { chunk: index, quote }: Pick<Source, "chunk" | "quote">,
  { documents, chunks }: Placed,
): number {
  const chunk = chunks[index];
  const text = documents[chunk?.document ?? -1]?.text;
  if (chunk === undefined || text === undefined) throw new Error(`there is no chunk ${index}`);
  const language = commonLanguage(documents);
  const read = contentWords(text.slice(Math.min(chunk.start, quote.start), quote.end), language);
  const known = new Set(read.flatMap(({ form, exact }) => [form, beginning(exact)]));
  const words = contentWords(answer, language);
  const said = words.filter(({ form, exact }) => known.has(form) || known.has(beginning(exact)));
  return words.length === 0 ? 1 : said.length / words.length;
}

function beginning(word: string): string {
  return word.length < SAME_BEGINNING || /\d/u.test(word) ? word : `${word.slice(0, SAME_BEGINNING)}…`;
}
