import type { Chunk } from "../../document/chunk.ts";
import { Scratch } from "../../kv/store/scratch.ts";
import type { LanguageModel, Sequence } from "../../model/language-model.ts";
import type { EngineListener } from "../events.ts";
import type { StageProgress } from "../receipt/stage-progress.ts";
import { type Evaluated, evaluateBehindPrefix, evaluateChunk, fromStore } from "./evaluate.ts";
import { announceSize, missingChunks } from "./missing-chunks.ts";
import { ReadCounter } from "./read-counter.ts";
import { openReading, type Reading, type ReadingOptions } from "./reading.ts";
import { type ReadChunks, recordRead } from "./record.ts";

/** What is done with a chunk while a sequence holds it. */
export type Visit = (sequence: Sequence) => Promise<void>;

/** A later stage's own work on chunks while a sequence holds them. */
export type ChunkVisits = {
  /** The most tokens that it evaluates behind a chunk. */
  readonly localTokens: number;
  readonly visits: (reader: ChunkReader) => Promise<ReadonlyMap<Chunk, Visit>>;
};

/**
 * Chunk rows for every stage: a chunk goes through the model when it is asked for, and not before. Rows come from the store
 * where it has them; fresh ones go there as far as it has room. A chunk is [prefix][chunk] from position 0, for all.
 */
export class ChunkReader {
  readonly reading: Reading;
  readonly counter = new ReadCounter();
  #scratch: Scratch | undefined;

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

  /** Makes `sequence`, of another context of the model, hold a chunk as the model itself reads it. */
  async hold(chunk: Chunk, sequence: Sequence, progress: StageProgress): Promise<void> {
    this.reading.signal.throwIfAborted();
    if (await this.#take(chunk, sequence, progress)) return;
    await this.reading.pool.lend(async (own) => {
      const evaluated = await this.#evaluate(chunk, own, progress);
      await evaluated.give(sequence);
      this.#count(chunk, evaluated);
    });
  }

  /** Makes `sequence` hold [prefix][tokens], a text that is no chunk and goes into no store. */
  async holdText(tokens: Uint32Array, sequence: Sequence): Promise<void> {
    await this.reading.pool.lend(async (own) => {
      await evaluateBehindPrefix(tokens, this.reading, { sequence: own });
      await this.#hand(own, sequence);
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#scratch?.[Symbol.asyncDispose]();
    await this.reading.pool[Symbol.asyncDispose]();
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
        await evaluated?.give(sequence);
        await visit(sequence);
      }
      if (evaluated !== undefined) this.#count(chunk, evaluated);
    });
  }

  /** Whether the store has the chunk; a sequence that is given holds it then. */
  async #take(chunk: Chunk, sequence: Sequence | undefined, progress: StageProgress): Promise<boolean> {
    if (!(await fromStore(chunk, this.reading, sequence))) return false;
    if (this.counter.stored(chunk)) {
      progress.reused(chunk.tokens.length);
      this.#log(chunk, "from the store");
    }
    return true;
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

  /** Rows go from one context to another through a file: the engine has no other way. */
  async #hand(from: Sequence, to: Sequence): Promise<void> {
    this.#scratch ??= await Scratch.open();
    const path = await this.#scratch.file((name) => from.save(name));
    await to.load(path);
    await this.#scratch.remove(path);
  }
}
