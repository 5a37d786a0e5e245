import type { Chunk } from "../../document/chunk.ts";
import { Scratch } from "../../kv/store/scratch.ts";
import type { Sequence } from "../../model/sequence.ts";
import type { EngineListener } from "../events.ts";
import { type ChunkCounts, totalTokens } from "../receipt/coverage.ts";
import type { StageProgress } from "../receipt/stage-progress.ts";
import { announceSize, missingChunks } from "./missing-chunks.ts";
import { evaluateChunk, fromStore } from "./prefill.ts";
import type { Reading } from "./reading.ts";
import { type ReadChunks, recordRead } from "./record.ts";

/**
 * Chunk rows for the sequences of any context of the reader: a chunk goes through the model when it is asked for, and
 * not before. Rows come from the store where it has them; fresh ones go there, or where it has no room, through a file
 * of this run.
 */
export class ChunkReader {
  readonly #reading: Reading;
  readonly #progress: StageProgress;
  #scratch: Scratch | undefined;
  /** Each counts once, however often it is held. */
  readonly #read = new Set<Chunk>();
  readonly #stored = new Set<Chunk>();

  constructor(reading: Reading, progress: StageProgress) {
    this.#reading = reading;
    this.#progress = progress;
  }

  get counts(): ChunkCounts {
    const held = [...this.#read, ...this.#stored];
    return { read: this.#read.size, stored: this.#stored.size, tokens: totalTokens(held) };
  }

  /** Tokens of chunks that went through the model for it, and of those that came from the store. */
  get tokens(): { readonly read: number; readonly reused: number } {
    return { read: this.#progress.evaluatedTokens, reused: totalTokens([...this.#stored]) };
  }

  /** Says before a long read how much of these chunks it will write, and what the store cannot keep. */
  async announce(chunks: readonly Chunk[], onEvent: EngineListener): Promise<void> {
    await announceSize(await missingChunks(chunks, this.#reading), this.#reading, onEvent);
  }

  /** Notes in the store that these chunks were read. */
  async record(read: ReadChunks): Promise<void> {
    await recordRead(read, this.#reading);
  }

  /** Makes `sequence`, of whichever context of the reader, hold [prefix][chunk] as the model itself reads it. */
  async hold(chunk: Chunk, sequence: Sequence): Promise<void> {
    const { signal } = this.#reading;
    signal.throwIfAborted();
    if (await fromStore(chunk, this.#reading, sequence)) {
      if (this.#read.has(chunk) || this.#stored.has(chunk)) return;
      this.#stored.add(chunk);
      this.#progress.reused(chunk.tokens.length);
      return;
    }
    await this.#reading.pool.lend(async (own) => {
      const { give } = await evaluateChunk(chunk, this.#reading, { sequence: own, progress: this.#progress });
      this.#read.add(chunk);
      await give(sequence);
    });
  }

  /** Makes `sequence` hold [prefix][tokens], a text that is no chunk and goes into no store. */
  async holdText(tokens: Uint32Array, sequence: Sequence): Promise<void> {
    const { pool, prefix, signal } = this.#reading;
    await pool.lend(async (own) => {
      await own.reset();
      await own.prefill(Uint32Array.from([...prefix, ...tokens]), { signal });
      await this.#hand(own, sequence);
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#scratch?.[Symbol.asyncDispose]();
    await this.#reading.pool[Symbol.asyncDispose]();
  }

  /** Rows go from one context to another through a file: the engine has no other way. */
  async #hand(from: Sequence, to: Sequence): Promise<void> {
    this.#scratch ??= await Scratch.open();
    const path = await this.#scratch.file((name) => from.save(name));
    await to.load(path);
    await this.#scratch.remove(path);
  }
}
