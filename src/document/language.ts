import { francAll } from "franc-min";
import type { Document } from "./document.ts";

/** Samples that are looked at, evenly spread, and their length in characters: enough to tell, too little to notice. */
const SAMPLES = 9;
const SAMPLE_CHARACTERS = 2000;
/** Shorter samples (in letters) are guessed wrong too often to count: tables, code, lists of names. */
const LEAST_LETTERS = 400;

/**
 * A sample votes only where its language is ahead by so much (franc's distances, 1 = best): texts of ten languages
 * were mostly ahead by 0.01 and more, Danish taken for Swedish, logs and code by less.
 */
const LEAST_LEAD = 0.008;
/** Languages that trigrams hardly tell apart; being ahead of these does not count. */
const RELATED = ["ind zlm", "bos hrv srp"].map((codes) => codes.split(" "));

/**
 * The language that most of a text is written in, as an ISO 639-3 code ("eng", "deu"), by its trigrams; undefined when
 * no language has most of the samples.
 */
export function detectLanguage(text: string): string | undefined {
  const votes = new Map<string, number>();
  let counted = 0;
  for (let i = 0; i < SAMPLES; i += 1) {
    const start = Math.floor((Math.max(0, text.length - SAMPLE_CHARACTERS) * i) / (SAMPLES - 1));
    const sample = text.slice(start, start + SAMPLE_CHARACTERS);
    if ((sample.match(/\p{L}/gu)?.length ?? 0) < LEAST_LETTERS) continue;
    counted += 1;
    const code = surest(sample);
    if (code !== undefined) votes.set(code, (votes.get(code) ?? 0) + 1);
  }
  const [winner] = [...votes].sort((a, b) => b[1] - a[1]);
  if (winner === undefined || winner[0] === "und" || winner[1] * 2 <= counted) return undefined;
  return winner[0];
}

/** The language of a sample; undefined when another is nearly as likely. */
function surest(sample: string): string | undefined {
  const [first, ...others] = francAll(sample);
  if (first === undefined) return undefined;
  const related = RELATED.find((codes) => codes.includes(first[0])) ?? [];
  const next = others.find(([code]) => !related.includes(code));
  return next === undefined || first[1] - next[1] >= LEAST_LEAD ? first[0] : undefined;
}

const languages = new WeakMap<Pick<Document, "text">, string | undefined>();

/** The language of most of the documents' text, by ISO 639-3 code; "eng" where it is too short to tell. */
export function commonLanguage(documents: readonly Pick<Document, "text">[]): string {
  const characters = new Map<string, number>();
  for (const document of documents) {
    if (!languages.has(document)) languages.set(document, detectLanguage(document.text));
    const code = languages.get(document) ?? "eng";
    characters.set(code, (characters.get(code) ?? 0) + document.text.length);
  }
  const [most] = [...characters].sort((a, b) => b[1] - a[1]);
  return most?.[0] ?? "eng";
}

/** "German" for "deu"; the text itself where it is no code, such as "zh-simplified", or has no name. */
export function languageName(code: string): string {
  try {
    return new Intl.DisplayNames("en", { type: "language" }).of(code) ?? code;
  } catch (error) {
    if (error instanceof RangeError) return code;
    throw error;
  }
}
