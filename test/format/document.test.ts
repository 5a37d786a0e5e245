import { describe, expect, it } from "vitest";
import { documentJson, documentsJson, documentsText, documentText } from "../../src/format/document.ts";
import { DOCUMENT } from "./samples.ts";

describe("a document as text", () => {
  it("marks each page by its number, and by its label where that differs", () => {
    expect(documentText(DOCUMENT)).toBe(
      "--- page 1 (printed i) ---\nPreface.\n--- page 2, no text ---\n--- page 3, blank ---\n" +
        "--- page 4 (printed 1) ---\nOne\u001b[2J.\n",
    );
  });

  it("is the text itself where there are no pages, ended by a newline", () => {
    expect(documentText({ ...DOCUMENT, pages: [], text: "a\r\nb\r\n" })).toBe("a\r\nb\r\n");
    expect(documentText({ ...DOCUMENT, pages: [], text: "a" })).toBe("a\n");
  });
});

describe("a document as JSON", () => {
  it("has the fields of version 1, null for a label that the file does not have", () => {
    expect(documentJson(DOCUMENT)).toEqual({
      version: 1,
      path: "a.pdf",
      text: DOCUMENT.text,
      pages: [
        { number: 1, label: "i", start: 0, end: 9, characters: 8 },
        { number: 2, label: null, start: 9, end: 9, characters: 0 },
        { number: 3, label: "3", start: 9, end: 9, characters: 0 },
        { number: 4, label: "1", start: 9, end: 17, characters: 8 },
      ],
      warnings: DOCUMENT.warnings,
    });
  });
});

describe("a document with attachments", () => {
  const attached = { ...DOCUMENT, path: "a.pdf » b.txt", pages: [], text: "One." };

  it("has the text of each below a line that names it", () => {
    expect(documentsText([DOCUMENT, attached])).toBe(
      `${documentText(DOCUMENT)}=== a.pdf » b.txt ===\nOne.\n`,
    );
  });

  it("has them in a list, and none where there are none", () => {
    const attachments = [documentJson(attached)];
    expect(documentsJson([DOCUMENT, attached])).toEqual({ ...documentJson(DOCUMENT), attachments });
    expect(documentsJson([DOCUMENT])).toEqual(documentJson(DOCUMENT));
  });
});
