import type { Chunk } from "../../document/chunk.ts";
import type { Room, Unpacked } from "../../kv/state/packed-state.ts";

/** The rows of the chunk that was asked for last: its parts are asked for one behind the other. */
export class LastRows {
  #chunk: Chunk | undefined;
  #rows: Unpacked | undefined;
  #memory = new Uint8Array(0);

  /** `get` puts rows into the memory that it is given, which is the same each time. One at a time. */
  async of(chunk: Chunk, get: (room: Room) => Promise<Unpacked>): Promise<Unpacked> {
    if (this.#chunk === chunk && this.#rows !== undefined) return this.#rows;
    this.#chunk = undefined;
    this.#rows = await get((bytes) => this.#room(bytes));
    this.#chunk = chunk;
    return this.#rows;
  }

  #room(bytes: number): Uint8Array {
    if (this.#memory.length < bytes) this.#memory = new Uint8Array(bytes);
    return this.#memory.subarray(0, bytes);
  }
}
