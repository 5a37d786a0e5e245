import type { Chunk } from "../../document/chunk.ts";
import { ModelError } from "../../errors.ts";
import { requireCapabilities } from "../../model/capabilities.ts";
import type { LanguageModel, Sequence } from "../../model/language-model.ts";
import { fill } from "../../prompt/template.ts";
import type { ReadOptions } from "../options.ts";
import type { ChunkPart } from "../reader/chunk-part.ts";
import { ChunkReader, type Visit } from "../reader/chunk-reader.ts";
import { turnBehindChunk } from "../reader/writer-turn.ts";
import { BusyTime } from "../receipt/busy-time.ts";
import { StageProgress } from "../receipt/stage-progress.ts";
import { marginOf, ownToken } from "./local-tokens.ts";

const YES = "Yes";

type Parts = {
  readonly model: LanguageModel;
  readonly chunks: ChunkReader;
  /** (nLocal) the instruction behind a chunk, then `Yes`. */
  readonly tokens: Uint32Array;
  readonly progress: StageProgress;
};

/**
 * Judges by an instruction alone, for models that take no condenser: behind a chunk stands the question whether it answers,
 * and its margin is the log odds of `Yes`, as HELM ranks passages (Liang et al. 2022, arXiv 2211.09110). Nothing is decoded:
 * one score a chunk.
 */
export class YesOrNo implements AsyncDisposable {
  readonly readsPartsAnew = true;
  readonly #parts: Parts;
  readonly #busy = new BusyTime();

  private constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Throws ModelError for a model without likelihoods, or whose tokenizer has no token of its own for `Yes`. */
  static async open(
    { question, totalTokens }: { readonly question: string; readonly totalTokens: number },
    options: ReadOptions,
  ): Promise<YesOrNo> {
    const { reader: model, prompts, onEvent } = options;
    requireCapabilities(model, ["score"]);
    const yes = ownToken(model, YES);
    if (yes === undefined) {
      throw new ModelError(`${model.name} has no token of its own for "${YES}", by which chunks are judged`, {
        hint: "--reader names a model that reads on this machine",
      });
    }
    const turn = turnBehindChunk(model, { system: prompts.system, user: fill(prompts.judge, { question }) });
    const tokens = Uint32Array.from([...turn.tokens, yes]);
    const sizes = { prefix: prompts.prefix, localTokens: tokens.length };
    const chunks = await ChunkReader.open(model, { ...options, ...sizes });
    const progress = new StageProgress("read", totalTokens, onEvent);
    return new YesOrNo({ model, chunks, tokens, progress });
  }

  /** What was read for it so far. */
  get chunks(): ChunkReader {
    return this.#parts.chunks;
  }

  /** Milliseconds that chunks were judged in. */
  get busyMs(): number {
    return this.#busy.ms;
  }

  /** Tokens that went through the model behind chunks. */
  get evaluatedTokens(): number {
    const { chunks } = this.#parts;
    return chunks.evaluatedTokens - chunks.counter.tokens.read;
  }

  /** (nChunks) log odds, in nats, that the model says each chunk answers. `onMargin` hears of each when it is there. */
  async margins(
    chunks: readonly Chunk[],
    onMargin: (chunk: Chunk, margin: number) => void = () => undefined,
  ): Promise<number[]> {
    const margins = new Map<Chunk, number>();
    const visits = new Map<Chunk, Visit>(
      chunks.map((chunk) => [
        chunk,
        async (sequence) => {
          const margin = await this.#margin(sequence);
          margins.set(chunk, margin);
          onMargin(chunk, margin);
        },
      ]),
    );
    await this.#parts.chunks.visit(visits, this.#parts.progress);
    return chunks.map((chunk) => margins.get(chunk) ?? 0);
  }

  /** (nParts) the same for parts of chunks, which are read anew. */
  async marginsOfParts(parts: readonly ChunkPart[]): Promise<number[]> {
    const texts = parts.map(({ chunk, from, end }) => chunk.tokens.subarray(from, end));
    return this.#parts.chunks.visitTexts(texts, (sequence) => this.#margin(sequence));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#parts.chunks[Symbol.asyncDispose]();
  }

  async #margin(sequence: Sequence): Promise<number> {
    const { tokens } = this.#parts;
    const scored = this.#busy.during(() => sequence.logProbabilities(tokens, tokens.length - 1));
    const [value = -Infinity] = await scored;
    return -marginOf(value);
  }
}
