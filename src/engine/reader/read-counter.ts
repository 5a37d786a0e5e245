import type { Chunk } from "../../document/chunk.ts";
import { type ChunkCounts, totalTokens } from "../receipt/coverage.ts";

/** Counts what a reader did, where it is done; a chunk counts once, however often it is asked for. */
export class ReadCounter {
  #evaluatedTokens = 0;
  /** Chunks that went through the model, and of these what the store kept. */
  readonly #read = new Set<Chunk>();
  readonly #kept = new Set<Chunk>();
  /** Chunks whose rows the store had. */
  readonly #stored = new Set<Chunk>();

  get counts(): ChunkCounts {
    return { read: this.#read.size, stored: this.#stored.size, tokens: totalTokens(this.chunks) };
  }

  /** Chunks that were read, or came from the store. */
  get chunks(): readonly Chunk[] {
    return [...this.#read, ...this.#stored];
  }

  /** Tokens that went through the model for chunks, their prefix included, and those of chunks that the store had. */
  get tokens(): { readonly read: number; readonly reused: number } {
    return { read: this.#evaluatedTokens, reused: totalTokens([...this.#stored]) };
  }

  /** Chunks that the store has now, and how many it had no room for. */
  get inStore(): { readonly chunks: readonly Chunk[]; readonly dropped: number } {
    return { chunks: [...this.#stored, ...this.#kept], dropped: this.#read.size - this.#kept.size };
  }

  evaluated(tokens: number): void {
    this.#evaluatedTokens += tokens;
  }

  read(chunk: Chunk, isKept: boolean): void {
    this.#read.add(chunk);
    if (isKept) this.#kept.add(chunk);
  }

  /** False for a chunk that was counted before. */
  stored(chunk: Chunk): boolean {
    if (this.#read.has(chunk) || this.#stored.has(chunk)) return false;
    this.#stored.add(chunk);
    return true;
  }
}
