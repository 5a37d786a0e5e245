import type { Chunk } from "../../document/chunk.ts";
import type { Document } from "../../document/document.ts";
import { type DocumentSentence, type Span, sentencesOf } from "../../document/sentences.ts";
import { contentWords } from "../ranking/words.ts";

/** Fewer content words are a salutation, a heading or a label: what follows them says something. */
const LEAST_WORDS = 3;
/** So few words without a full stop are one as well. */
const FEW_WORDS = 6;
/** Headings, labels and numbers of paragraphs that may stand one below the other before something is said. */
const MOST_LABELS = 3;
/** A passage grows no further than this, in UTF-16 units. */
const LONGEST_PASSAGE = 600;
/** How far back the sentence before is looked for. */
const REACH = 800;

/** A numbered title that a full stop ends, as contracts have it: "4. Independent Contractor.", "Section 2.1 Term of the Lease." */
const NUMBERED_TITLE =
  /^(?:(?:[Aa]rticle|ARTICLE|[Ss]ection|SECTION|[Cc]lause|§)\s*)?[([]?(?:\d+(?:\.\d+)*|[IVXLC]+)[.)\]]*\s+\p{Lu}[\p{L}'’-]*(?:[\s,;/&]+(?:\p{Lu}[\p{L}'’-]*|an?|the|of|and|or|to|in|on|for|by|with))*\.$/u;

/** A sentence that begins with one of these speaks of what the sentence before has named. */
const LEANS_BACK =
  /^(?:it|its|they|them|their|he|him|his|she|her|this|that|these|those|such|both|the (?:former|latter|same)|however|therefore|thus|instead|otherwise|also|but|and|or|so|if not|in (?:this|that) case)\b/iu;

type Source = Pick<Document, "text" | "sections">;

/**
 * A sentence with what it needs to be understood: the sentence before where it leans on that, what stands below it where it
 * is a heading or a label, the line that leads into it where that ends in a colon. The result is a span of the document's text.
 */
export function passageAround(source: Source, sentence: Span): Span {
  const { text } = source;
  let { start, end } = sentence;
  const before = sentenceBefore(source, start);
  const own = text.slice(start, end);
  if (before?.isHeading === false && end - before.start <= LONGEST_PASSAGE) {
    const isLead = text.slice(before.start, before.end).endsWith(":");
    if (isLead || (LEANS_BACK.test(own) && isSameParagraph(text, before.end, start))) start = before.start;
  }
  if (isLabel(own) || isHeading(source, sentence)) end = endBehindLabels(source, { start, end });
  return { start, end };
}

/** The end of what a label or a heading stands over. */
function endBehindLabels(source: Source, { start, end }: Span): number {
  const { text } = source;
  const following = sentencesOf(source, { start: end, end: Math.min(text.length, end + REACH) });
  let to = end;
  for (const after of following.slice(0, MOST_LABELS)) {
    if (after.end - start > LONGEST_PASSAGE) break;
    to = after.end;
    if (!after.isHeading && !isLabel(text.slice(after.start, after.end))) break;
  }
  return to;
}

/** A passage of a chunk. */
export type Passage = {
  /** Index into the chunk list. */
  readonly chunk: number;
  /** The sentence that it stands around; offsets into the document's text. */
  readonly sentence: Span;
  readonly quote: Span;
  readonly text: string;
};

/** The passages of a chunk, one around each of its sentences; they may overlap. */
export function passagesOf(
  index: number,
  { documents, chunks }: { readonly documents: readonly Document[]; readonly chunks: readonly Chunk[] },
): Passage[] {
  const chunk = chunks[index];
  const document = documents[chunk?.document ?? -1];
  if (chunk === undefined || document === undefined) return [];
  return sentencesOf(document, chunk).map((sentence) => {
    const quote = passageAround(document, sentence);
    return { chunk: index, sentence, quote, text: document.text.slice(quote.start, quote.end) };
  });
}

/** Passages of which none shares text with one before it: nothing is quoted twice. */
export function apart<P extends Pick<Passage, "chunk" | "quote">>(
  passages: readonly P[],
  chunks: readonly Pick<Chunk, "document">[],
): P[] {
  const share = (a: P, b: P): boolean =>
    chunks[a.chunk]?.document === chunks[b.chunk]?.document &&
    a.quote.start < b.quote.end &&
    b.quote.start < a.quote.end;
  const kept: P[] = [];
  for (const one of passages) if (!kept.some((other) => share(one, other))) kept.push(one);
  return kept;
}

/** A salutation, a date, a name below a letter, a numbered title: few words that no full stop ends, and no item of a list or a table. */
function isLabel(own: string): boolean {
  if (/ \| |│/u.test(own)) return false;
  const words = contentWords(own).length;
  if (words <= FEW_WORDS && NUMBERED_TITLE.test(own)) return true;
  return words < LEAST_WORDS || (words < FEW_WORDS && !/[.!?…:;]["'”’)\]]*$|^\s*[-*•\d(]/u.test(own));
}

function isHeading(source: Source, span: Span): boolean {
  return sentencesOf(source, span).every((sentence) => sentence.isHeading);
}

function sentenceBefore(source: Source, at: number): DocumentSentence | undefined {
  const from = Math.max(0, at - REACH);
  return sentencesOf(source, { start: from, end: at }).at(-1);
}

function isSameParagraph(text: string, from: number, to: number): boolean {
  return !/\n[ \t]*\n/u.test(text.slice(from, to));
}
