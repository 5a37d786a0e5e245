import { expect, test } from "vitest";

import type { Part } from "../../../../src/document/formats/pdf/line-parts.ts";
import { isMonospaced } from "../../../../src/document/formats/pdf/monospaced.ts";

/** A part whose letters are as wide as `widthOf` says, in points. */
function partOf(text: string, widthOf: (letter: string) => number): Part {
  const glyphs = [...text].map((letter) => {
    return { text: letter, left: 0, right: widthOf(letter), base: 0, size: 10, object: 1, isKnown: true };
  });
  return { glyphs, left: 0, right: 100 };
}

test("code has letters and signs of one width", () => {
  expect(isMonospaced([partOf("while (i < limit)", () => 6)])).toBe(true);
  const widths: Readonly<Record<string, number>> = { w: 8, m: 8, i: 3, l: 3, "(": 4, ")": 4, t: 3.5 };
  expect(isMonospaced([partOf("while (i < limit)", (letter) => widths[letter] ?? 6)])).toBe(false);
});

test("figures, which have one width in most fonts, do not tell", () => {
  expect(isMonospaced([partOf("1911 1912 1913", () => 5)])).toBe(false);
});
