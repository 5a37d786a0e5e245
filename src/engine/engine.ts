import { type Chunk, chunkDocument } from "../document/chunk.ts";
import type { Document } from "../document/document.ts";
import { sentences } from "../document/sentences.ts";
import { InputError } from "../errors.ts";
import type { KvStore } from "../kv/store.ts";
import type { Model } from "../model/load.ts";
import { localContext } from "../prompt/local.ts";
import { fill, type Prompts } from "../prompt/template.ts";
import type { Answer, ReadResult, Settings, Skipped } from "./answer.ts";
import { attribute } from "./attribute.ts";
import { cite, windowParts } from "./cite.ts";
import { compose, localTokens, requireRoom } from "./compose.ts";
import { condense, tokenWeights } from "./condense.ts";
import { coverage } from "./coverage.ts";
import { decode } from "./decode.ts";
import type { EngineListener } from "./events.ts";
import { prefill, type Visit } from "./prefill.ts";
import { StageProgress } from "./progress.ts";
import { fuse, order } from "./rank.ts";
import { openReading, SLICE_TOKENS } from "./reading.ts";
import { select } from "./select.ts";
import { skim } from "./skim.ts";
import { support, withoutChunk } from "./support.ts";
import { judge } from "./verdict.ts";

export type EngineOptions = {
  /** Goes through the whole document; its architecture must be on the allow-list. */
  readonly reader: Model;
  /** Sees the window and writes the answer; may be the reader. */
  readonly writer: Model;
  /** Undefined: nothing is kept. */
  readonly store: KvStore | undefined;
  readonly prompts: Prompts;
  readonly chunkTokens: number;
  /** Chunks that are condensed, best of the skim first; Infinity = all. */
  readonly condenseChunks: number;
  /** Tokens of the window, the writer's: passages, question and chat form. */
  readonly budgetTokens: number;
  readonly answerTokens: number;
  /** Sequences of the reader's context. */
  readonly sequences: number;
  readonly settings: Settings;
  readonly signal: AbortSignal;
  readonly onEvent: EngineListener;
};

export type Input = {
  readonly documents: readonly Document[];
  readonly skipped: readonly Skipped[];
  /** What was spent on opening models and files before, for the timings. */
  readonly loadMs: number;
};

/** Answers a question about the documents: every stage of the pipeline, in order. */
export async function ask(input: Input & { readonly question: string }, options: EngineOptions): Promise<Answer> {
  const { documents, question } = input;
  const { reader, writer, prompts, onEvent, signal } = options;
  const startMs = performance.now();
  const chunks = cut(documents, options);
  const asked = { documents, chunks, question, prompts, chat: writer.chat };
  const roomTokens = options.budgetTokens - localTokens(asked);
  requireRoom(options.budgetTokens, localTokens(asked), options.chunkTokens);

  // Skim: all chunks under the question, without a forward pass.
  const { scores: bm25, idf } = skim(documents, chunks, question);

  // Prefill, and condense the best of the skim while a sequence holds them.
  const local = localContext(reader, before(prompts.condense, "question"), question);
  const reading = await openReading(reader, {
    ...options,
    prefix: prompts.prefix,
    localTokens: local.tokens.length + options.answerTokens,
  });
  await using pool = reading.pool;
  const prompt = { local, weights: tokenWeights(question, local.ends, idf), without: await withoutChunk(local, reading) };
  const condensed = new Map<number, number>();
  let condenseMs = 0;
  const visits = new Map<Chunk, Visit>();
  for (const index of order(bm25).slice(0, options.condenseChunks)) {
    const chunk = chunks[index];
    if (chunk === undefined) continue;
    visits.set(chunk, async (_, sequence) => {
      const visitMs = performance.now();
      condensed.set(index, await condense(sequence, prompt));
      condenseMs += performance.now() - visitMs;
    });
  }
  const progress = new StageProgress("read", totalTokens(chunks), onEvent);
  await prefill(chunks, reading, { progress, visits });
  const readMs = performance.now() - startMs - condenseMs;
  const condenseTokens = pool.evaluatedTokens - progress.evaluatedTokens;

  // Select to the budget, compose the window, decode.
  const fused = fuse(bm25, condensed);
  const ranking = { fused, bm25, condensed: Float64Array.from(chunks, (_, i) => condensed.get(i) ?? 0) };
  const textOf = (chunk: Chunk): string => documents[chunk.document]?.text.slice(chunk.start, chunk.end) ?? "";
  const costTokens = (chunk: Chunk): number => writer.tokenize(textOf(chunk)).length;
  const chosen = select(chunks, ranking, { roomTokens, costTokens, textOf });
  const window = compose(asked, chosen);
  const composing = new StageProgress("compose", window.tokens.length, onEvent);
  await using writing = await writer.openPool({
    sequences: 1,
    contextTokens: window.tokens.length + options.answerTokens + 1,
    sliceTokens: SLICE_TOKENS,
  });
  const decoded = await decode(writer, writing, {
    ...window,
    maxTokens: options.answerTokens,
    signal,
    onWindow: (tokens) => composing.evaluated(tokens),
    onText: (text) => onEvent({ kind: "text", text }),
  });

  // Attribute each sentence of the answer to the passage that bears it out.
  const attributeMs = performance.now();
  const beforeTokens = pool.evaluatedTokens;
  const spans = sentences(decoded.text, { start: 0, end: decoded.text.length });
  const answered = localContext(reader, fill(before(prompts.support, "answer"), { question }), decoded.text);
  const attributing = new StageProgress("attribute", chosen.length * answered.tokens.length, onEvent);
  const supports = await support({ chunks, chosen, local: answered, sentences: spans, progress: attributing }, reading);
  const attributions = attribute({ answer: decoded.text, question, documents, chunks, chosen, idf, supports });
  const verdict = judge({ answer: decoded.text, attributions, questionOverlap: 1 });
  const endMs = performance.now();

  return {
    question,
    answer: decoded.text,
    verdict,
    citations: cite(attributions, asked),
    window: windowParts(chosen, fused, asked),
    coverage: coverage({ ...input, chunks, readTokens: totalTokens(chunks), condensed: condensed.size }),
    tokens: {
      computed: {
        read: progress.evaluatedTokens,
        condense: condenseTokens,
        window: window.tokens.length,
        answer: decoded.tokens,
        attribute: pool.evaluatedTokens - beforeTokens,
      },
      reused: progress.reusedTokens,
    },
    timings: {
      loadMs: input.loadMs,
      readMs,
      condenseMs,
      windowMs: decoded.windowMs,
      firstTokenMs: decoded.firstTokenMs,
      answerMs: decoded.answerMs,
      attributeMs: endMs - attributeMs,
      totalMs: endMs - startMs + input.loadMs,
    },
    models: { reader: info(reader), writer: info(writer) },
    settings: options.settings,
  };
}

function info({ name, path, fingerprint, metadata }: Model) {
  return { name, path, fingerprint, trainedContextTokens: metadata.trainedContextTokens };
}

function before(template: string, placeholder: string): string {
  return template.slice(0, template.indexOf(`{{${placeholder}}}`));
}

function totalTokens(chunks: readonly Chunk[]): number {
  return chunks.reduce((sum, chunk) => sum + chunk.tokens.length, 0);
}

/** Cuts all documents with the reader's tokenizer. Throws InputError when there is nothing but white space. */
function cut(documents: readonly Document[], { reader, chunkTokens }: EngineOptions): Chunk[] {
  const tokenize = (text: string): Uint32Array => reader.tokenize(text);
  const chunks = documents.flatMap((source, document) => chunkDocument(source, { document, chunkTokens, tokenize }));
  if (chunks.length === 0) throw new InputError("the documents have no text");
  return chunks;
}
