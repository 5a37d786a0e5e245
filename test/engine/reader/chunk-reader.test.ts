import { beforeEach, describe, expect, it } from "vitest";
import type { Chunk } from "../../../src/document/chunk.ts";
import { parseBytes } from "../../../src/document/parse.ts";
import { Corpus } from "../../../src/engine/corpus.ts";
import { wholeChunk } from "../../../src/engine/reader/chunk-part.ts";
import { ChunkReader, type Visit } from "../../../src/engine/reader/chunk-reader.ts";
import type { ReadingOptions } from "../../../src/engine/reader/reading.ts";
import { StageProgress } from "../../../src/engine/receipt/stage-progress.ts";
import { FAKE_CONDENSER, fakeOptions, fakeStore } from "../../helpers/fake-engine.ts";
import { fakeModel } from "../../helpers/fake-model.ts";
import { PAPERS } from "../../helpers/papers.ts";

const PREFIX = "Passage:\n";
const POOL = { sequences: 1, contextTokens: 256, sliceTokens: 64 };

const model = fakeModel();
const progress = new StageProgress("read", 0, () => undefined);
let chunks: readonly Chunk[];

beforeEach(async () => {
  const corpus = new Corpus([await parseBytes(Buffer.from(PAPERS), "papers.md")]);
  chunks = await corpus.chunks(model, 48);
});

async function open(overrides: Partial<ReadingOptions> = {}): Promise<ChunkReader> {
  const options = await fakeOptions({ reader: model });
  return ChunkReader.open(model, { ...options, prefix: PREFIX, localTokens: 0, ...overrides });
}

/** Visits that note how many tokens the sequence holds. */
function readers(found: number[]): Map<Chunk, Visit> {
  const visit: Visit = async ({ length }) => void found.push(length);
  return new Map(chunks.map((chunk) => [chunk, visit]));
}

const lengths = (): number[] => chunks.map(({ tokens }) => model.tokenize(PREFIX).length + tokens.length);

describe("a chunk reader", () => {
  it("has a sequence hold each chunk behind the prefix, in order, read or from the store", async () => {
    const { store } = await fakeStore();
    const [first, second]: number[][] = [[], []];
    await using reads = await open({ store });
    await reads.visit(readers(first ?? []), progress);
    await using loads = await open({ store });
    await loads.visit(readers(second ?? []), progress);
    expect(first).toEqual(lengths());
    expect(second).toEqual(first);
    expect(reads.counter.counts).toMatchObject({ read: chunks.length, stored: 0 });
    expect(loads.counter.counts).toMatchObject({ read: 0, stored: chunks.length });
    expect(loads.evaluatedTokens).toBe(0);
    expect(reads.evaluatedTokens).toBe(reads.counter.tokens.read);
  });

  it.each([true, false])("hands rows to a sequence under an adapter; with a store: %s", async (isStored) => {
    const { store } = await fakeStore();
    await using own = await open({ store: isStored ? store : undefined });
    await using tuned = await model.openPool({ ...POOL, sequences: 3, adapter: FAKE_CONDENSER });
    const nPrefix = model.tokenize(PREFIX).length;
    await tuned.lend(async (sequence) => {
      for (const chunk of chunks) {
        await own.hold(wholeChunk(chunk), { sequence, nStream: 3 }, progress);
        expect(sequence.length).toBe(nPrefix + chunk.tokens.length);
        await own.hold({ chunk, from: 2, end: 5 }, { sequence, nStream: 3 }, progress);
        expect(sequence.length).toBe(nPrefix + 5);
      }
    });
    expect(tuned.evaluatedTokens).toBe(0);
    expect(own.counter.counts).toMatchObject({ read: chunks.length, stored: 0 });
    expect(own.counter.inStore.chunks).toHaveLength(isStored ? chunks.length : 0);
  });

  it("fills the store without touching what is there", async () => {
    const { store } = await fakeStore();
    await using own = await open({ store });
    await own.fill(chunks.slice(0, 2), progress);
    await using other = await open({ store });
    await other.fill(chunks, progress);
    expect(other.counter.counts).toMatchObject({ read: chunks.length - 2, stored: 2 });
    expect(other.counter.inStore).toMatchObject({ dropped: 0 });
  });

  it("counts what was not kept as dropped", async () => {
    const { store } = await fakeStore(undefined, 15_000);
    await using own = await open({ store });
    await own.fill(chunks, progress);
    const { chunks: kept, dropped } = own.counter.inStore;
    expect(kept.length).toBeGreaterThan(0);
    expect(dropped).toBe(chunks.length - kept.length);
  });

  it("stops before the next chunk when it is asked to, and throws the reason", async () => {
    const reason = new Error("enough");
    const stop = new AbortController();
    await using own = await open({ signal: stop.signal });
    const visits = new Map(chunks.map((chunk) => [chunk, async () => stop.abort(reason)] as const));
    await expect(own.visit(visits, progress)).rejects.toBe(reason);
    expect(own.counter.counts.read).toBe(1);
  });

  it("refuses chunks that exceed what the model was trained on", async () => {
    await expect(open({ localTokens: 5000 })).rejects.toThrow("but fake was trained on 4096");
  });
});
