import type { Chunk } from "../document/chunk.ts";
import type { Document } from "../document/document.ts";
import { type Span, sentences } from "../document/sentences.ts";
import { attributeSentences } from "./attribute.ts";
import { cite } from "./cite.ts";
import { type Extent, N_TENTHS, type Place } from "./extent.ts";
import { foreignTerms, inventory } from "./foreign.ts";
import { type Attribution, wordSet } from "./match.ts";
import type { Note } from "./merge.ts";
import type { SummarizeOptions } from "./options.ts";
import { type Part, partAt } from "./parts.ts";
import type { Passage } from "./passages.ts";
import { chooseSpread } from "./spread.ts";
import { countWords, type PointCitation, type SummaryPoint } from "./summary.ts";
import { bearsOut } from "./verdict.ts";

export type PointInput = {
  readonly documents: readonly Document[];
  readonly extent: Extent;
  readonly chunks: readonly Chunk[];
  readonly parts: readonly Part[];
  /** What was looked for, as the writer was told it. */
  readonly topic: string;
  readonly idf: (form: string) => number;
};

export type Points = {
  /** In document order. */
  readonly points: readonly SummaryPoint[];
  /** (10) points whose passage begins in each tenth of the text. */
  readonly tenths: readonly number[];
  readonly droppedUnsupported: number;
  /** Sentences that repeat others or exceed the length. */
  readonly droppedForLength: number;
  /** Tokens that the reader evaluated. */
  readonly tokens: number;
};

/** Sentences of the documents as points; what is quoted is borne out by itself. */
export function quotedPoints(chosen: readonly Passage[], input: PointInput): Points {
  const points = chosen.map(({ document, start, end, chunk }, i): SummaryPoint => {
    const found = { sentence: { start: 0, end: 0 }, chunk, quote: { start, end }, overlap: 1, support: 0 };
    const citation = citationOf(found, i + 1, input);
    return {
      text: onOneLine(input.documents[document]?.text.slice(start, end) ?? ""),
      original: null,
      section: sectionAt({ document, start }, input),
      supported: true,
      foreign: [],
      citation: citation === null ? null : { ...citation, support: null },
    };
  });
  const tenths = tenthsOf(chosen, input);
  return { points, tenths, droppedUnsupported: 0, droppedForLength: 0, tokens: 0 };
}

/** A written sentence and where it belongs. */
type Placed = {
  readonly text: string;
  readonly forms: ReadonlySet<string>;
  readonly foreign: readonly string[];
  readonly found: Attribution | undefined;
  readonly supported: boolean;
  readonly place: Place;
};

/** The sentences of notes as points, each with the passage that bears it out; at most so many words in all. */
export async function writtenPoints(
  notes: readonly Note[],
  input: PointInput,
  options: SummarizeOptions,
): Promise<Points> {
  const { placed, tokens } = await place(notes, input, options);
  const allowed = placed.filter(({ supported }) => supported || !options.strict);
  const choices = allowed.map(({ text, forms, found, place: at }) => ({
    tenth: input.extent.tenthOf(at),
    part: partAt(input.parts, at),
    cost: countWords(text),
    forms,
    salience: (found?.support ?? 0) / Math.max(1, countWords(text)),
  }));
  const kept = chooseSpread(choices, { budget: options.mostWords, spread: "even" })
    .flatMap((index) => allowed[index] ?? [])
    .sort((a, b) => a.place.document - b.place.document || a.place.start - b.place.start);
  const points = kept.map(({ text, foreign, supported, found, place: at }, i): SummaryPoint => {
    const citation = found === undefined ? null : citationOf(found, i + 1, input);
    return { text, original: null, section: sectionAt(at, input), supported, foreign, citation };
  });
  return {
    points,
    tenths: tenthsOf(
      kept.filter(({ found }) => found !== undefined).map((one) => one.place),
      input,
    ),
    tokens,
    droppedUnsupported: placed.length - allowed.length,
    droppedForLength: allowed.length - kept.length,
  };
}

/** Attributes the sentences of notes to passages of the chunks that they were made from. */
async function place(
  notes: readonly Note[],
  input: PointInput,
  options: SummarizeOptions,
): Promise<{ readonly placed: readonly Placed[]; readonly tokens: number }> {
  const { documents, chunks, topic, idf } = input;
  const answer = notes.map(({ text }) => text).join("\n\n");
  const spans = sentences(answer, { start: 0, end: answer.length });
  if (spans.length === 0) return { placed: [], tokens: 0 };
  const chosen = [...new Set(notes.flatMap((note) => note.chunks))];
  const asked = { documents, chunks, question: topic, answer, chosen, idf };
  const { attributions, tokens } = await attributeSentences({ ...asked, spans }, options);
  const known = inventory(documents.map(({ text }) => text).join("\n"));
  const placed = spans.flatMap((span) => {
    const text = onOneLine(answer.slice(span.start, span.end));
    const found = attributions.find(({ sentence }) => sentence.start === span.start);
    const forms = wordSet(text);
    const foreign = foreignTerms(text, known);
    const supported = found !== undefined && foreign.length === 0 && bearsOut(found);
    const chunk = chunks[found?.chunk ?? chunkOf(span, notes)];
    const at = { document: chunk?.document ?? 0, start: found?.quote.start ?? chunk?.start ?? 0 };
    return forms.size === 0 ? [] : [{ text, forms, foreign, found, supported, place: at }];
  });
  return { placed, tokens };
}

/** The first chunk of the note that holds a sentence of the joined notes. */
function chunkOf({ start }: Span, notes: readonly Note[]): number {
  let end = 0;
  for (const note of notes) {
    end += note.text.length + 2;
    if (start < end) return note.chunks[0] ?? 0;
  }
  return 0;
}

function citationOf(found: Attribution, id: number, { documents, chunks }: PointInput): PointCitation | null {
  const [citation] = cite([found], { documents, chunks });
  return citation === undefined ? null : { ...citation, id };
}

function sectionAt(at: Place, { parts }: PointInput): string {
  return parts[partAt(parts, at)]?.title ?? "";
}

function tenthsOf(places: readonly Place[], { extent }: PointInput): number[] {
  const tenths = new Array<number>(N_TENTHS).fill(0);
  for (const at of places) {
    const tenth = extent.tenthOf(at);
    tenths[tenth] = (tenths[tenth] ?? 0) + 1;
  }
  return tenths;
}

function onOneLine(text: string): string {
  return text.replaceAll(/\s+/gu, " ").trim();
}
