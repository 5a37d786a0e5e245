import { open, rm } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { KvStoreError } from "../../src/errors.ts";
import { type ByteSource, fileSource } from "../../src/kv/state/byte-source.ts";
import { rotateKeys, rotation } from "../../src/kv/state/rope.ts";
import { readRows } from "../../src/kv/state/rows.ts";
import { parseState, type StateFile } from "../../src/kv/state/state-file.ts";
import { type RowsToWrite, writeState } from "../../src/kv/state/state-writer.ts";
import { tempFolder } from "../helpers/temp-folder.ts";
import { TINY_EXPECTATION, tinyState } from "../helpers/tiny-kv.ts";

const u32 = fc.integer({ min: 0, max: 0xffffffff });

/** Any state that the codec can hold: cells in any order, with gaps and repetitions, rows of any bytes. */
const anyState = fc
  .record({
    nStream: fc.integer({ min: 1, max: 5 }),
    saved: fc.nat(4),
    positions: fc.array(fc.nat(40), { minLength: 1, maxLength: 12 }),
    nLayers: fc.integer({ min: 1, max: 4 }),
    keyRowBytes: fc.integer({ min: 1, max: 24 }),
    valueRowBytes: fc.integer({ min: 1, max: 24 }),
    type: fc.constantFrom(0, 1, 30),
    tokens: fc.array(u32, { minLength: 41, maxLength: 41 }),
    seed: u32,
  })
  .map(({ saved, positions, tokens, ...rest }) => ({
    ...rest,
    stream: saved % rest.nStream,
    positions: Uint32Array.from(positions),
    tokens: Uint32Array.from(tokens.slice(0, Math.max(...positions) + 1)),
  }));

/** (nCells, rowBytes) u8, different for every layer. */
function rowsOf(seed: number, size: number): Uint8Array {
  let state = seed | 1;
  return Uint8Array.from({ length: size }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 24;
  });
}

describe("the codec of state files", () => {
  it("gives back what was written: tokens, positions, streams and every byte of the rows", async () => {
    const path = join(await tempFolder(), "state.kv");
    await fc.assert(
      fc.asyncProperty(anyState, async (given) => {
        const { nLayers, positions, tokens, nStream, stream, type, seed } = given;
        const layers = (rowBytes: number, salt: number): RowsToWrite[] =>
          Array.from({ length: nLayers }, (_, layer) => {
            const bytes = rowsOf(seed + 1000 * layer + salt, positions.length * rowBytes);
            return { type, rowBytes, read: async () => bytes };
          });
        const [keys, values] = [layers(given.keyRowBytes, 1), layers(given.valueRowBytes, 2)];
        await rm(path, { force: true });
        const bytes = await writeState(path, { tokens, nStream, stream, positions, keys, values });
        await using handle = await open(path, "r");
        const source = await fileSource(handle, path);
        const found = await parseState(source, { ...given, capacityCells: 41 });
        expect(found).toMatchObject({ tokens, nStream, stream, positions, bytes });
        expect(await contentsOf(source, found)).toEqual(
          await Promise.all([...keys, ...values].map(({ read }) => read())),
        );
      }),
      { numRuns: 200 },
    );
  });
});

/** (2 * nLayers) all rows of K, then of V. */
function contentsOf(source: ByteSource, { keys, values, positions }: StateFile): Promise<Uint8Array[]> {
  const cells = Uint32Array.from(positions.keys());
  return Promise.all([...keys, ...values].map((rows) => readRows([{ source, rows, cells }])));
}

type Watched = ByteSource & { readonly reads: readonly (readonly [number, number])[] };

/** Bytes in memory that say they are `sizeBytes` and note each read as [offset, bytes]; what is not there is zero. */
function watchedSource(bytes: Uint8Array, sizeBytes = bytes.length): Watched {
  const reads: [number, number][] = [];
  return {
    name: "memory",
    sizeBytes,
    reads,
    readInto: async (target, offset) => {
      reads.push([offset, target.length]);
      target.set(bytes.subarray(offset, offset + target.length));
    },
  };
}

/** Parses what may be anything; whatever is thrown must be a refusal, whatever is read must lie in the file. */
async function refusedOrParsed(source: Watched): Promise<StateFile | undefined> {
  const state = await parseState(source, TINY_EXPECTATION).catch((error: unknown) => {
    expect(error).toBeInstanceOf(KvStoreError);
    return undefined;
  });
  for (const [offset, bytes] of source.reads) {
    expect(offset + bytes).toBeLessThanOrEqual(source.sizeBytes);
    // The largest thing in front of the rows are the cells, 12 bytes each.
    expect(bytes).toBeLessThanOrEqual(12 * TINY_EXPECTATION.capacityCells);
  }
  return state;
}

describe("a malformed state file", () => {
  const whole = tinyState();

  it("with a hostile number anywhere is refused, or means the same, without a read beyond its end", async () => {
    const hostile = fc.oneof(u32, fc.constantFrom(0, 1, 2, 4, 9, 0x7fffffff, 0x80000000, 0xffffffff));
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 4), hostile, async (at, value) => {
        const bytes = Buffer.from(whole);
        bytes.writeUInt32LE(value, at);
        const state = await refusedOrParsed(watchedSource(bytes));
        if (state !== undefined) expect(state.bytes).toBe(bytes.length);
      }),
      { numRuns: 1000 },
    );
  });

  it("that is cut off anywhere, or has anything behind it, is refused", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.uint8Array({ minLength: 1 }), async (size, more) => {
        expect(await refusedOrParsed(watchedSource(whole.subarray(0, size)))).toBeUndefined();
        expect(await refusedOrParsed(watchedSource(Buffer.concat([whole, more])))).toBeUndefined();
      }),
    );
  });

  it("of random bytes, or that claims to be of any size, is refused", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.maxSafeNat(), async (bytes, sizeBytes) => {
        expect(await refusedOrParsed(watchedSource(bytes))).toBeUndefined();
        fc.pre(sizeBytes !== whole.length);
        expect(await refusedOrParsed(watchedSource(whole, sizeBytes))).toBeUndefined();
      }),
    );
  });
});

describe("a rotation by 0", () => {
  it("is the identity for any bits, infinities and NaN included", () => {
    const rope = { pairing: "neox", headDim: 8, dimensionCount: 8, base: 1e4, linearScale: 1 } as const;
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (bits) => {
        const rows = Uint8Array.from(bits);
        rotateKeys(rows, rotation(rope, 0));
        expect(rows).toEqual(bits);
      }),
    );
  });
});
