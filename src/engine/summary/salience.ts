import type { Chunk } from "../../document/chunk.ts";
import { END_MARKS } from "../../document/sentence-ends.ts";
import { shareOf, wordSet } from "../attribution/match.ts";
import { isPaired } from "../ranking/character-pairs.ts";
import { zScores } from "../ranking/fuse.ts";
import { contentWords } from "../ranking/words.ts";

/** So many words, the highest in tf · idf, stand for what a document is about. */
const KEY_TERMS = 60;
const LEAST_LETTERS = 3;
/** Of scripts without spaces, and of Korean, words are pairs of characters. */
const LEAST_PAIRED = 2;

/** Key term → weight; the sum over a document is 1. */
export type KeyTerms = ReadonlyMap<string, number>;

/** The words that tell what the texts of all chunks are about: those that are used most and not everywhere, by tf · idf. */
export function keyTerms(texts: readonly string[], language?: string): KeyTerms {
  const counts = new Map<string, { uses: number; chunks: number }>();
  for (const text of texts) {
    const seen = new Set<string>();
    for (const { form } of contentWords(text, language)) {
      const least = isPaired(form) ? LEAST_PAIRED : LEAST_LETTERS;
      if (form.length < least || /\d/u.test(form)) continue;
      const count = counts.get(form) ?? { uses: 0, chunks: 0 };
      count.uses += 1;
      if (!seen.has(form)) count.chunks += 1;
      seen.add(form);
      counts.set(form, count);
    }
  }
  const weighed = [...counts].map(([form, { uses, chunks }]) => {
    return [form, uses * Math.log((texts.length + 1) / chunks)] as const;
  });
  const best = weighed.sort((a, b) => b[1] - a[1]).slice(0, KEY_TERMS);
  const total = best.reduce((sum, [, weight]) => sum + weight, 0) || 1;
  return new Map(best.map(([form, weight]) => [form, weight / total]));
}

export type ChunkSalienceInput = {
  readonly chunks: readonly Chunk[];
  readonly texts: readonly string[];
  readonly terms: KeyTerms;
  /** ISO 639-3 code that the terms were counted in. */
  readonly language?: string;
  /** (nChunks) fused scores for what is looked for; undefined when nothing is. */
  readonly fused: Float64Array | undefined;
};

/** What is looked for outweighs what the document is about. */
const FOCUS_WEIGHT = 2;
/** The beginning tells what a document is about, the end what came of it; in standard deviations of the key terms. */
const FIRST_BONUS = 1;
const LAST_BONUS = 0.5;
/** A chunk that begins with a new heading. */
const HEADING_BONUS = 0.3;

/** (nChunks) how much each chunk matters: key terms, headings, position, and what is looked for. */
export function chunkSalience({ chunks, texts, terms, language, fused }: ChunkSalienceInput): Float64Array {
  const z = zScores(
    texts.map((text, i) => shareOf(terms, wordSet(`${chunks[i]?.heading}\n${text}`, language))),
  );
  const zFocus = fused === undefined ? undefined : zScores([...fused]);
  return z.map((value, i) => {
    const first = chunks[i]?.document !== chunks[i - 1]?.document ? FIRST_BONUS : 0;
    const last = chunks[i]?.document !== chunks[i + 1]?.document ? LAST_BONUS : 0;
    const heading = chunks[i]?.heading !== chunks[i - 1]?.heading ? HEADING_BONUS : 0;
    return value + first + last + heading + FOCUS_WEIGHT * (zFocus?.[i] ?? 0);
  });
}

/** A sentence as its salience sees it. */
export type Weighed = {
  readonly text: string;
  readonly forms: ReadonlySet<string>;
  /** Salience of its chunk. */
  readonly ofChunk: number;
  /** Content words of the titles of the sections that it stands in. */
  readonly heading: ReadonlySet<string>;
  /** Whether it is the first of its part, or of its paragraph. */
  readonly opensPart: boolean;
  readonly opensParagraph: boolean;
};

/** Of long sentences, only those that say much are worth their words. */
const LENGTH_PRIOR = 10;
const LEAST_FORMS = 5;
const SHORT_PENALTY = 2;
const CHUNK_WEIGHT = 0.4;
/** What is looked for may be said in other words, which the likelihood of whole chunks knows. */
const FOCUSED_CHUNK_WEIGHT = 1;
const HEADING_WEIGHT = 0.5;
const PART_BONUS = 0.6;
const PARAGRAPH_BONUS = 0.3;
const SENTENCE_FOCUS_WEIGHT = 4;
/** Without the sentence before, nobody knows who "she" is. */
const ANAPHOR_PENALTY = 0.9;
const ANAPHOR =
  /^["“‘(]*(?:he|she|it|its|they|their|this|these|that|those|such|his|her|but|and|so|or|also|however|thus|therefore|hence|here|there|then|instead|both|neither|otherwise)\b/iu;
/** Rows of tables, lines of contents, cut ends: they stay behind all real sentences, and stand in where there is none. */
const RAGGED_PENALTY = 4;
/** Letters of scripts that have no capitals begin a sentence as well. */
const SENTENCE_START = /^["“‘«「『([¿¡]*[\p{Lu}\p{Lt}\p{Lo}]/u;
const SENTENCE_END = new RegExp(`[${END_MARKS}]["'”’)\\]」』]*$`, "u");
const LEAST_LETTER_SHARE = 0.65;
/** Leaders and cells of tables, a PDF's list marks, statements of code, a heading with its number behind it. */
const SCRAP = /\.{4}|\||\s\.$|[{}]|\w\(\);|\s\d+(?:\.\d+)+\.?$/u;
const QUESTION_PENALTY = 0.6;

/** (nSentences) how much each sentence matters; `focus` are the weights of the words that are looked for. */
export function sentenceSalience(
  sentences: readonly Weighed[],
  terms: KeyTerms,
  focus: ReadonlyMap<string, number>,
): Float64Array {
  const z = zScores(sentences.map(({ forms }) => density(terms, forms)));
  const chunkWeight = focus.size > 0 ? FOCUSED_CHUNK_WEIGHT : CHUNK_WEIGHT;
  return z.map((value, i) => {
    const sentence = sentences[i];
    if (sentence === undefined) return value;
    const headings = new Map([...sentence.heading].map((form) => [form, 1]));
    return (
      value +
      chunkWeight * sentence.ofChunk +
      HEADING_WEIGHT * shareOf(headings, sentence.forms) +
      SENTENCE_FOCUS_WEIGHT * shareOf(focus, sentence.forms) +
      (sentence.opensPart ? PART_BONUS : 0) +
      (sentence.opensParagraph ? PARAGRAPH_BONUS : 0) -
      penalty(sentence)
    );
  });
}

function density(terms: KeyTerms, forms: ReadonlySet<string>): number {
  let held = 0;
  for (const form of forms) held += terms.get(form) ?? 0;
  return held / (forms.size + LENGTH_PRIOR);
}

function penalty({ text, forms }: Weighed): number {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const dense = text.replaceAll(/\s/gu, "").length;
  const isWhole = SENTENCE_START.test(text) && SENTENCE_END.test(text);
  const ragged = !isWhole || letters < LEAST_LETTER_SHARE * dense || SCRAP.test(text);
  return (
    (ragged ? RAGGED_PENALTY : 0) +
    (ANAPHOR.test(text) ? ANAPHOR_PENALTY : 0) +
    (forms.size < LEAST_FORMS ? SHORT_PENALTY : 0) +
    (text.endsWith("?") ? QUESTION_PENALTY : 0)
  );
}
