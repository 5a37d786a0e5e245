import { expect, it } from "vitest";
import type { Document } from "../../../src/document/document.ts";
import { coverage } from "../../../src/engine/receipt/coverage.ts";

function paged(characters: readonly number[], blank: readonly number[] = []): Document {
  const pages = characters.map((count, i) => {
    const page = { number: i + 1, label: undefined, start: i * 10, end: (i + 1) * 10, characters: count };
    return blank.includes(i + 1) ? { ...page, blank: true } : page;
  });
  const text = "0123456789".repeat(characters.length);
  return { path: "a.pdf", format: "pdf", title: undefined, text, pages, sections: [], warnings: [] };
}

const CHUNK = { document: 0, index: 0, start: 0, end: 30, tokens: new Uint32Array(7), heading: "" };

const COUNTED = { searched: 2, condensed: 1, counts: { read: 0, stored: 1, tokens: 7 } };

it("counts scans as unread, and blank pages as read", () => {
  const documents = [paged([5, 0, 0], [3])];
  const { pages } = coverage({ ...COUNTED, documents, chunks: [CHUNK], skipped: [] });
  expect(pages).toEqual({ total: 3, read: 2, unreadable: [{ path: "a.pdf", page: 2 }] });
});

it("tells what was searched, condensed, read and taken from the store, as it was counted", () => {
  const skipped = [{ path: "b.bin", reason: "is binary" }];
  const receipt = coverage({ ...COUNTED, documents: [paged([5])], chunks: [CHUNK, CHUNK], skipped });
  expect(receipt).toMatchObject({
    documents: 1,
    chunks: { total: 2, searched: 2, condensed: 1, read: 0, stored: 1 },
    tokens: { total: 14, read: 7 },
    skipped,
  });
});
