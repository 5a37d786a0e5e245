import { describe, expect, it } from "vitest";
import { warningLines } from "../../src/format/warnings.ts";

const scans = [3, 4, 5].map((page) => ({
  path: `${page}.pdf`,
  warnings: [`page ${page} has no text (scanned, or a picture)`],
}));

describe("warningLines", () => {
  it("tells a kind of warning about many documents once, with their number", () => {
    expect(warningLines(scans, false)).toEqual([
      "3.pdf: page 3 has no text (scanned, or a picture) (likewise 2 more documents: --verbose names them)",
    ]);
    expect(warningLines(scans, true)).toHaveLength(3);
  });

  it("takes one page and several for the same, and what else is said for another", () => {
    const plural = { path: "a.pdf", warnings: ["pages 1, 3-7 have no text (scanned, or a picture)"] };
    const other = { path: "b.pdf", warnings: ["page 1 is blank"] };
    expect(warningLines([...scans, plural, other], false)).toEqual([
      expect.stringContaining("likewise 3 more"),
      "b.pdf: page 1 is blank",
    ]);
  });

  it("tells two alike one by one", () => {
    expect(warningLines(scans.slice(1), false)).toHaveLength(2);
  });

  it("cuts a long one between words, unless everything is wanted", () => {
    const text = `removed 6 running header lines: ${'"a header of some length", '.repeat(20)}`;
    const [line = ""] = warningLines([{ path: "a.pdf", warnings: [text] }], false);
    expect(line.length).toBeLessThan(150);
    expect(line).toMatch(/^a\.pdf: removed 6 [\s\S]* … \(--verbose tells all\)$/u);
    expect(warningLines([{ path: "a.pdf", warnings: [text] }], true)).toEqual([`a.pdf: ${text}`]);
  });
});
