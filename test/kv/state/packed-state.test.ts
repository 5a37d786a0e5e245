import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { KvStoreError } from "../../../src/errors.ts";
import { decodeF16, encodeF16 } from "../../../src/kv/state/f16.ts";
import { packedBytes, packRows, unpackRows } from "../../../src/kv/state/packed-rows.ts";
import { packedStateBytes, packState, unpackState } from "../../../src/kv/state/packed-state.ts";
import { TINY_EXPECTATION, tinyState } from "../../helpers/tiny-kv.ts";

function roundTrip(rows: Uint16Array): { readonly packed: Int8Array; readonly back: Uint16Array } {
  const packed = new Int8Array(packedBytes(rows.length));
  packRows(rows, packed);
  const back = new Uint16Array(rows.length);
  unpackRows(new Uint8Array(packed.buffer), back);
  return { packed, back };
}

/** Every f16 but infinity and NaN, as bits. */
const finite = fc.integer({ min: 0, max: 0xffff }).filter((bits) => (bits & 0x7c00) !== 0x7c00);

describe("packed rows", () => {
  it("are off by at most a 200th of the block's largest value", () => {
    fc.assert(
      fc.property(fc.array(finite, { minLength: 1, maxLength: 100 }), (bits) => {
        const rows = Uint16Array.from(bits);
        const { back } = roundTrip(rows);
        for (let start = 0; start < rows.length; start += 32) {
          const values = Array.from(rows.subarray(start, start + 32), decodeF16);
          const most = Math.max(...values.map(Math.abs));
          // The very largest are cut to 127 steps of 512; the very smallest are off by two steps of f16.
          const bound = most > 65024 ? 480 : Math.max(most / 200, 2 ** -23);
          for (const [i, value] of values.entries()) {
            expect(Math.abs(decodeF16(back[start + i] ?? 0) - value)).toBeLessThanOrEqual(bound);
          }
        }
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ["127 steps", [1.984375, 0.0078125], [1.984375, 0.015625]],
    ["one and a quarter", [127.5, 0.6, -0.7], [127.5, 0, -1.25]],
    ["one and a half", [190, 0.7, -0.8], [190.5, 0, -1.5]],
    ["the largest f16, and less than half a step", [65504, -65504, 200], [65024, -65024, 0]],
    ["the smallest f16", [2 ** -24, -(2 ** -24)], [2 ** -24, -(2 ** -24)]],
    ["halves, away from zero", [127, 0.5, -0.5, 0.49], [127, 1, -1, 0]],
  ])("have the nearest step: %s", (_, values, wanted) => {
    const { back } = roundTrip(Uint16Array.from(values, encodeF16));
    expect(Array.from(back, decodeF16)).toEqual(wanted);
  });

  it.each([0x7c00, 0xfc00, 0x7e00])("refuse infinity and NaN (bits %i)", (bits) => {
    expect(() => roundTrip(Uint16Array.of(0, bits))).toThrow("wanted numbers, found infinity or NaN");
  });

  it("refuse a scale that nobody wrote", () => {
    for (const scale of [128, 200, 255]) {
      const packed = Uint8Array.of(scale, 1);
      expect(() => unpackRows(packed, new Uint16Array(1))).toThrow(KvStoreError);
    }
  });
});

describe("a packed state", () => {
  const shape = { nLayers: 2, nKvHeads: 1, headDim: 4 };
  const expectation = { ...TINY_EXPECTATION, valueRowBytes: 8 };
  /** V as wide as K. */
  const state = (): Buffer => wide();

  it("has the size that was foretold, and the state's own bytes around its rows", async () => {
    const packed = await packState(state(), expectation);
    expect(packed.length).toBe(packedStateBytes(shape, { nTokens: 3, nStream: 2 }));
    const { bytes, state: parsed } = await unpackState(packed, expectation);
    expect(bytes.length).toBe(state().length);
    expect([...parsed.tokens, ...parsed.positions]).toEqual([11, 12, 13, 0, 1, 2]);
  });

  it("is taken from whatever place of memory it lies at", async () => {
    const shifted = Buffer.concat([Buffer.of(0), state()]).subarray(1);
    expect(await packState(shifted, expectation)).toEqual(await packState(state(), expectation));
  });

  it("is not made of rows that are not f16", async () => {
    await expect(packState(tinyState({ type: 0 }), TINY_EXPECTATION)).rejects.toThrow("layers of f16 rows");
  });

  it("is refused with KvStoreError, or unpacked to a state of the right form, whatever the bytes", async () => {
    const good = await packState(state(), expectation);
    const flips = fc.array(fc.tuple(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 })), {
      maxLength: 4,
    });
    await fc.assert(
      fc.asyncProperty(flips, fc.option(fc.nat(good.length)), async (changes, size) => {
        const bytes = Uint8Array.from(good);
        for (const [at, flip] of changes) bytes[at] = (bytes[at] ?? 0) ^ flip;
        const unpacked = await unpackState(bytes.subarray(0, size ?? bytes.length), expectation).catch(
          (error: unknown) => {
            expect(error).toBeInstanceOf(KvStoreError);
            return undefined;
          },
        );
        if (unpacked !== undefined) expect(unpacked.bytes.length).toBe(unpacked.state.bytes);
      }),
      { numRuns: 2000 },
    );
  });

  it("of impossibly many cells allocates nothing", async () => {
    const packed = Uint8Array.from(await packState(state(), expectation));
    new DataView(packed.buffer).setUint32(0, 0xffffffff, true);
    await expect(unpackState(packed, expectation)).rejects.toThrow(
      "wanted at most 8 cells, found 4294967295",
    );
  });
});

/** The tiny state with rows of V as wide as those of K. */
function wide(): Buffer {
  const bytes = tinyState();
  const head = 12 + 12 + 4 + 4 + 4 + 36 + 8;
  const rows = (): Buffer =>
    Buffer.concat([Buffer.of(1, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0), Buffer.alloc(24, 60)]);
  return Buffer.concat([bytes.subarray(0, head), rows(), rows(), rows(), rows()]);
}
