import type { Chunk } from "../../document/chunk.ts";
import type { LocalAdapter, MarginScale } from "../../model/adapters/adapter.ts";
import { requireCapabilities } from "../../model/capabilities.ts";
import type { LanguageModel, Sequence, SequencePool } from "../../model/language-model.ts";
import { TRAINED_PREFIX } from "../../prompt/trained.ts";
import type { ReadOptions } from "../options.ts";
import { type ChunkPart, wholeChunk } from "../reader/chunk-part.ts";
import { ChunkReader } from "../reader/chunk-reader.ts";
import { prefixTokens, SLICE_TOKENS } from "../reader/reading.ts";
import { BusyTime } from "../receipt/busy-time.ts";
import { StageProgress } from "../receipt/stage-progress.ts";
import { type LocalTokens, localTokens, marginOf } from "./local-tokens.ts";
import { ANSWER_TOKENS, answerBehind } from "./short-answer.ts";

/**
 * Questions that are evaluated in one batch, each behind rows of its own. On a CPU 15 tokens behind 440 take 51 instead of 65 ms of
 * a core, 22 tokens 72 instead of 83; with eight 5 % less.
 */
const BATCHED = 4;
/** Positions of their rows in all: memory grows with them. */
const BATCHED_POSITIONS = 4096;

const OWN_SCALE: MarginScale = { slope: 1, bias: 0 };

export type CondenserInput = {
  readonly question: string;
  readonly adapter: LocalAdapter;
  /** Tokens of all chunks that will be asked for, for the progress. */
  readonly totalTokens: number;
  /** Whether fewer may do; absent: all will be asked for. */
  readonly mayEndEarly?: boolean;
};

type Parts = {
  readonly model: LanguageModel;
  readonly local: LocalTokens;
  readonly chunks: ChunkReader;
  readonly progress: StageProgress;
  readonly adapter: LocalAdapter;
  readonly tuned: SequencePool;
  /** Sequences of `tuned`. */
  readonly nStream: number;
  readonly signal: AbortSignal;
};

/**
 * Dynamic condensing (FocusLLM, arXiv 2408.11745, section 2.2) to words that one can read: behind the rows of a chunk that
 * the frozen model has read stands the question, under a LoRA; the model answers from that chunk in a few words, or says
 * ` none`. Where the paper distils K and V of a candidate token, this distils the margin of any answer against ` none`,
 * and the answer.
 */
export class Condenser {
  readonly readsPartsAnew = false;
  readonly #parts: Parts;
  readonly #busy = new BusyTime();

  private constructor(parts: Parts) {
    this.#parts = parts;
  }

  static async open(
    { question, adapter, totalTokens, mayEndEarly }: CondenserInput,
    options: ReadOptions,
  ): Promise<Condenser> {
    const { reader: model, contexts, chunkTokens, signal, onEvent } = options;
    requireCapabilities(model, ["rows", "score", "generate", "adapters"]);
    const local = localTokens(model, question);
    const chunks = await ChunkReader.open(model, {
      ...options,
      prefix: TRAINED_PREFIX,
      localTokens: local.tokens.length + ANSWER_TOKENS,
    });
    const total = mayEndEarly === true ? { atMost: totalTokens } : totalTokens;
    const progress = new StageProgress("read", total, onEvent);
    const contextTokens =
      prefixTokens(model, TRAINED_PREFIX).length + chunkTokens + local.tokens.length + ANSWER_TOKENS + 1;
    const batched = Math.min(BATCHED, Math.floor(BATCHED_POSITIONS / contextTokens));
    const nStream = Math.max(options.sequences, batched, 1);
    const pooled = { sequences: nStream, contextTokens, sliceTokens: SLICE_TOKENS, adapter };
    const tuned = await contexts.borrow(model, pooled).catch(async (error: unknown) => {
      await chunks[Symbol.asyncDispose]();
      throw error;
    });
    return new Condenser({ model, local, chunks, progress, adapter, tuned, nStream, signal });
  }

  /** What was read for it so far, and where it came from. */
  get chunks(): ChunkReader {
    return this.#parts.chunks;
  }

  /** Milliseconds that were spent under the adapter. */
  get busyMs(): number {
    return this.#busy.ms;
  }

  /** Tokens that went through the model under the adapter. */
  get evaluatedTokens(): number {
    return this.#parts.tuned.evaluatedTokens;
  }

  /**
   * (nChunks) margin of any answer from each chunk against ` none`, in nats; above 0 an answer is likelier. `onMargin` hears
   * of each when it is there; `next` are chunks that will be asked for behind these, if any are.
   */
  async margins(
    chunks: readonly Chunk[],
    onMargin: (chunk: Chunk, margin: number) => void = () => undefined,
    next: readonly Chunk[] = [],
  ): Promise<number[]> {
    const judge = async ({ chunk }: ChunkPart, sequence: Sequence): Promise<number> => {
      const margin = await this.#margin(sequence);
      onMargin(chunk, margin);
      return margin;
    };
    return this.#behind(chunks.map(wholeChunk), judge, next);
  }

  /** (nParts) the same for parts of chunks. */
  async marginsOfParts(parts: readonly ChunkPart[]): Promise<number[]> {
    return this.#behind(parts, (_, sequence) => this.#margin(sequence));
  }

  /** (nParts) log P(answer | part), in nats: how well each part alone bears an answer out. */
  async supports(parts: readonly ChunkPart[], answer: string): Promise<number[]> {
    const { model, local } = this.#parts;
    const said = model.tokenize(` ${answer}`).subarray(0, ANSWER_TOKENS);
    return this.#behind(parts, async (_, sequence) => {
      const values = await sequence.logProbabilities([...local.tokens, ...said], local.tokens.length);
      return values.reduce((sum, value) => sum + value, 0);
    });
  }

  /** (nChunks) what each chunk answers when it must: never ` none`, maybe nothing. */
  async answers(chunks: readonly Chunk[]): Promise<string[]> {
    return this.answersOfParts(chunks.map(wholeChunk));
  }

  /** (nParts) the same of parts of chunks. */
  async answersOfParts(parts: readonly ChunkPart[]): Promise<string[]> {
    return this.#behind(parts, (_, sequence) => answerBehind(sequence, this.#parts));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#parts.tuned[Symbol.asyncDispose]();
    await this.#parts.chunks[Symbol.asyncDispose]();
  }

  async #behind<Result>(
    parts: readonly ChunkPart[],
    work: (part: ChunkPart, sequence: Sequence) => Promise<Result>,
    next: readonly Chunk[] = [],
  ): Promise<Result[]> {
    const all = [...parts.map(({ chunk }) => chunk), ...next];
    const { tuned, chunks, nStream, progress } = this.#parts;
    let held = 0;
    const hold = async (part: ChunkPart, sequence: Sequence): Promise<void> => {
      await chunks.hold(part, { sequence, nStream }, progress);
      held += 1;
      const isGroup = held % nStream === 0 || held === parts.length;
      if (isGroup) chunks.unpackAhead(all.slice(held, held + nStream));
    };
    return tuned.runTogether(parts, hold, work);
  }

  async #margin(sequence: Sequence): Promise<number> {
    const { local, adapter } = this.#parts;
    const { tokens, none } = local;
    const scored = this.#busy.during(() => sequence.logProbabilities([...tokens, none], tokens.length));
    const [value = -Infinity] = await scored;
    const { slope, bias } = adapter.margins ?? OWN_SCALE;
    return slope * marginOf(value) + bias;
  }
}
