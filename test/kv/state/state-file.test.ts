import { open, readFile, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { KvStoreError } from "../../../src/errors.ts";
import { fileSource } from "../../../src/kv/state/byte-source.ts";
import { readRows } from "../../../src/kv/state/rows.ts";
import { f16Geometry, parseState, type StateFile, stateBytes } from "../../../src/kv/state/state-file.ts";
import { sizeOfState } from "../../../src/kv/state/state-layout.ts";
import { type RowsToWrite, writeState } from "../../../src/kv/state/state-writer.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";
import {
  memorySource,
  TINY,
  TINY_EXPECTATION,
  TINY_KEY_ROW_BYTES,
  type TinyState,
  tinyState,
} from "../../helpers/tiny-kv.ts";

const parse = (bytes: Uint8Array): Promise<StateFile> => parseState(memorySource(bytes), TINY_EXPECTATION);

describe("parseState", () => {
  it("finds tokens, positions and the place of every row", async () => {
    const bytes = tinyState({ positions: [2, 0, 1] });
    const state = await parse(bytes);
    expect(state).toMatchObject({ nStream: 2, stream: 1, bytes: bytes.length });
    expect(state.tokens).toEqual(Uint32Array.of(11, 12, 13));
    expect(state.positions).toEqual(Uint32Array.of(2, 0, 1));
    const first = state.keys.map(({ offset }) => bytes[offset]);
    // (nLayers = 2) x K of 3 cells x 8 bytes, then V of 3 cells x 4 bytes; bytes count up from 1.
    expect(first).toEqual([1, 25]);
    expect(state.values.map(({ offset }) => bytes[offset])).toEqual([49, 61]);
  });

  it.each(["f32", "bf16"])("takes rows of type %s as they are", async (name) => {
    const type = { f32: 0, bf16: 30 }[name] ?? -1;
    expect((await parse(tinyState({ type }))).keys[0]?.type).toBe(type);
  });

  it("takes cells with gaps and repeated positions", async () => {
    const { positions } = await parse(tinyState({ positions: [0, 2, 2] }));
    expect(positions).toEqual(Uint32Array.of(0, 2, 2));
  });

  it.each<[string, Partial<TinyState>]>([
    ["magic", { magic: 0x67677372 }],
    ["version", { version: 2 }],
    ["version", { version: 4 }],
    ["at most 8 tokens", { nTokens: 9 }],
    ["at most 8 tokens", { nTokens: 0xffffffff }],
    ["n_stream", { nStream: 1 }],
    ["n_stream", { nStream: 3, streams: 3 }],
    ["a stream with cells", { stream: 7, cellsOfOthers: 0 }],
    ["at most 8 cells", { nCells: 9 }],
    ["at most 8 cells", { nCells: 0xffffffff }],
    ["bytes", { nCells: 4 }],
    ["cells of a second stream", { stream: 0, cellsOfOthers: 1 }],
    ["positions from 0 on", { positions: [0, -1, 2] }],
    ["number of tokens 3", { positions: [0, 1, 2], nTokens: 2, tokens: [11, 12] }],
    ["number of tokens 2", { positions: [0, 1, 1] }],
    ["n_seq_id", { nSeqId: 2 }],
    ["n_seq_id", { nSeqId: 0 }],
    ["v_trans", { vTrans: 1 }],
    ["number of layers", { nLayers: 3 }],
    ["bytes", { nLayers: 3, layers: 3 }],
    ["rows of type", { type: 8 }],
    ["rows of type", { type: -1 }],
    ["row bytes", { keyRowBytes: 16n }],
    ["row bytes", { valueRowBytes: 2n ** 64n - 4n }],
  ])("refuses another %s (case %#)", async (what, change) => {
    const refusal = parse(tinyState(change));
    await expect(refusal).rejects.toThrow(KvStoreError);
    await expect(refusal).rejects.toThrow(/^state file memory: wanted .+, found .+$/u);
    await expect(refusal).rejects.toThrow(what);
  });

  it("refuses every truncation and anything behind the state", async () => {
    const bytes = tinyState();
    for (let size = 0; size < bytes.length; size += 1) {
      await expect(parse(bytes.subarray(0, size)), `${size} bytes`).rejects.toThrow(KvStoreError);
    }
    for (const extra of [1, 4, 100]) {
      await expect(parse(Buffer.concat([bytes, Buffer.alloc(extra)]))).rejects.toThrow(KvStoreError);
    }
  });

  it("never reads past the end nor believes a place outside the file, whatever the bytes", async () => {
    const flips = fc.array(fc.tuple(fc.nat(tinyState().length - 1), fc.integer({ min: 1, max: 255 })), {
      maxLength: 4,
    });
    await fc.assert(
      fc.asyncProperty(flips, fc.option(fc.nat(tinyState().length)), async (changes, size) => {
        const bytes = tinyState();
        for (const [at, flip] of changes) bytes[at] = (bytes[at] ?? 0) ^ flip;
        const cut = bytes.subarray(0, size ?? bytes.length);
        const state = await parse(cut).catch((error: unknown) => {
          expect(error).toBeInstanceOf(KvStoreError);
          return undefined;
        });
        if (state === undefined) return;
        expect(state.bytes).toBe(cut.length);
        for (const { offset, rowBytes } of [...state.keys, ...state.values]) {
          expect(offset + rowBytes * state.positions.length).toBeLessThanOrEqual(cut.length);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("says which file it was, and notices one that becomes shorter under it", async () => {
    const folder = await tempFolder({ "state.kv": tinyState() });
    const path = join(folder, "state.kv");
    await using handle = await open(path, "r");
    const source = await fileSource(handle, path);
    const { keys } = await parseState(source, TINY_EXPECTATION);
    await truncate(path, 100);
    const rows = keys[1];
    if (rows === undefined) throw new Error("no second layer");
    await expect(readRows([{ source, rows, cells: Uint32Array.of(2) }])).rejects.toThrow(
      `state file ${path}: wanted`,
    );
  });
});

describe("stateBytes", () => {
  it("is the size of a file as the format describes it", async () => {
    const counts = { nTokens: 3, nCells: 3, nStream: 2 };
    expect(sizeOfState(TINY_EXPECTATION, counts)).toBe(tinyState().length);
    const shape = { nLayers: 30, nKvHeads: 3, headDim: 64 };
    expect(f16Geometry(shape)).toEqual({ nLayers: 30, keyRowBytes: 384, valueRowBytes: 384 });
    expect(stateBytes(shape, 512)).toBe(12 + 512 * 4 + 8 + 512 * 12 + 8 + 30 * 2 * (12 + 512 * 384));
    expect(stateBytes(shape, 512, { nStream: 4 }) - stateBytes(shape, 512)).toBe(12);
  });
});

describe("writeState", () => {
  it("writes back byte for byte what was parsed, for each stream", async () => {
    const folder = await tempFolder();
    for (const stream of [0, 1]) {
      const bytes = tinyState({ stream, positions: [2, 0, 1] });
      const source = memorySource(bytes);
      const state = await parse(bytes);
      const all = Uint32Array.of(0, 1, 2);
      const copies = (layers: StateFile["keys"]): RowsToWrite[] =>
        layers.map((rows) => ({ ...rows, read: () => readRows([{ source, rows, cells: all }]) }));
      const path = join(folder, `copy-${stream}.kv`);
      const written = { ...state, keys: copies(state.keys), values: copies(state.values) };
      expect(await writeState(path, written)).toBe(bytes.length);
      expect(await readFile(path)).toEqual(bytes);
    }
  });

  it("refuses rows of another size, and a name that is taken", async () => {
    const folder = await tempFolder({ taken: "" });
    const read = async (): Promise<Uint8Array> => new Uint8Array(TINY_KEY_ROW_BYTES - 1);
    const rows = [{ type: TINY.type, rowBytes: TINY_KEY_ROW_BYTES, read }];
    const one = Uint32Array.of(0);
    const state = { tokens: one, positions: one, nStream: 1, stream: 0, keys: rows, values: rows };
    await expect(writeState(join(folder, "short"), state)).rejects.toThrow(
      "wanted 1 rows of 8 bytes, found 7",
    );
    await expect(writeState(join(folder, "taken"), state)).rejects.toThrow("EEXIST");
  });
});

describe("readRows", () => {
  it("reads the picked cells of several files, in the order asked for, and nothing else", async () => {
    const bytes = tinyState();
    const { keys } = await parse(bytes);
    const [rows] = keys;
    if (rows === undefined) throw new Error("no layer");
    const reads: number[] = [];
    const source = {
      ...memorySource(bytes),
      readInto: (target: Uint8Array, offset: number) => {
        reads.push(target.length);
        return memorySource(bytes).readInto(target, offset);
      },
    };
    const found = await readRows([
      { source, rows, cells: Uint32Array.of(1, 2) },
      { source, rows, cells: Uint32Array.of(2, 0) },
      { source, rows, cells: new Uint32Array() },
    ]);
    expect([...found].filter((_, i) => i % 8 === 0)).toEqual([9, 17, 17, 1]);
    expect(reads).toEqual([16, 8, 8]);
  });

  it("stays within a file whose bytes lie at any place", async () => {
    const folder = await tempFolder();
    const path = join(folder, "state.kv");
    await writeFile(path, tinyState());
    await using handle = await open(path, "r");
    const source = await fileSource(handle, path);
    const state = await parseState(source, TINY_EXPECTATION);
    const picks = state.values.map((rows) => ({ source, rows, cells: Uint32Array.of(0, 1, 2) }));
    expect((await readRows(picks)).length).toBe(2 * 3 * 4);
  });
});
