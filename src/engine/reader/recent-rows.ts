import type { Room } from "../../kv/state/packed-state.ts";

type Slot<Chunk, Rows> = {
  chunk: Chunk | undefined;
  rows: Promise<Rows | undefined>;
  memory: Uint8Array;
};

/**
 * Rows of the chunks that were asked for last: parts of a chunk are asked for one behind the other, and the chunks that come next are
 * unpacked while others are evaluated. Each of at most `most` chunks has memory that is used again, since taking new costs as much as
 * unpacking.
 */
export class RecentRows<Chunk, Rows> {
  readonly #most: number;
  /** Least recently asked for first. */
  readonly #slots: Slot<Chunk, Rows>[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  /** `get` puts rows into the memory that it is given. They stay there until `most` other chunks were asked for. */
  async of(chunk: Chunk, get: (room: Room) => Promise<Rows>): Promise<Rows> {
    return (await this.#held(chunk)) ?? this.#put(chunk, get);
  }

  /** The same ahead of time; where it fails or finds nothing, `of` gets them. */
  ahead(chunk: Chunk, get: (room: Room) => Promise<Rows | undefined>): void {
    if (this.#slots.some((slot) => slot.chunk === chunk)) return;
    void this.#put(chunk, get);
  }

  /** Ends when nothing is under way. */
  async settle(): Promise<void> {
    await Promise.all(this.#slots.map(({ rows }) => rows));
  }

  async #held(chunk: Chunk): Promise<Rows | undefined> {
    const slot = this.#slots.find((one) => one.chunk === chunk);
    if (slot === undefined) return undefined;
    this.#slots.push(...this.#slots.splice(this.#slots.indexOf(slot), 1));
    const rows = await slot.rows;
    if (rows === undefined) slot.chunk = undefined;
    return rows;
  }

  /**
   * In the place of the chunk that was asked for longest ago. What fails is as if it were not there: whoever needs it gets it again, and
   * hears why it fails.
   */
  #put<Got extends Rows | undefined>(chunk: Chunk, get: (room: Room) => Promise<Got>): Promise<Got> {
    const full = this.#slots.length === this.#most ? this.#slots.shift() : undefined;
    const slot = full ?? { chunk, rows: Promise.resolve(undefined), memory: new Uint8Array(0) };
    this.#slots.push(slot);
    const room = (bytes: number): Uint8Array => {
      if (slot.memory.length < bytes) slot.memory = new Uint8Array(bytes);
      return slot.memory.subarray(0, bytes);
    };
    // What is still on its way into this memory must not come behind what replaces it.
    const rows = slot.rows.then(() => get(room));
    slot.chunk = chunk;
    slot.rows = rows.catch(() => undefined);
    return rows;
  }
}
