import { judgeMargin } from "./attribution/verdict.ts";
import { type EngineInput, modelInfo, type SummarizeOptions } from "./options.ts";
import { coverage } from "./receipt/coverage.ts";
import { StageClock } from "./receipt/stage-clock.ts";
import { requireDigestRoom } from "./summary/digest.ts";
import { Extent } from "./summary/extent.ts";
import type { FocusMargins } from "./summary/focus.ts";
import { partsOf } from "./summary/parts.ts";
import { leastSalience, passages } from "./summary/passages.ts";
import { type Points, quotedPoints, writtenPoints } from "./summary/points.ts";
import { chooseSpread, type SpreadOptions } from "./summary/spread.ts";
import { countWords, SUMMARY_WORDS, type Summary } from "./summary/summary.ts";
import { translatePoints } from "./summary/translate.ts";
import { weigh } from "./summary/weigh.ts";
import { type WeighedInput, type WrittenText, write } from "./summary/written.ts";

export type SummarizeInput = EngineInput & {
  /** What to look for; undefined = what matters most. */
  readonly focus: string | undefined;
};

/**
 * Summarises documents as one: all chunks are weighed by words, or the best of them under a focus by the reader, and points are made
 * of the most salient, without a focus spread over the whole. Each point is attributed to its passage; what no passage bears out is marked.
 * @throws InputError for documents without text, UsageError for chunks or a length that the models cannot take.
 */
export async function summarize(input: SummarizeInput, given: SummarizeOptions): Promise<Summary> {
  const { corpus, focus, loadMs } = input;
  const { documents } = corpus;
  const options = withReader(given);
  const { reader, writer, chunkTokens, prompts, language } = options;
  if (options.answerStyle === "write" && options.depth === "once") requireDigestRoom(options);
  const clock = new StageClock();
  const chunks = await corpus.chunks(reader, chunkTokens);
  const read = await weigh({ corpus, chunks, focus }, options);
  clock.lap("readMs", { condenseMs: read.condenseMs });

  const topic = focus ?? prompts.topic;
  const pointed = { documents, extent: new Extent(documents), chunks, parts: partsOf(documents), topic };
  const weighed = { ...pointed, idf: read.idf, read, focus, spread: spreadOf(input, options) };
  const isQuoted = options.answerStyle === "quote";
  const written = isQuoted ? undefined : await write(weighed, options);
  tellNothing(written, input, options);
  clock.lap("answerMs");
  const made =
    written === undefined ? quote(weighed, options) : await writtenPoints(written.texts, weighed, options);
  clock.lap("attributeMs");
  const said =
    language === undefined
      ? { points: made.points, tokens: 0 }
      : await translatePoints(made.points, language, options);
  clock.lap("answerMs");

  const { readMs, condenseMs, answerMs, attributeMs, totalMs } = clock.timings(loadMs, 0);
  return {
    documents: documents.map(({ path, title }) => ({ path, title: title ?? null })),
    focus: focus ?? null,
    ...judgeFound(read.judged),
    language: language ?? null,
    pointStyle: options.answerStyle,
    depth: isQuoted ? null : options.depth,
    layout: options.layout,
    points: said.points,
    notes: written?.notes ?? [],
    words: said.points.reduce((sum, { text }) => sum + countWords(text), 0),
    unsupported: said.points.filter(({ supported }) => !supported).length,
    droppedUnsupported: made.droppedUnsupported + (written?.droppedUnsupported ?? 0),
    droppedForLength: made.droppedForLength + (written?.droppedForLength ?? 0),
    tenths: made.tenths,
    coverage: coverage({
      documents,
      skipped: corpus.skipped,
      chunks,
      searched: chunks.length,
      condensed: read.condensed,
      counts: written?.counts ?? read.counts,
    }),
    tokens: {
      computed: {
        read: read.tokens.read,
        condense: read.tokens.condense,
        write: (written?.tokens ?? 0) + said.tokens,
        attribute: made.tokens,
      },
      reused: read.tokens.reused + (written?.reused ?? 0),
    },
    timings: { loadMs, readMs, condenseMs, writeMs: answerMs, attributeMs, totalMs },
    models: { reader: modelInfo(reader), writer: modelInfo(writer) },
    settings: options.settings,
  };
}

/** Whether the documents speak of what was looked for. */
function judgeFound(judged: FocusMargins | undefined): Pick<Summary, "verdict" | "confidence"> {
  return judged === undefined ? { verdict: null, confidence: null } : judgeMargin(judged.best);
}

type Spread = SpreadOptions["spread"];

/**
 * Who makes notes of every chunk reads every chunk: the reader would only do it once more, unless it is to look for something with
 * its condenser.
 */
function withReader(options: SummarizeOptions): SummarizeOptions {
  const { answerStyle, depth, writer, condenserAdapter } = options;
  const isWriting = answerStyle === "write" && depth === "full" && writer.capabilities.has("rows");
  const isWriterReading = isWriting && condenserAdapter === undefined;
  return isWriterReading ? { ...options, reader: writer } : options;
}

/** What is looked for may stand in one place only; otherwise points come from everywhere, or from every document, as far as they go round. */
function spreadOf({ corpus, focus }: SummarizeInput, { mostWords }: SummarizeOptions): Spread {
  if (focus !== undefined) return "best";
  if (corpus.documents.length > 1) return "parts";
  return mostWords > SUMMARY_WORDS.short ? "tenths" : "even";
}

/** The documents' most salient sentences. */
function quote(input: WeighedInput, options: SummarizeOptions): Points {
  const { read, focus = "" } = input;
  const all = passages({ ...input, ...read, ofChunks: read.salience, focus });
  const chosen = chooseSpread(all, {
    budget: options.mostWords,
    spread: input.spread,
    leastSalience: leastSalience(all, read),
  });
  return quotedPoints(
    chosen.flatMap((index) => all[index] ?? []),
    input,
  );
}

function tellNothing(
  written: WrittenText | undefined,
  { corpus }: SummarizeInput,
  options: SummarizeOptions,
): void {
  if (written === undefined || written.texts.length > 0) return;
  const where = corpus.documents.map(({ path }) => path).join(", ");
  const hint = "--answer quote makes the summary of the document's own sentences";
  options.onEvent({ kind: "warning", message: `${where}: the writer found nothing to note; ${hint}` });
}
