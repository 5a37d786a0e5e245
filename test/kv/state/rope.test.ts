import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { KvStoreError } from "../../../src/errors.ts";
import { decodeF16, encodeF16 } from "../../../src/kv/state/f16.ts";
import { type RopeParams, rotateHead, rotateKeys, rotation } from "../../../src/kv/state/rope.ts";

const NORM: RopeParams = { pairing: "norm", headDim: 16, dimensionCount: 16, base: 10_000, linearScale: 1 };
const VARIANTS: readonly (readonly [string, RopeParams])[] = [
  ["norm", NORM],
  ["neox", { ...NORM, pairing: "neox" }],
  ["norm, partial", { ...NORM, dimensionCount: 8 }],
  ["neox, partial", { ...NORM, pairing: "neox", dimensionCount: 12 }],
  ["linear scaling", { ...NORM, linearScale: 0.25 }],
  ["divisors", { ...NORM, frequencyDivisors: Float32Array.of(1, 1, 1, 2, 4, 8, 8, 8) }],
];

const value = fc.float({ min: -8, max: 8, noNaN: true });
const head = fc.array(value, { minLength: 16, maxLength: 16 });
const offset = fc.integer({ min: -5000, max: 5000 });

function turned(values: readonly number[], rope: RopeParams, by: number): Float32Array {
  const found = Float32Array.from(values);
  rotateHead(found, rotation(rope, by));
  return found;
}

function f16(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(2 * values.length);
  for (const [i, x] of values.entries()) bytes.writeUInt16LE(encodeF16(x), 2 * i);
  return bytes;
}

function f32(bytes: Buffer): number[] {
  return Array.from({ length: bytes.length / 2 }, (_, i) => decodeF16(bytes.readUInt16LE(2 * i)));
}

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Math.max(...Array.from(a, (x, i) => Math.abs(x - (b[i] ?? Number.NaN))));
}

describe.each(VARIANTS)("rotation (%s)", (_, rope) => {
  it("by a then by b is the rotation by a + b, in f32 up to its rounding", () => {
    fc.assert(
      fc.property(head, offset, offset, (values, a, b) => {
        const twice = turned([...turned(values, rope, a)], rope, b);
        // Two roundings of values up to 8 * sqrt(2): 2 * 2^-24 * 16, and as much for sums.
        expect(largestDifference(twice, turned(values, rope, a + b))).toBeLessThan(4e-6);
      }),
    );
  });

  it("by a then by b is the rotation by a + b, in f16 up to two of its roundings", () => {
    fc.assert(
      fc.property(head, offset, offset, (values, a, b) => {
        const twice = f16(values);
        rotateKeys(twice, rotation(rope, a));
        rotateKeys(twice, rotation(rope, b));
        const once = f16(values);
        rotateKeys(once, rotation(rope, a + b));
        // Half a unit in the last place below 16 is 2^-8; a rounding of a pair turns into both of its values.
        expect(largestDifference(f32(twice), f32(once))).toBeLessThan(4 * 2 ** -8);
      }),
    );
  });

  it("by 0 is the identity, byte for byte", () => {
    fc.assert(
      fc.property(head, (values) => {
        const rows = f16(values);
        rotateKeys(rows, rotation(rope, 0));
        expect(rows).toEqual(f16(values));
      }),
    );
  });

  it("keeps the length of each pair and leaves the other dimensions alone", () => {
    fc.assert(
      fc.property(head, offset, (values, by) => {
        const found = turned(values, rope, by);
        const half = rope.dimensionCount / 2;
        for (let i = 0; i < half; i += 1) {
          const [p, q] = rope.pairing === "norm" ? [2 * i, 2 * i + 1] : [i, i + half];
          const before = Math.hypot(Math.fround(values[p] ?? 0), Math.fround(values[q] ?? 0));
          expect(Math.hypot(found[p] ?? 0, found[q] ?? 0)).toBeCloseTo(before, 5);
        }
        expect([...found.subarray(rope.dimensionCount)]).toEqual(values.slice(rope.dimensionCount));
      }),
    );
  });
});

describe("rotation", () => {
  it("turns pair i by offset * scale * base^(-2i/n) / divisor", () => {
    const rope = { ...NORM, linearScale: 0.5, frequencyDivisors: Float32Array.of(1, 2, 1, 1, 1, 1, 1, 1) };
    const { cos, sin } = rotation(rope, 3);
    expect(cos[0]).toBeCloseTo(Math.cos(1.5), 12);
    expect(sin[1]).toBeCloseTo(Math.sin((1.5 * 10_000 ** (-2 / 16)) / 2), 12);
  });

  it("pairs neighbours for norm and halves for neox", () => {
    const unit = [1, ...new Array<number>(15).fill(0)];
    expect(turned(unit, NORM, 1)[1]).toBeCloseTo(Math.sin(1), 6);
    expect(turned(unit, { ...NORM, pairing: "neox" }, 1)[8]).toBeCloseTo(Math.sin(1), 6);
  });

  it("turns every head of every row by the same angles", () => {
    const values = Array.from({ length: 16 }, (_, i) => i / 4);
    const rows = Buffer.concat([f16(values), f16(values), f16(values)]);
    const one = f16(values);
    rotateKeys(rows, rotation(NORM, 7));
    rotateKeys(one, rotation(NORM, 7));
    expect(rows).toEqual(Buffer.concat([one, one, one]));
  });

  it("keeps the bytes of dimensions that carry no position, NaN patterns included", () => {
    const rows = Buffer.alloc(32, 0xff);
    rows.fill(0, 0, 16);
    rotateKeys(rows, rotation({ ...NORM, dimensionCount: 8 }, 5));
    expect(rows.subarray(16)).toEqual(Buffer.alloc(16, 0xff));
  });

  it("refuses YaRN, odd or too many dimensions, wrong divisors and broken rows", () => {
    expect(() => rotation({ ...NORM, yarn: true }, 1)).toThrow("YaRN");
    expect(() => rotation({ ...NORM, dimensionCount: 7 }, 1)).toThrow(KvStoreError);
    expect(() => rotation({ ...NORM, dimensionCount: 32 }, 1)).toThrow(KvStoreError);
    expect(() => rotation({ ...NORM, frequencyDivisors: Float32Array.of(1) }, 1)).toThrow(KvStoreError);
    expect(() => rotateKeys(new Uint8Array(33), rotation(NORM, 1))).toThrow(KvStoreError);
  });
});
