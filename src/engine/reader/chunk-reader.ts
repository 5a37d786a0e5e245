import type { Chunk } from "../../document/chunk.ts";
import { type Room, type Unpacked, unpackState } from "../../kv/state/packed-state.ts";
import { giveState, type Holder } from "../../kv/store/transfer.ts";
import type { LanguageModel, Sequence } from "../../model/language-model.ts";
import type { EngineListener } from "../events.ts";
import type { StageProgress } from "../receipt/stage-progress.ts";
import { type ChunkPart, givePart } from "./chunk-part.ts";
import { type Evaluated, evaluateBehindPrefix, evaluateChunk, fromStore, storedState } from "./evaluate.ts";
import { announceSize, missingChunks } from "./missing-chunks.ts";
import { ReadCounter } from "./read-counter.ts";
import { openReading, type Reading, type ReadingOptions } from "./reading.ts";
import { RecentRows } from "./recent-rows.ts";
import { type ReadChunks, recordRead } from "./record.ts";

/** What is done with a chunk while a sequence holds it. */
export type Visit = (sequence: Sequence) => Promise<void>;

/** A later stage's own work on chunks while a sequence holds them. */
export type ChunkVisits = {
  /** The most tokens that it evaluates behind a chunk. */
  readonly localTokens: number;
  readonly visits: (reader: ChunkReader) => Promise<ReadonlyMap<Chunk, Visit>>;
};

/** Chunks whose rows are unpacked ahead: each takes the memory of its f16 rows, 12 MB of the embedded reader's. */
const MOST_AHEAD = 4;

/**
 * Chunk rows for every stage: a chunk goes through the model when it is asked for, and not before. Rows come from the store
 * where it has them; fresh ones go there as far as it has room. A chunk is [prefix][chunk] from position 0, for all.
 */
export class ChunkReader {
  readonly reading: Reading;
  readonly counter = new ReadCounter();
  readonly #recent = new RecentRows<Chunk, Unpacked>(MOST_AHEAD + 1);

  private constructor(reading: Reading) {
    this.reading = reading;
  }

  /** Borrows the reader's sequences. Throws UsageError when chunk and question exceed what the model was trained for. */
  static async open(model: LanguageModel, options: ReadingOptions): Promise<ChunkReader> {
    return new ChunkReader(await openReading(model, options));
  }

  /** Tokens that went through its sequences in all, also behind chunks. */
  get evaluatedTokens(): number {
    return this.reading.pool.evaluatedTokens;
  }

  /** Says before a long read how much of these chunks it will write, and what the store cannot keep. */
  async announce(chunks: readonly Chunk[], onEvent: EngineListener): Promise<void> {
    await announceSize(await missingChunks(chunks, this.reading), this.reading, onEvent);
  }

  /** The same without what an earlier run has read and could not keep: that was said then. */
  async announceNew(chunks: readonly Chunk[], onEvent: EngineListener): Promise<void> {
    const { store, settings, keyOf } = this.reading;
    const before = await store?.readBefore(settings);
    await this.announce(
      before === undefined ? chunks : chunks.filter((one) => !before.has(keyOf(one))),
      onEvent,
    );
  }

  /** Notes in the store that these chunks were read. */
  async record(read: ReadChunks): Promise<void> {
    await recordRead(read, this.reading);
  }

  /** Has all chunks read, for the store; what is there already is not touched. */
  async fill(chunks: readonly Chunk[], progress: StageProgress): Promise<void> {
    await this.#each(chunks, new Map(), progress);
  }

  /** Visits the chunks in order, each while a sequence of its own context holds it. */
  async visit(visits: ReadonlyMap<Chunk, Visit>, progress: StageProgress): Promise<void> {
    await this.#each([...visits.keys()], visits, progress);
  }

  /** (nTexts) the same for texts that are no chunks and go into no store; without tokens it is the prefix alone. */
  async visitTexts<Result>(
    texts: readonly Uint32Array[],
    visit: (sequence: Sequence) => Promise<Result>,
  ): Promise<Result[]> {
    return this.reading.pool.run(texts, async (tokens, sequence) => {
      await evaluateBehindPrefix(tokens, this.reading, { sequence });
      return visit(sequence);
    });
  }

  /**
   * Makes a sequence of another context of the model hold [prefix][part]: rows of the chunk as the model itself has read it, of
   * which all before and behind the part are left out. One at a time.
   */
  async hold(part: ChunkPart, holder: Holder, progress: StageProgress): Promise<void> {
    this.reading.signal.throwIfAborted();
    const { chunk } = part;
    const rows = await this.#recent.of(chunk, (room) => this.#rowsOf(chunk, { room, progress }));
    this.#countStored(chunk, progress);
    await givePart(rows, { ...part, nPrefix: this.reading.prefix.length }, holder);
  }

  /** Unpacks stored rows that `hold` will be asked for next, while the model is at work; of more than MOST_AHEAD the first. */
  unpackAhead(chunks: readonly Chunk[]): void {
    for (const chunk of [...new Set(chunks)].slice(0, MOST_AHEAD)) {
      this.#recent.ahead(chunk, (room) => storedState(chunk, this.reading, room));
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#recent.settle();
    await this.reading.pool[Symbol.asyncDispose]();
  }

  async #rowsOf(
    chunk: Chunk,
    { room, progress }: { readonly room: Room; readonly progress: StageProgress },
  ): Promise<Unpacked> {
    const stored = await storedState(chunk, this.reading, room);
    if (stored !== undefined) return stored;
    const { pool, expectation } = this.reading;
    const evaluated = await pool.lend((own) => this.#evaluate(chunk, own, progress));
    if (evaluated.packed === undefined || expectation === undefined) {
      throw new Error("a model whose rows cannot be kept has none to hand on");
    }
    this.#count(chunk, evaluated);
    return unpackState(evaluated.packed, expectation, room);
  }

  async #each(
    chunks: readonly Chunk[],
    visits: ReadonlyMap<Chunk, Visit>,
    progress: StageProgress,
  ): Promise<void> {
    await this.reading.pool.run(chunks, async (chunk, sequence) => {
      this.reading.signal.throwIfAborted();
      const visit = visits.get(chunk);
      const isStored = await this.#take(chunk, visit === undefined ? undefined : sequence, progress);
      const evaluated = isStored ? undefined : await this.#evaluate(chunk, sequence, progress);
      if (visit === undefined) await sequence.settle();
      else {
        if (evaluated !== undefined) await this.#giveBack(evaluated, sequence);
        await visit(sequence);
      }
      if (evaluated !== undefined) this.#count(chunk, evaluated);
    });
  }

  /** Whether the store has the chunk; a sequence that is given holds it then. */
  async #take(chunk: Chunk, sequence: Sequence | undefined, progress: StageProgress): Promise<boolean> {
    if (!(await fromStore(chunk, this.reading, sequence))) return false;
    this.#countStored(chunk, progress);
    return true;
  }

  /** Counts a chunk that this reader has not read itself. */
  #countStored(chunk: Chunk, progress: StageProgress): void {
    if (!this.counter.stored(chunk)) return;
    progress.reused(chunk.tokens.length);
    this.#log(chunk, "from the store");
  }

  /** Makes the sequence that has read a chunk hold its rows as the store keeps them. */
  async #giveBack({ packed }: Evaluated, sequence: Sequence): Promise<void> {
    const { expectation } = this.reading;
    if (packed === undefined || expectation === undefined) return;
    await giveState(await unpackState(packed, expectation), { sequence, nStream: expectation.nStream });
  }

  async #evaluate(chunk: Chunk, sequence: Sequence, progress: StageProgress): Promise<Evaluated> {
    const onSlice = (tokens: number): void => {
      this.counter.evaluated(tokens);
      progress.evaluated(tokens);
    };
    return evaluateChunk(chunk, this.reading, { sequence, onSlice });
  }

  /** A chunk counts when what was asked about it is answered. */
  #count(chunk: Chunk, { isKept }: Evaluated): void {
    this.counter.read(chunk, isKept);
    this.#log(chunk, isKept ? "read, and kept in the store" : "read");
  }

  #log({ document, index }: Chunk, what: string): void {
    const message = `document ${document + 1}, chunk ${index}: ${what}`;
    this.reading.onEvent({ kind: "debug", message });
  }
}
