import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";

import { parseBytes } from "../../../src/document/parse.ts";
import { InputError } from "../../../src/errors.ts";
import { makeDocx, p } from "../../helpers/make-docx.ts";
import { makeXlsx } from "../../helpers/make-xlsx.ts";
import { makeZip } from "../../helpers/zip.ts";

const ODT = makeZip({
  mimetype: "application/vnd.oasis.opendocument.text",
  "content.xml": `<office:document-content>${"<text:p>The quay is deep.</text:p>".repeat(50)}</office:document-content>`,
});
const EPUB = makeZip({
  mimetype: "application/epub+zip",
  "META-INF/container.xml": '<container><rootfile full-path="b.opf"/></container>',
  "b.opf":
    '<package><manifest><item id="a" href="a.xhtml"/></manifest><spine><itemref idref="a"/></spine></package>',
  "a.xhtml": "<html><body><p>The quay is deep.</p></body></html>",
});
const cell = '<c t="inlineStr"><is><t>quay</t></is></c>';
const FILES: readonly (readonly [name: string, bytes: () => Promise<Uint8Array>])[] = [
  [
    "a.docx",
    async () => makeDocx({ body: p("The quay is deep.").repeat(50), parts: { header: p("Rev. C") } }),
  ],
  [
    "a.xlsx",
    async () =>
      makeXlsx({ sheets: [{ name: "S", data: `<sheetData><row>${cell.repeat(99)}</row></sheetData>` }] }),
  ],
  ["a.odt", async () => ODT],
  ["a.epub", async () => EPUB],
  ["a.eml", () => readFile("test/fixtures/cases/e01-base64.eml")],
  ["a.mbox", () => readFile("test/fixtures/cases/e03-box.mbox")],
  ["a.srt", () => readFile("test/fixtures/cases/t07-meeting.srt")],
  ["a.csv", () => readFile("test/fixtures/cases/t08-berths.csv")],
  ["a.json", async () => Buffer.from(JSON.stringify({ a: ["x".repeat(500), { b: "ü" }] }))],
  [
    "a.ipynb",
    async () => Buffer.from(JSON.stringify({ cells: [{ cell_type: "code", source: "x", outputs: [] }] })),
  ],
  [
    "a.rtf",
    async () =>
      Buffer.from(
        "{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}}\\pard One\\par {\\footnote Two} \\u8364? \\'e9\\cell\\row}",
      ),
  ],
];

/** A result with text, or one line that says what is wrong. */
async function open(bytes: Uint8Array, name: string): Promise<void> {
  const result = await parseBytes(bytes, name).catch((error: unknown) => error);
  if (!(result instanceof Error)) {
    expect(result).toHaveProperty("text");
    return;
  }
  expect(result, result.stack).toBeInstanceOf(InputError);
  expect(result.message).toMatch(new RegExp(`^${name}: [^\\n]+$`));
}

describe.each(FILES)("%s", (name, make) => {
  test("cut off anywhere is opened, or refused in one line", async () => {
    const bytes = await make();
    for (let i = 0; i < 40; i++) await open(bytes.subarray(0, Math.floor((bytes.length * i) / 40)), name);
  });

  test("with bytes changed anywhere is opened, or refused in one line", async () => {
    const bytes = await make();
    for (let i = 0; i < 120; i++) {
      const damaged = Uint8Array.from(bytes);
      const at = (i * 7919) % bytes.length;
      damaged[at] = (damaged[at] ?? 0) ^ (1 << (i % 8));
      damaged[(at * 31) % bytes.length] = (i * 151) % 256;
      await open(damaged, name);
    }
  });
});

describe("files made to harm", () => {
  test("a zip bomb is refused before it is unpacked", async () => {
    const bomb = makeZip({ "word/document.xml": new Uint8Array(300 * 2 ** 20) });
    await expect(parseBytes(bomb, "a.docx")).rejects.toThrow(
      "a.docx: word/document.xml would unpack to more than 256 MiB, the limit",
    );
  });

  test("elements and groups nested without end are refused", async () => {
    await expect(parseBytes(makeDocx({ body: "<w:p>".repeat(100_000) }), "a.docx")).rejects.toThrow(
      "a.docx: word/document.xml: nests elements deeper than 2000, the limit",
    );
    await expect(parseBytes(Buffer.from(`{\\rtf1 ${"{".repeat(100_000)}`), "a.rtf")).rejects.toThrow(
      "a.rtf: nests groups deeper than 2000, the limit",
    );
    await expect(parseBytes(Buffer.from(`${"<div>".repeat(100_001)}Quay`), "a.html")).rejects.toThrow(
      "a.html: nests elements deeper than 100000, the limit",
    );
  });

  test("a file whose checksum does not fit is read, and said to be damaged", async () => {
    const bytes = makeZip({
      mimetype: "application/vnd.oasis.opendocument.text",
      "content.xml": "<text:p>Quay</text:p>",
    });
    const directory = Buffer.from(bytes).lastIndexOf("PK\u0001\u0002");
    bytes[directory + 16] = (bytes[directory + 16] ?? 0) ^ 1;
    const { text, warnings } = await parseBytes(bytes, "a.odt");
    expect(text).toBe("Quay\n");
    expect(warnings).toEqual([
      "content.xml inside the file does not fit its checksum: its text may be damaged; get the file again",
    ]);
  });

  test("an encrypted zip and one without its document are refused", async () => {
    const bytes = makeZip({ "word/document.xml": "<w:p/>" });
    const directory = Buffer.from(bytes).lastIndexOf("PK\u0001\u0002");
    bytes[directory + 8] = 1;
    await expect(parseBytes(bytes, "a.docx")).rejects.toThrow(
      "a.docx: is encrypted (word/document.xml needs a password)",
    );
    await expect(parseBytes(makeZip({ "word/styles.xml": "x" }), "a.docx")).rejects.toThrow(
      "a.docx: is damaged: it has no word/document.xml",
    );
  });
});
