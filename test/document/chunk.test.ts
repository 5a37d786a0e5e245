import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chunkDocument } from "../../src/document/chunk.ts";
import type { Document, Section } from "../../src/document/document.ts";

function document(text: string, sections: readonly Section[] = []): Document {
  return { path: "a.txt", format: "text", title: undefined, text, pages: [], sections, warnings: [] };
}

/** A word and the spaces before it make a token; long words take one for every five characters. */
function tokenize(text: string): Uint32Array {
  const pieces = text.match(/\s*\S{1,5}|\s+/gu) ?? [];
  return Uint32Array.from(pieces, (piece) => piece.length);
}

function cut(source: Document, chunkTokens: number) {
  return chunkDocument(source, { document: 0, chunkTokens, tokenize });
}

describe("chunkDocument", () => {
  it("tiles any text: no gap, no overlap, no chunk over the limit", () => {
    const anyText = fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 600 }),
      fc
        .array(fc.lorem({ maxCount: 8, mode: "sentences" }), { maxLength: 8 })
        .map((texts) => texts.join("\n\n")),
    );
    fc.assert(
      fc.property(anyText, fc.integer({ min: 2, max: 40 }), (text, chunkTokens) => {
        const chunks = cut(document(text), chunkTokens);
        expect(chunks.map((chunk) => text.slice(chunk.start, chunk.end)).join("")).toBe(text);
        for (const [i, chunk] of chunks.entries()) {
          expect(chunk.index).toBe(i);
          expect(chunk.start).toBe(chunks[i - 1]?.end ?? 0);
          expect(chunk.end).toBeGreaterThan(chunk.start);
          expect(chunk.tokens).toEqual(tokenize(text.slice(chunk.start, chunk.end)));
          expect(chunk.tokens.length).toBeLessThanOrEqual(chunkTokens);
        }
      }),
    );
  });

  it("tiles text of any code units, also with a tokenizer that falls back to bytes", () => {
    const codeUnit = fc.oneof(fc.integer({ min: 0, max: 0xffff }), fc.constantFrom(0x20, 0x0a, 0x2e, 0x3002));
    const anyText = fc.oneof(
      fc.string({ unit: "binary", maxLength: 400 }),
      fc.array(codeUnit, { maxLength: 400 }).map((units) => String.fromCharCode(...units)),
    );
    const encoder = new TextEncoder();
    const bytesOf = (text: string): Uint32Array => Uint32Array.from(encoder.encode(text));
    const anyStart = fc.array(fc.nat(400), { maxLength: 5 });
    fc.assert(
      fc.property(anyText, fc.integer({ min: 8, max: 600 }), anyStart, (text, chunkTokens, starts) => {
        const sections = starts
          .filter((start) => start <= text.length)
          .map((start) => ({ title: "s", level: 1, start }));
        const source = document(text, sections);
        const chunks = chunkDocument(source, { document: 0, chunkTokens, tokenize: bytesOf });
        expect(chunks.map((chunk) => text.slice(chunk.start, chunk.end)).join("")).toBe(text);
        for (const chunk of chunks) {
          expect(chunk.end).toBeGreaterThan(chunk.start);
          expect(chunk.tokens.length).toBeLessThanOrEqual(chunkTokens);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("gives the same chunks every time", () => {
    const text = "One sentence here. ".repeat(200);
    expect(cut(document(text), 30)).toEqual(cut(document(text), 30));
  });

  it("cuts at a section rather than at the paragraph after it", () => {
    const first = "alpha beta gamma delta. ".repeat(4);
    const second = "1 Scope\nepsilon zeta.\n\neta theta iota kappa. ";
    const text = first + second + "lambda mu nu xi. ".repeat(10);
    const chunks = cut(document(text, [{ title: "1 Scope", level: 1, start: first.length }]), 30);
    expect(chunks[0]?.end).toBe(first.length);
    expect(chunks[1]?.heading).toBe("1 Scope");
  });

  it("ends chunks at the end of a sentence when there is one within reach", () => {
    const chunks = cut(document("Words and more words end here. ".repeat(40)), 25);
    for (const chunk of chunks.slice(0, -1)) {
      expect("Words and more words end here. ".repeat(40).slice(0, chunk.end)).toMatch(/here\. $/u);
    }
  });

  it("cuts a line of five megabytes without a space into chunks, in seconds", () => {
    const text = "x".repeat(5_000_000);
    const chunks = cut(document(text), 512);
    expect(chunks.at(-1)?.end).toBe(text.length);
  });

  it("never splits a surrogate pair", () => {
    const text = "😀".repeat(500);
    for (const chunk of cut(document(text), 7)) expect(chunk.start % 2).toBe(0);
  });

  it("names the path of sections that a chunk lies in", () => {
    const text = `${"a b c d e. ".repeat(10)}${"f g h i j. ".repeat(10)}`;
    const sections = [
      { title: "Part", level: 1, start: 0 },
      { title: "Inner", level: 2, start: 110 },
    ];
    expect(cut(document(text, sections), 50).map((chunk) => chunk.heading)).toContain("Part > Inner");
  });
});
