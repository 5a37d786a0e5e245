import type { Chunk } from "../../document/chunk.ts";
import { Scratch } from "../../kv/store/scratch.ts";
import type { SequencePool } from "../../model/language-model.ts";
import type { AskOptions, CandidateOptions } from "../options.ts";
import type { ChunkReader, Visit } from "../reader/chunk-reader.ts";
import { prefixTokens, SLICE_TOKENS } from "../reader/reading.ts";
import { StageProgress } from "../receipt/stage-progress.ts";
import type { CandidateInfo } from "../results.ts";
import type { Rows } from "./place.ts";
import { makeRows, type RowMaker, requireRope } from "./rows.ts";
import { candidateStore } from "./store.ts";

export type CandidatesInput = {
  /** Those that get candidates, in document order, and their indexes in the list of all. */
  readonly chunks: readonly Chunk[];
  readonly indexes: readonly number[];
  /** (nPrompt) the local context: see prompt.ts. */
  readonly prompt: Uint32Array;
};

export type CandidatesOptions = AskOptions & { readonly candidates: CandidateOptions };

type Keep = (chunk: Chunk, rows: string) => Promise<void>;

/**
 * The candidate tokens of chunks, and where they are computed: in a context that has the adapter, beside that of the
 * chunks (parallel decoding, FocusLLM, arXiv 2408.11745, section 2.3; on a CPU one sequence after another, since more at
 * once bring nothing there).
 */
export class Candidates {
  readonly chunks: readonly Chunk[];
  readonly indexes: readonly number[];
  readonly prompt: Uint32Array;
  readonly options: CandidatesOptions;
  readonly scratch: Scratch;
  /** The most tokens that will be evaluated behind a chunk: with refreshing, the answer so far stands there too. */
  readonly localTokens: number;
  /** Positions of a sequence that computes candidates; bounds the files that hold them. */
  readonly contextTokens: number;
  /** Chunk → state file with the K and V of its candidates. */
  readonly #rows = new Map<Chunk, string>();
  #tuned: SequencePool | undefined;
  #reused = 0;
  #refreshes = 0;
  #refreshTokens = 0;

  private constructor(input: CandidatesInput, options: CandidatesOptions, scratch: Scratch) {
    const { reader, prompts, chunkTokens, answerTokens, candidates } = options;
    this.chunks = input.chunks;
    this.indexes = input.indexes;
    this.prompt = input.prompt;
    this.options = options;
    this.scratch = scratch;
    this.localTokens = input.prompt.length + (candidates.refreshTokens === undefined ? 0 : answerTokens);
    const prefix = prefixTokens(reader, prompts.prefix);
    this.contextTokens = prefix.length + chunkTokens + this.localTokens + 1;
  }

  /** Throws ModelError for a model whose rows cannot be moved, KvStoreError without room for temporary files. */
  static async open(input: CandidatesInput, options: CandidatesOptions): Promise<Candidates> {
    requireRope(options.reader);
    return new Candidates(input, options, await Scratch.open());
  }

  /** What the answer stands on, for the result. */
  get info(): CandidateInfo {
    const { name, path, sha256, perChunk } = this.options.candidates.adapter;
    return {
      adapter: { name, path, sha256 },
      chunks: this.chunks.length,
      perChunk,
      reusedChunks: this.#reused,
      refreshes: this.#refreshes,
    };
  }

  /** Tokens that were evaluated with the adapter, and those in front of them when all were computed anew. */
  get evaluatedTokens(): number {
    return (this.#tuned?.evaluatedTokens ?? 0) + this.#refreshTokens;
  }

  /** (nChunks) the candidates' K and V, in the order of the chunks. */
  get rows(): readonly Rows[] {
    return this.chunks.map((chunk) => {
      const path = this.#rows.get(chunk);
      if (path === undefined) throw new Error(`chunk ${chunk.index} was not condensed`);
      return { path, nStream: 1 };
    });
  }

  /**
   * What is to be done with each chunk while a sequence holds it, so that its candidates for the question are there.
   * Those that an earlier run left in the store are taken from there: their chunks need no visit.
   */
  async visits({ reading }: ChunkReader): Promise<Map<Chunk, Visit>> {
    const { reader, candidates } = this.options;
    const { prompt, scratch } = this;
    const store = candidateStore(reading, { reader, adapter: candidates.adapter, prompt, scratch });
    for (const chunk of this.chunks) {
      const stored = await store.fetch(chunk);
      if (stored !== undefined) this.#rows.set(chunk, stored);
    }
    this.#reused = this.#rows.size;
    const missing = this.chunks.filter((chunk) => !this.#rows.has(chunk));
    return this.#visits(missing, prompt, store.keep);
  }

  /** Computes all candidates anew, behind the question and what was said since (in the paper: before each token). */
  async refresh(said: readonly number[], own: ChunkReader): Promise<void> {
    const prompt = Uint32Array.from([...this.prompt, ...said]);
    const visits = await this.#visits(this.chunks, prompt);
    const before = own.evaluatedTokens;
    const progress = new StageProgress("read", 0, () => undefined);
    await own.visit(visits, progress);
    this.#refreshTokens += own.evaluatedTokens - before;
    this.#refreshes += 1;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#tuned?.[Symbol.asyncDispose]();
    await this.scratch[Symbol.asyncDispose]();
  }

  async #visits(chunks: readonly Chunk[], prompt: Uint32Array, keep?: Keep): Promise<Map<Chunk, Visit>> {
    const visits = new Map<Chunk, Visit>();
    if (chunks.length === 0) return visits;
    const maker = await this.#maker();
    const progress = new StageProgress("condense", chunks.length * prompt.length, this.options.onEvent);
    for (const chunk of chunks) {
      visits.set(chunk, async (sequence) => {
        const rows = await makeRows(sequence, prompt, maker);
        await keep?.(chunk, rows);
        const old = this.#rows.get(chunk);
        this.#rows.set(chunk, rows);
        if (old !== undefined) await this.scratch.remove(old);
        progress.evaluated(prompt.length);
      });
    }
    return visits;
  }

  async #maker(): Promise<RowMaker> {
    const { contextTokens, scratch } = this;
    const { reader, contexts, sequences, signal, candidates } = this.options;
    const { adapter } = candidates;
    const pool = { sequences, contextTokens, sliceTokens: SLICE_TOKENS, adapter };
    this.#tuned ??= await contexts.borrow(reader, pool);
    const { perChunk } = adapter;
    const files = { nStream: sequences, contextTokens };
    return { model: reader, tuned: this.#tuned, scratch, perChunk, ...files, signal };
  }
}
