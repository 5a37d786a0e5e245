import { describe, expect, it } from "vitest";
import type { Coverage } from "../../src/engine/results.ts";
import { losses, receipt } from "../../src/format/receipt.ts";

const LARGE: Coverage = {
  documents: 1,
  pages: { total: 1151, read: 1151, unreadable: [] },
  chunks: { total: 1102, searched: 1102, condensed: 128, read: 100, stored: 28 },
  tokens: { total: 512_341, read: 512_341 },
  skipped: [],
};

describe("the receipt", () => {
  it("counts pages, tokens and chunks", () => {
    expect(receipt(LARGE)).toBe(
      "searched 1151/1151 pages, 512,341 tokens, 1,102 chunks; 128 of these read under the question (28 from the store); 0 skipped",
    );
  });

  it("tells pages that were left out", () => {
    const some = { ...LARGE, pages: { total: 8, read: 8, unreadable: [], leftOut: 1143 } };
    expect(receipt(some)).toMatch(/^searched 8\/8 pages \(1,143 left out as asked\), 512,341 tokens/u);
  });

  it("counts documents where there are several or no pages", () => {
    const plain = { ...LARGE, pages: { total: 0, read: 0, unreadable: [] } };
    expect(receipt(plain)).toMatch(/^searched 1 document, 512,341 tokens, 1,102 chunks; /u);
    expect(receipt({ ...LARGE, documents: 3 })).toMatch(/^searched 3 documents, 1151\/1151 pages, /u);
  });

  it("says what a read read, which searches nothing", () => {
    const part: Coverage = {
      documents: 1,
      pages: { total: 3, read: 2, unreadable: [{ path: "a.pdf", page: 2 }] },
      chunks: { total: 4, searched: 0, condensed: 0, read: 3, stored: 1 },
      tokens: { total: 1000, read: 250 },
      skipped: [{ path: "x.bin", reason: "is binary" }],
    };
    expect(receipt(part)).toBe("read 2/3 pages, 1,000 tokens, 4 chunks (1 from the store); 1 skipped");
  });
});

describe("losses", () => {
  it("name pages by document, and paths with their reasons", () => {
    const unreadable = [3, 1, 2, 9].map((page) => ({ path: "a.pdf", page }));
    const pages = { total: 20, read: 15, unreadable: [...unreadable, { path: "b.pdf", page: 5 }] };
    expect(losses({ pages, skipped: [{ path: "x\u001b[31m.bin", reason: "is binary" }] })).toEqual([
      "a.pdf: no text on pages 1-3, 9: not read",
      "b.pdf: no text on page 5: not read",
      "not read: x.bin: is binary",
    ]);
  });

  it("name ten paths and count the rest", () => {
    const skipped = Array.from({ length: 25 }, (_, i) => ({ path: `${i}`, reason: "is hidden" }));
    const lines = losses({ pages: LARGE.pages, skipped });
    expect(lines).toHaveLength(11);
    expect(lines.at(-1)).toBe("not read: 15 more; --json lists them");
  });

  it("are none when all was read", () => {
    expect(losses(LARGE)).toEqual([]);
  });
});
