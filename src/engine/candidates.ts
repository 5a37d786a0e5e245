import type { Chunk } from "../document/chunk.ts";
import { candidateKey } from "../kv/key.ts";
import { Scratch } from "../kv/scratch.ts";
import type { CandidateInfo } from "./answer.ts";
import { makeRows, type RowMaker, requireRope, rowsBytes } from "./candidate-rows.ts";
import type { AskOptions, CandidateOptions } from "./options.ts";
import type { Rows } from "./place-rows.ts";
import { prefill, type Visit } from "./prefill.ts";
import { StageProgress } from "./progress.ts";
import { prefixTokens, type Reading, SLICE_TOKENS } from "./reading.ts";

export type CandidatesInput = {
  /** Those that get candidates, in document order, and their indexes in the list of all. */
  readonly chunks: readonly Chunk[];
  readonly indexes: readonly number[];
  /** (nPrompt) the local context: see dynamic-prompt.ts. */
  readonly prompt: Uint32Array;
};

export type CandidatesOptions = AskOptions & { readonly candidates: CandidateOptions };

/** A pass over all chunks: the dynamic prompt, and whether what it gives is kept for the same question. */
type Pass = { readonly prompt: Uint32Array; readonly reading: Reading; readonly keep: boolean };

/**
 * The candidate tokens of chunks, and where they are computed: in a context that has the adapter, beside that of the
 * chunks (parallel decoding, FocusLLM, arXiv 2408.11745, section 2.3; on a CPU one sequence after another, since more at
 * once bring nothing there).
 */
export class Candidates {
  readonly chunks: readonly Chunk[];
  /** Of the chunks in the list of all chunks. */
  readonly indexes: readonly number[];
  readonly prompt: Uint32Array;
  /** The most tokens that will be evaluated behind a chunk. */
  readonly localTokens: number;
  /** Positions of a sequence that computes candidates; bounds the files that hold them. */
  readonly contextTokens: number;
  readonly scratch: Scratch;
  readonly options: CandidatesOptions;
  readonly #maker: RowMaker;
  /** Chunk → state file with the K and V of its candidates. */
  readonly #rows = new Map<Chunk, string>();
  #reused = 0;
  #refreshes = 0;
  #refreshTokens = 0;

  private constructor(
    { chunks, indexes, prompt }: CandidatesInput,
    maker: RowMaker,
    options: CandidatesOptions,
  ) {
    this.chunks = chunks;
    this.indexes = indexes;
    this.prompt = prompt;
    this.localTokens = localTokens(prompt, options);
    this.contextTokens = maker.contextTokens;
    this.scratch = maker.scratch;
    this.#maker = maker;
    this.options = options;
  }

  /** Throws ModelError for a model whose rows cannot be moved, KvStoreError without room for temporary files. */
  static async open(input: CandidatesInput, options: CandidatesOptions): Promise<Candidates> {
    const { reader, sequences, chunkTokens, prompts, signal } = options;
    const { adapter } = options.candidates;
    const prefix = prefixTokens(reader, prompts.prefix);
    const contextTokens = prefix.length + chunkTokens + localTokens(input.prompt, options) + 1;
    requireRope(reader);
    const pool = { sequences, contextTokens, sliceTokens: SLICE_TOKENS, adapter };
    const tuned = await reader.openPool(pool);
    const { perChunk } = adapter;
    const scratch = await Scratch.open();
    const maker = { model: reader, tuned, scratch, perChunk, nStream: sequences, contextTokens, signal };
    return new Candidates(input, maker, options);
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
    return this.#maker.tuned.evaluatedTokens + this.#refreshTokens;
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
  async visits(reading: Reading): Promise<Map<Chunk, Visit>> {
    for (const chunk of this.chunks) {
      const stored = await this.#fromStore(chunk, reading);
      if (stored === undefined) continue;
      this.#rows.set(chunk, stored);
      this.#reused += 1;
    }
    const missing = this.chunks.filter((chunk) => !this.#rows.has(chunk));
    return this.#pass(missing, { prompt: this.prompt, reading, keep: true });
  }

  /** Computes all candidates anew, behind the question and what was said since (in the paper: before each token). */
  async refresh(said: readonly number[], reading: Reading): Promise<void> {
    const prompt = Uint32Array.from([...this.prompt, ...said]);
    const visits = this.#pass(this.chunks, { prompt, reading, keep: false });
    const progress = new StageProgress("read", 0, () => undefined);
    const before = reading.pool.evaluatedTokens;
    await prefill(this.chunks, reading, { progress, visits, readBefore: new Set() });
    this.#refreshTokens += reading.pool.evaluatedTokens - before;
    this.#refreshes += 1;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#maker.tuned[Symbol.asyncDispose]();
    await this.scratch[Symbol.asyncDispose]();
  }

  #pass(chunks: readonly Chunk[], pass: Pass): Map<Chunk, Visit> {
    const { onEvent } = this.options;
    const progress = new StageProgress("condense", chunks.length * pass.prompt.length, onEvent);
    return new Map(
      chunks.map((chunk) => [
        chunk,
        async (sequence) => {
          const rows = await makeRows(sequence, pass.prompt, this.#maker);
          if (pass.keep) await this.#toStore(chunk, rows, pass.reading);
          const old = this.#rows.get(chunk);
          this.#rows.set(chunk, rows);
          if (old !== undefined) await this.scratch.remove(old);
          progress.evaluated(pass.prompt.length);
        },
      ]),
    );
  }

  async #fromStore(chunk: Chunk, reading: Reading): Promise<string | undefined> {
    const { store } = reading;
    const { key, bytes } = this.#stored(chunk, reading);
    if (store === undefined || !(await store.has(key, bytes))) return undefined;
    const path = await store.verify(key);
    return path === undefined ? undefined : this.scratch.keep(path);
  }

  async #toStore(chunk: Chunk, rows: string, reading: Reading): Promise<void> {
    const { key, bytes } = this.#stored(chunk, reading);
    await reading.store?.keepCopy(key, rows, bytes);
  }

  #stored(chunk: Chunk, { prefix, keyOf }: Reading): { readonly key: string; readonly bytes: number } {
    const { sha256, scale, perChunk } = this.options.candidates.adapter;
    const settings = { adapter: sha256, scale, promptTokens: this.prompt };
    const nTokens = prefix.length + chunk.tokens.length + this.prompt.length;
    return {
      key: candidateKey(keyOf(chunk), settings),
      bytes: rowsBytes(this.options.reader, { nTokens, perChunk }),
    };
  }
}

/** With refreshing, the answer so far stands behind each chunk too. */
function localTokens(prompt: Uint32Array, { candidates, answerTokens }: CandidatesOptions): number {
  return prompt.length + (candidates.refreshTokens === undefined ? 0 : answerTokens);
}
