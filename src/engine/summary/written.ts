import type { Chunk } from "../../document/chunk.ts";
import { textOf } from "../../document/document.ts";
import { commonLanguage } from "../../document/language.ts";
import { pageAt } from "../../document/locate.ts";
import type { SummarizeOptions } from "../options.ts";
import type { ChunkCounts } from "../receipt/coverage.ts";
import { wholeSentences } from "./clean-text.ts";
import { digest } from "./digest.ts";
import { N_TENTHS } from "./extent.ts";
import type { Note } from "./merge.ts";
import { mergeNotes, type Written } from "./merging.ts";
import { type NoteSource, takeNotes } from "./notes.ts";
import { partAt } from "./parts.ts";
import { passages } from "./passages.ts";
import type { PointInput } from "./placed.ts";
import { chooseSpread } from "./spread.ts";
import { countWords, type SummaryNote } from "./summary.ts";
import type { Weighed } from "./weigh.ts";
import { wordingOf } from "./wording.ts";

/** Words that a note brings to the summary. */
const WORDS_PER_NOTE = 20;

export type WeighedInput = PointInput & {
  readonly read: Weighed;
  /** What to look for; undefined = what matters most. */
  readonly focus: string | undefined;
};

/** Text of the writer that the summary's points are sentences of. */
export type WrittenText = {
  readonly texts: readonly Note[];
  /** The notes that the texts were merged from. */
  readonly notes: readonly SummaryNote[];
  /** Sentences that were left out of notes: see Notes. */
  readonly droppedUnsupported: number;
  /** Sentences that merging left out. */
  readonly droppedForLength: number;
  readonly tokens: number;
  /** Tokens of chunks that the store had. */
  readonly reused: number;
  /** The chunks that went through the writer; undefined where none did. */
  readonly counts?: ChunkCounts;
};

/** What the writer makes of the document: notes of its chunks, merged, or one text at once. */
export async function write(input: WeighedInput, options: SummarizeOptions): Promise<WrittenText> {
  if (options.depth === "once") return writeAtOnce(input, options);
  const { notes, dropped, tokens, reused, counts } = await takeNotes(
    noteSources(input, options),
    input,
    options,
  );
  const merged = options.merges
    ? await mergeToFit(notes, input, options)
    : mostSalient(notes, input, options);
  return {
    texts: merged.notes,
    notes: notes.map((note) => asReported(note, input)),
    droppedUnsupported: dropped,
    droppedForLength: merged.dropped,
    tokens: tokens + merged.tokens,
    reused,
    counts,
  };
}

/** Every chunk, or the most salient ones, spread over the document. */
function noteSources(input: WeighedInput, { depth, mostWords }: SummarizeOptions): NoteSource[] {
  const { chunks, parts, read, extent, documents } = input;
  const all = chunks.map((place, chunk) => {
    return { chunk, part: partAt(parts, place), salience: read.salience[chunk] ?? 0 };
  });
  if (depth === "full") return all;
  const language = commonLanguage(documents);
  const choices = all.map(({ chunk, ...rest }) => {
    const place = chunks[chunk] as Chunk;
    const wording = wordingOf(textOf(documents, place), language);
    return { ...rest, ...wording, tenth: extent.tenthOf(place), cost: 1 };
  });
  const budget = Math.max(N_TENTHS, Math.ceil(mostWords / WORDS_PER_NOTE));
  return chooseSpread(choices, { budget, spread: input.spread }).flatMap((index) => all[index] ?? []);
}

/** Notes merged into one text, or where no sentence of it fits the length, the notes that are worth checking. */
async function mergeToFit(
  notes: readonly Note[],
  input: WeighedInput,
  options: SummarizeOptions,
): Promise<Written> {
  const merged = await mergeNotes(notes, input.documents, options);
  const said = merged.notes.flatMap(({ text }) => wholeSentences(text));
  if (said.some((sentence) => countWords(sentence) <= options.mostWords)) return merged;
  return { ...mostSalient(notes, input, options), tokens: merged.tokens };
}

/** So many times the words of the summary are checked: some of them no passage will bear out. */
const CHECKED_SHARE = 2;

/** The notes that are worth checking, spread over the document. */
function mostSalient(notes: readonly Note[], input: WeighedInput, { mostWords }: SummarizeOptions): Written {
  const { chunks, extent, spread } = input;
  const language = commonLanguage(input.documents);
  const choices = notes.map(({ text, chunks: [chunk = 0], part, salience }) => {
    const { document = 0, start = 0 } = chunks[chunk] ?? {};
    const tenth = extent.tenthOf({ document, start });
    return { ...wordingOf(text, language), tenth, part, salience, cost: countWords(text) };
  });
  const chosen = new Set(chooseSpread(choices, { budget: CHECKED_SHARE * mostWords, spread }));
  const left = notes.filter((_, i) => !chosen.has(i));
  return {
    notes: notes.filter((_, i) => chosen.has(i)),
    dropped: left.reduce((sum, { text }) => sum + wholeSentences(text).length, 0),
    tokens: 0,
  };
}

async function writeAtOnce(input: WeighedInput, options: SummarizeOptions): Promise<WrittenText> {
  const { read, focus = "", documents, topic, spread } = input;
  const all = passages({ ...input, ...read, ofChunks: read.salience, focus });
  const { notes, tokens } = await digest(
    {
      passages: all,
      topic,
      spread,
      textOf: (passage) => textOf(documents, passage),
    },
    options,
  );
  return { texts: notes, notes: [], droppedUnsupported: 0, droppedForLength: 0, tokens, reused: 0 };
}

function asReported({ text, chunks: made }: Note, { chunks, documents }: WeighedInput): SummaryNote {
  const { document = 0, start = 0, end = 0 } = chunks[made[0] ?? 0] ?? {};
  const source = documents[document];
  const page = source === undefined ? null : (pageAt(source, start)?.number ?? null);
  return { text, path: source?.path ?? "", page, start, end };
}
