import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeF16, encodeF16 } from "../../../src/kv/state/f16.ts";

/** Nearest by search over all finite values; on a tie the even pattern. Knows nothing of bits. */
const FINITE = Array.from({ length: 0x7c00 }, (_, bits) => decodeF16(bits));

function reference(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const magnitude = Math.abs(value);
  if (Number.isNaN(value)) return 0x7e00;
  // Halfway between the largest value and the next that an infinite range would have.
  if (magnitude >= 65520) return sign | 0x7c00;
  let low = 0;
  let high = FINITE.length;
  while (low + 1 < high) {
    const middle = (low + high) >> 1;
    if ((FINITE[middle] ?? Infinity) <= magnitude) low = middle;
    else high = middle;
  }
  const below = magnitude - (FINITE[low] ?? 0);
  const above = (FINITE[low + 1] ?? 65536) - magnitude;
  const isUp = above < below || (above === below && low % 2 === 1);
  return sign | (isUp ? low + 1 : low);
}

describe("decodeF16", () => {
  it("knows the values that IEEE 754 names", () => {
    expect(decodeF16(0x3c00)).toBe(1);
    expect(decodeF16(0xc000)).toBe(-2);
    expect(decodeF16(0x7bff)).toBe(65504);
    expect(decodeF16(0x0400)).toBe(2 ** -14);
    expect(decodeF16(0x0001)).toBe(2 ** -24);
    expect(decodeF16(0x8000)).toBe(-0);
    expect(decodeF16(0x7c00)).toBe(Infinity);
    expect(decodeF16(0xfc00)).toBe(-Infinity);
    expect(decodeF16(0x7e00)).toBeNaN();
  });
});

describe("encodeF16", () => {
  it("gives back each of the 65,536 patterns, and one quiet NaN for all NaNs", () => {
    const wrong: number[] = [];
    for (let bits = 0; bits < 0x10000; bits += 1) {
      const isNan = (bits & 0x7fff) > 0x7c00;
      const found = encodeF16(decodeF16(bits));
      if (isNan ? (found & 0x7fff) !== 0x7e00 : found !== bits) wrong.push(bits);
    }
    expect(wrong).toEqual([]);
  });

  it("rounds the middle between two neighbours to the even one, subnormals included", () => {
    const wrong: number[] = [];
    for (let bits = 0; bits < 0x7bff; bits += 1) {
      const middle = (decodeF16(bits) + decodeF16(bits + 1)) / 2;
      if (encodeF16(middle) !== (bits % 2 === 0 ? bits : bits + 1)) wrong.push(bits);
    }
    expect(wrong).toEqual([]);
  });

  it("rounds to infinity from 65520 on, and not below", () => {
    expect(encodeF16(Math.fround(65519.99))).toBe(0x7bff);
    expect(encodeF16(65520)).toBe(0x7c00);
    expect(encodeF16(-65520)).toBe(0xfc00);
    expect(encodeF16(1e30)).toBe(0x7c00);
  });

  it("agrees with a search for the nearest value, for any f32", () => {
    const anyF32 = fc.float({ noNaN: false });
    const nearRange = fc.float({ min: Math.fround(-70000), max: Math.fround(70000), noNaN: true });
    const subnormal = fc.float({ min: Math.fround(-(2 ** -13)), max: Math.fround(2 ** -13), noNaN: true });
    fc.assert(
      fc.property(fc.oneof(anyF32, nearRange, subnormal), (value) => {
        expect(encodeF16(value)).toBe(reference(value));
      }),
      { numRuns: 3000 },
    );
  });
});
