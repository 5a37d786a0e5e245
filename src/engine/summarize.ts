import { type Chunk, chunkDocuments } from "../document/chunk.ts";
import type { Document } from "../document/document.ts";
import type { Skipped } from "./answer.ts";
import { StageClock } from "./clock.ts";
import { coverage } from "./coverage.ts";
import { wordSet } from "./match.ts";
import { mergeTree, type Note } from "./merge.ts";
import { type NoteSource, NoteTaker } from "./notes.ts";
import { modelInfo, type SummarizeOptions } from "./options.ts";
import { partAt, partsOf } from "./parts.ts";
import { LEAST_SALIENCE, passages } from "./passages.ts";
import { type PointInput, type Points, quotedPoints, writtenPoints } from "./points.ts";
import { chooseSpread, type SpreadOptions } from "./spread.ts";
import { countWords, N_TENTHS, SUMMARY_WORDS, type Summary, tenthOf } from "./summary.ts";
import { type ReadAndWeighed, readAndWeigh } from "./weigh.ts";

export type SummarizeInput = {
  readonly document: Document;
  readonly skipped: readonly Skipped[];
  /** What to look for; undefined = what matters most. */
  readonly focus: string | undefined;
  /** Milliseconds spent on opening models and files, for the timings. */
  readonly loadMs: number;
};

/**
 * Summarises a document: every chunk is read, all are weighed, and points are made of the most salient, spread over the
 * whole document. Each point is attributed to its passage; what no passage bears out is marked.
 * @throws InputError for a document without text, UsageError for chunks that the models cannot take.
 */
export async function summarize(input: SummarizeInput, options: SummarizeOptions): Promise<Summary> {
  const { document, skipped, focus, loadMs } = input;
  const { reader, writer, chunkTokens, prompts } = options;
  const clock = new StageClock();
  const tokenize = (text: string): Uint32Array => reader.tokenize(text);
  const chunks = chunkDocuments([document], { chunkTokens, tokenize });
  const read = await readAndWeigh({ document, chunks, focus }, options);
  clock.lap("readMs", { condenseMs: read.condenseMs });

  const topic = focus ?? prompts.topic;
  const pointed = { document, chunks, parts: partsOf(document), topic, idf: read.idf };
  const weighed = { ...pointed, read, focus };
  const noted = options.answerStyle === "quote" ? undefined : await takeNotes(weighed, options);
  clock.lap("answerMs");
  const made =
    noted === undefined ? quote(weighed, options) : await writtenPoints(noted.notes, pointed, options);
  clock.lap("attributeMs");

  const { points, droppedUnsupported, dropped } = made;
  const { readMs, condenseMs, answerMs, attributeMs, totalMs } = clock.timings(loadMs, 0);
  return {
    path: document.path,
    title: document.title ?? null,
    focus: focus ?? null,
    pointStyle: options.answerStyle,
    layout: options.layout,
    points,
    words: points.reduce((sum, { text }) => sum + countWords(text), 0),
    unsupported: points.filter(({ supported }) => !supported).length,
    droppedUnsupported,
    droppedForLength: dropped + (noted?.dropped ?? 0),
    tenths: tenthsOf(made, document),
    coverage: coverage({ documents: [document], chunks, skipped, condensed: read.condensed }),
    tokens: {
      computed: {
        read: read.tokens.read,
        condense: read.tokens.condense,
        write: noted?.tokens ?? 0,
        attribute: made.tokens,
      },
      reused: read.tokens.reused,
    },
    timings: { loadMs, readMs, condenseMs, writeMs: answerMs, attributeMs, totalMs },
    models: { reader: modelInfo(reader), writer: modelInfo(writer) },
    settings: options.settings,
  };
}

type Weighed = PointInput & {
  readonly chunks: readonly Chunk[];
  readonly read: ReadAndWeighed;
  readonly focus: string | undefined;
};

/** The document's most salient sentences. */
function quote(input: Weighed, options: SummarizeOptions): Points {
  const { document, chunks, parts, read, focus = "", idf } = input;
  const { terms, salience: ofChunks } = read;
  const all = passages({ document, chunks, parts, terms, ofChunks, focus, idf });
  const chosen = chooseSpread(all, {
    budget: options.mostWords,
    spread: spreadOf(input, options),
    leastSalience: LEAST_SALIENCE,
  });
  return quotedPoints(
    chosen.flatMap((index) => all[index] ?? []),
    input,
  );
}

/** Words that a note brings to the summary, and the fewest chunks that notes are made of. */
const WORDS_PER_NOTE = 20;

type Noted = { readonly notes: readonly Note[]; readonly dropped: number; readonly tokens: number };

/** Notes of the most salient chunks, merged until they are short enough. */
async function takeNotes(input: Weighed, options: SummarizeOptions): Promise<Noted> {
  const { document, chunks, parts, read, focus } = input;
  const sources = chunks.map(({ start, end }, chunk): NoteSource & { readonly start: number } => {
    const text = document.text.slice(start, end);
    return { chunk, start, text, part: partAt(parts, start), salience: read.salience[chunk] ?? 0 };
  });
  const choices = sources.map(({ start, text, part, salience }) => {
    return { tenth: tenthOf(start, document.text.length), part, cost: 1, salience, forms: wordSet(text) };
  });
  const budget = Math.max(N_TENTHS, Math.ceil(options.mostWords / WORDS_PER_NOTE));
  const chosen = chooseSpread(choices, { budget, spread: spreadOf(input, options) });
  const taker = new NoteTaker(options, focus);
  const notes = await taker.take(chosen.flatMap((index) => sources[index] ?? []));
  const merged = await mergeTree(notes, {
    mostWords: options.mostWords,
    merge: (group, words) => taker.merge(group, words),
  });
  if (notes.length === 0) {
    const hint = "--answer quote makes the summary of the document's own sentences";
    options.onEvent({
      kind: "warning",
      message: `${document.path}: the writer found nothing to note; ${hint}`,
    });
  }
  return { notes: merged.notes, dropped: merged.dropped, tokens: taker.tokens };
}

/** What is looked for may stand in one place only; otherwise points come from everywhere, as far as they go round. */
function spreadOf({ focus }: Weighed, { mostWords }: SummarizeOptions): SpreadOptions["spread"] {
  if (focus !== undefined) return "best";
  return mostWords > SUMMARY_WORDS.short ? "tenths" : "even";
}

function tenthsOf({ points }: Points, { text }: Document): number[] {
  const tenths = new Array<number>(N_TENTHS).fill(0);
  for (const { citation } of points) {
    if (citation === null) continue;
    const tenth = tenthOf(citation.start, text.length);
    tenths[tenth] = (tenths[tenth] ?? 0) + 1;
  }
  return tenths;
}
