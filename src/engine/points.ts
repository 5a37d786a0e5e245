import type { Chunk } from "../document/chunk.ts";
import type { Document } from "../document/document.ts";
import { type Span, sentences } from "../document/sentences.ts";
import { attributeSentences } from "./attribute.ts";
import { cite } from "./cite.ts";
import { foreignTerms, inventory } from "./foreign.ts";
import { type Attribution, wordSet } from "./match.ts";
import type { Note } from "./merge.ts";
import type { SummarizeOptions } from "./options.ts";
import { type Part, partAt } from "./parts.ts";
import type { Passage } from "./passages.ts";
import { chooseSpread } from "./spread.ts";
import { countWords, type PointCitation, type SummaryPoint, tenthOf } from "./summary.ts";
import { bearsOut } from "./verdict.ts";

export type PointInput = {
  readonly document: Document;
  readonly chunks: readonly Chunk[];
  readonly parts: readonly Part[];
  /** What was looked for, as the writer was told it. */
  readonly topic: string;
  readonly idf: (form: string) => number;
};

export type Points = {
  /** In document order. */
  readonly points: readonly SummaryPoint[];
  readonly droppedUnsupported: number;
  /** Sentences that repeat others or exceed the length. */
  readonly dropped: number;
  /** Tokens that the reader evaluated. */
  readonly tokens: number;
};

/** Sentences of the document as points; what is quoted is borne out by itself. */
export function quotedPoints(chosen: readonly Passage[], input: PointInput): Points {
  const points = chosen.map(({ start, end, chunk }, i): SummaryPoint => {
    const found = { sentence: { start: 0, end: 0 }, chunk, quote: { start, end }, overlap: 1, support: 0 };
    const citation = citationOf(found, i + 1, input);
    return {
      text: onOneLine(input.document.text.slice(start, end)),
      section: sectionAt(start, input),
      supported: true,
      foreign: [],
      citation: citation === null ? null : { ...citation, support: null },
    };
  });
  return { points, droppedUnsupported: 0, dropped: 0, tokens: 0 };
}

/** The sentences of notes as points, each with the passage that bears it out; at most so many words in all. */
export async function writtenPoints(
  notes: readonly Note[],
  input: PointInput,
  options: SummarizeOptions,
): Promise<Points> {
  const { document, chunks, topic, idf } = input;
  const answer = notes.map(({ text }) => text).join("\n\n");
  const spans = sentences(answer, { start: 0, end: answer.length });
  if (spans.length === 0) return { points: [], droppedUnsupported: 0, dropped: 0, tokens: 0 };
  const chosen = [...new Set(notes.flatMap((note) => note.chunks))];
  const asked = { documents: [document], chunks, question: topic, answer, chosen, idf };
  const { attributions, tokens } = await attributeSentences({ ...asked, spans }, options);
  const known = inventory(document.text);
  const placed = spans.flatMap((span) => {
    const text = onOneLine(answer.slice(span.start, span.end));
    const found = attributions.find(({ sentence }) => sentence.start === span.start);
    const forms = wordSet(text);
    const foreign = foreignTerms(text, known);
    const supported = found !== undefined && foreign.length === 0 && bearsOut(found);
    const place = found?.quote.start ?? firstChunkStart(span, notes, chunks);
    return forms.size === 0 ? [] : [{ text, forms, foreign, found, supported, place }];
  });
  const allowed = placed.filter(({ supported }) => supported || !options.strict);
  const choices = allowed.map(({ text, forms, found, place }) => ({
    tenth: tenthOf(place, document.text.length),
    part: 0,
    cost: countWords(text),
    forms,
    salience: (found?.support ?? 0) / Math.max(1, countWords(text)),
  }));
  const kept = chooseSpread(choices, { budget: options.mostWords, spread: "even" })
    .flatMap((index) => allowed[index] ?? [])
    .sort((a, b) => a.place - b.place);
  const points = kept.map(({ text, foreign, supported, found, place }, i): SummaryPoint => {
    const citation = found === undefined ? null : citationOf(found, i + 1, input);
    return { text, section: sectionAt(place, input), supported, foreign, citation };
  });
  return {
    points,
    tokens,
    droppedUnsupported: placed.length - allowed.length,
    dropped: allowed.length - kept.length,
  };
}

/** Where the first chunk of the note begins that holds a sentence of the joined notes. */
function firstChunkStart({ start }: Span, notes: readonly Note[], chunks: readonly Chunk[]): number {
  let end = 0;
  for (const note of notes) {
    end += note.text.length + 2;
    if (start < end) return chunks[note.chunks[0] ?? 0]?.start ?? 0;
  }
  return 0;
}

function citationOf(found: Attribution, id: number, { document, chunks }: PointInput): PointCitation | null {
  const [citation] = cite([found], { documents: [document], chunks });
  return citation === undefined ? null : { ...citation, id };
}

function sectionAt(offset: number, { parts }: PointInput): string {
  return parts[partAt(parts, offset)]?.title ?? "";
}

function onOneLine(text: string): string {
  return text.replaceAll(/\s+/gu, " ").trim();
}
