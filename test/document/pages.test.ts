import { describe, expect, it } from "vitest";
import { hasUnreadPages, isUnread, pageRanges } from "../../src/document/pages.ts";

const page = { number: 1, label: undefined, start: 0, end: 0, characters: 0 };

describe("an unread page", () => {
  it("has something drawn on it and no text", () => {
    expect(isUnread(page)).toBe(true);
    expect(isUnread({ ...page, characters: 1 })).toBe(false);
    expect(isUnread({ ...page, blank: true })).toBe(false);
  });

  it("is looked for among all pages", () => {
    expect(hasUnreadPages({ pages: [{ ...page, blank: true }, page] })).toBe(true);
    expect(hasUnreadPages({ pages: [{ ...page, blank: true }] })).toBe(false);
    expect(hasUnreadPages({ pages: [] })).toBe(false);
  });
});

describe("pageRanges", () => {
  it("joins neighbours, whatever their order", () => {
    expect(pageRanges([7, 2, 1, 3, 3])).toBe("1-3, 7");
    expect(pageRanges([])).toBe("");
  });
});
