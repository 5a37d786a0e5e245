import { PDFDocument, StandardFonts } from "pdf-lib";
import { describe, expect, test } from "vitest";

import { parseBytes } from "../../../src/document/parse.ts";
import { caseFile } from "../../helpers/case-file.ts";
import { makeDocx, p } from "../../helpers/make-docx.ts";
import { makeZip } from "../../helpers/zip.ts";

async function warningsOf(content: string | Uint8Array, name: string): Promise<readonly string[]> {
  const bytes = typeof content === "string" ? Buffer.from(content) : content;
  return (await parseBytes(bytes, name)).warnings;
}

describe("zip files", () => {
  test("XML that ends early, though its checksum fits", async () => {
    const odt = makeZip({
      mimetype: "application/vnd.oasis.opendocument.text",
      "content.xml": "<office:text><text:p>Quay</text:p><text:p>Lo",
    });
    expect(await warningsOf(odt, "a.odt")).toEqual([
      "content.xml inside the file ends early: the rest of it is lost; get the file again",
    ]);
  });

  test("a book's chapter that ends early", async () => {
    const epub = makeZip({
      mimetype: "application/epub+zip",
      "b.opf":
        '<package><manifest><item id="a" href="a.xhtml"/></manifest><spine><itemref idref="a"/></spine></package>',
      "a.xhtml": "<html><body><p>The quay is deep.",
    });
    expect(await warningsOf(epub, "a.epub")).toEqual([
      "a.xhtml inside the book ends early: the rest of it is lost; get the file again",
    ]);
  });

  test("a part that another one refers to, and that is not there", async () => {
    const docx = makeZip({
      "_rels/.rels": relationship("officeDocument", "word/document.xml"),
      "word/_rels/document.xml.rels": relationship("footnotes", "footnotes.xml"),
      "word/document.xml": "<w:document><w:p><w:r><w:t>Quay</w:t></w:r></w:p></w:document>",
    });
    expect(await warningsOf(docx, "a.docx")).toEqual([
      "word/footnotes.xml is missing from the file: what it says is lost; get the file again",
    ]);
  });

  test("a file whose name in the directory is damaged", async () => {
    const bytes = Buffer.from(makeDocx({ body: p("Quay"), parts: { header: p("Rev. C") } }));
    const name = bytes.lastIndexOf("word/_rels/document.xml.rels");
    bytes[name] = "W".charCodeAt(0);
    expect(await warningsOf(bytes, "a.docx")).toEqual([
      "word/_rels/document.xml.rels inside the file is missing from its zip directory: text may be lost; get the file again",
    ]);
  });

  test("a directory that names fewer files than there are", async () => {
    const whole = Buffer.from(makeDocx({ body: p("Quay"), parts: { header: p("Rev. C") } }));
    const end = whole.lastIndexOf("PK\u0005\u0006");
    whole.writeUInt16LE(whole.readUInt16LE(end + 10) - 1, end + 10);
    expect((await warningsOf(whole, "a.docx")).join()).toMatch(/missing from its zip directory/);
  });
});

function relationship(type: string, target: string): string {
  const office = "http://schemas.openxmlformats.org";
  return `<Relationships xmlns="${office}/package/2006/relationships"><Relationship Id="r" Type="${office}/officeDocument/2006/relationships/${type}" Target="${target}"/></Relationships>`;
}

describe("mail", () => {
  const head = "From: a@example.org\nSubject: Quay\nMIME-Version: 1.0\n";
  const parts = `${head}Content-Type: multipart/mixed;\n boundary="b 1"\n\n--b 1\nContent-Type: text/plain\n\nThe quay is deep.\n`;
  const base64 = `${head}Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n`;

  test("a message with all its parts", async () => {
    expect(await warningsOf(`${parts}--b 1--\n`, "a.eml")).toEqual([]);
    expect(await warningsOf(`${base64}VGhlIHF1YXkgaXMg\r\nZGVlcC4=\r\n`, "a.eml")).toEqual([]);
  });

  test("a last part that is not closed", async () => {
    expect(await warningsOf(parts, "a.eml")).toEqual([
      "ends early: its last part is not closed, text or attachments may be lost; get the file again",
    ]);
  });

  test("base64 that is cut off, or holds what is none", async () => {
    const broken = [
      "has a damaged or cut-off part in base64: its text may be lost or wrong; get the file again",
    ];
    expect(await warningsOf(`${base64}VGhlIHF1YXkgaXMgZGVlc`, "a.eml")).toEqual(broken);
    expect(await warningsOf(`${base64}VGhlIHF1$XkgaXMgZGVlcC4=`, "a.eml")).toEqual(broken);
  });

  test("base64 with a line that has lost something, though its letters come in fours", async () => {
    const lines =
      Buffer.from("The quay is deep. ".repeat(40))
        .toString("base64")
        .match(/.{1,76}/gu) ?? [];
    const mail = (body: readonly string[]): string =>
      `From: a@example.org\nContent-Transfer-Encoding: base64\n\n${body.join("\n")}\n`;
    expect(await warningsOf(mail(lines), "a.eml")).toEqual([]);
    const lossy = lines.toSpliced(3, 1, (lines[3] ?? "").slice(0, 60));
    expect(await warningsOf(mail(lossy), "a.eml")).toEqual([
      "has a damaged or cut-off part in base64: its text may be lost or wrong; get the file again",
    ]);
  });

  test("a mailbox names the message", async () => {
    const mailbox = [parts, `${parts}--b 1--\n`].map((one) => `From a Thu Nov 26 07:00:00 2026\n${one}\n`);
    expect(await warningsOf(mailbox.join(""), "a.mbox")).toEqual([
      "message 1 ends early: its last part is not closed, text or attachments may be lost; get the file again",
    ]);
  });
});

describe("text with a grammar", () => {
  test("RTF: groups that are open at the end, or closed too often; control characters", async () => {
    expect(await warningsOf("{\\rtf1 Quay {\\b deep}}", "a.rtf")).toEqual([]);
    expect(await warningsOf("{\\rtf1 Quay {\\b de", "a.rtf")).toEqual([
      "ends early, inside a group: the rest of its text is lost; get the file again",
    ]);
    expect(await warningsOf("{\\rtf1 Quay \\b deep}}}", "a.rtf")).toEqual([
      "is damaged: its groups do not fit, so that text may be lost; get the file again",
    ]);
    expect(await warningsOf("{\\rtf1 Quay \0\0\0 deep}\0", "a.rtf")).toEqual([
      "holds control characters, which no RTF does: its text may be damaged; get the file again",
    ]);
  });

  test("JSON: cut off; not for comments, last commas and NaN", async () => {
    expect(await warningsOf('{"quay": [1, 2', "a.json")).toEqual([
      "is no whole JSON, damaged or cut off: what is there was read as it is; get the file again",
    ]);
    const lenient = '{\n  // "how" deep\n  "quay": [NaN, -Infinity, "NaN // is no comment"], /* metres */\n}';
    expect(await warningsOf(lenient, "a.json")).toEqual([]);
    expect(await warningsOf('{"a": 1}\n{"a": 2}\n', "a.json")).toEqual([]);
  });

  test("JSON Lines: the first line that is none is named", async () => {
    expect(await warningsOf('{"a": 1}\n{"a": 2\n\n{"a": 3}\n{"a', "a.jsonl")).toEqual([
      "2 lines are no whole JSON, the first is line 2, damaged or cut off: read as it is; get the file again",
    ]);
    expect(await warningsOf('{"a": 1}\n\n{"a": 3}\n', "a.jsonl")).toEqual([]);
  });

  test("CSV: a last row that ends too early", async () => {
    const cut = "the last row has fewer fields than all others: the file seems cut off; get the file again";
    expect(await warningsOf("a,b,c\n1,2,3\n4,5", "a.csv")).toEqual([cut]);
    expect(await warningsOf("a,b,c\n1,2,3\n4,5,6", "a.csv")).toEqual([]);
    expect(await warningsOf("a,b,c\n1,2,3\nTotal\n", "a.csv")).toEqual([]);
  });

  test("CSV: rows of another length than nearly all, and quotation marks that are not doubled", async () => {
    const rows = Array.from({ length: 20 }, (_, i) => `${i},"berth ""${i}""",x`);
    const warningsWith = (row: string): Promise<readonly string[]> =>
      warningsOf([...rows, row, "20,a,x", ""].join("\n"), "a.csv");
    expect(await warningsWith("21,b,x")).toEqual([]);
    expect(await warningsWith("")).toEqual([]);
    expect(await warningsWith("21,b")).toEqual(["row 21 has more or fewer fields than the other 21"]);
    expect(await warningsWith('21,"be3,"berth 4",x')).toEqual([
      "row 21 has a quotation mark inside a quoted field that is not doubled: it may be damaged",
    ]);
    expect(await warningsOf("Report\n\na,b\n1,2\n", "a.csv")).toEqual([]);
  });

  test("subtitles: numbers that jump, and an end inside a cue", async () => {
    const cue = (i: number): string => `${i}\n00:00:${10 + i},000 --> 00:00:${11 + i},000\nWord ${i}.\n`;
    const file = (numbers: readonly number[]): string => numbers.map(cue).join("\n");
    const all = Array.from({ length: 20 }, (_, i) => i + 1);
    expect(await warningsOf(file(all), "a.srt")).toEqual([]);
    expect(await warningsOf(file(all.toSpliced(6, 3)), "a.srt")).toEqual([
      "cue numbers jump from 6 to 10: subtitles may be missing; get the file again",
    ]);
    expect(await warningsOf(file([1, 5, 2, 9, 3]), "a.srt")).toEqual([]);
    for (const end of ["21", "21\n00:00:31,000 --> 00:00:32,000\n", "21\n00:00:31,0"])
      expect(await warningsOf(`${file(all)}\n${end}`, "a.srt")).toEqual([
        "ends inside a cue: it is cut off; get the file again",
      ]);
  });

  test("HTML: an end inside a tag, or without the end of what was begun", async () => {
    const page = "<html><body><p>The quay is <b>deep</b>.</p>";
    expect(await warningsOf(`${page}</body></html>`, "a.html")).toEqual([]);
    expect(await warningsOf(page, "a.html")).toEqual([
      "ends without </body> or </html>: it may be cut off; get the file again",
    ]);
    expect(await warningsOf(`${page}<a hre`, "a.html")).toEqual([
      "ends inside a tag: it is cut off; get the file again",
    ]);
    for (const whole of ["<!doctype html><html lang=en><title>Quay</title><p>Deep.", "<p>3 < 4 and 5 <"])
      expect(await warningsOf(whole, "a.html")).toEqual([]);
  });
});

describe("PDF", () => {
  test("a file that was cut off has no table of objects", async () => {
    const bytes = await makePacked();
    expect(await warningsOf(bytes, "a.pdf")).toEqual([]);
    expect(await warningsOf(bytes.subarray(0, bytes.lastIndexOf("xref\n")), "a.pdf")).toEqual([
      `the file's table of objects is damaged or cut off and was rebuilt: pages or text may be missing; get the file again`,
    ]);
  });

  test("compressed text that is written in ASCII, whole and damaged", async () => {
    const bytes = Buffer.from(await caseFile("p18-tables.pdf"));
    expect(await warningsOf(bytes, "a.pdf")).toEqual([]);
    const start = bytes.indexOf("stream");
    bytes[(start + bytes.indexOf("endstream")) >> 1] = "v".charCodeAt(0);
    expect((await warningsOf(bytes, "a.pdf"))[0]).toMatch(
      new RegExp(`^a compressed part is damaged: object ${lastObject(bytes, start)};`, "u"),
    );
  });

  test("compressed text that does not unpack", async () => {
    const bytes = await makePacked();
    const start = bytes.indexOf("stream\n");
    const middle = (start + bytes.indexOf("endstream")) >> 1;
    bytes[middle] = (bytes[middle] ?? 0) ^ 0xff;
    expect((await warningsOf(bytes, "a.pdf"))[0]).toBe(
      `a compressed part is damaged: object ${lastObject(bytes, start)}; text may be missing or wrong; get the file again`,
    );
  });
});

/** The number of the object that a place in a file belongs to. */
function lastObject(file: Buffer, at: number): string | undefined {
  return [...file.toString("latin1", 0, at).matchAll(/(\d+) 0 obj/g)].at(-1)?.[1];
}

/** A PDF with compressed pages and a table of objects in plain text. */
async function makePacked(): Promise<Buffer> {
  const file = await PDFDocument.create();
  const font = await file.embedFont(StandardFonts.Helvetica);
  for (const place of ["quay", "lock", "pier"]) {
    const page = file.addPage();
    for (let i = 0; i < 30; i++)
      page.drawText(`The ${place} is ${i * 7} metres deep.`, { x: 60, y: 780 - 20 * i, font });
  }
  return Buffer.from(await file.save({ useObjectStreams: false }));
}

describe("struck-out text is left out and said", () => {
  const said = 'left out 1 struck-out passage: "80 euros"';

  test("of an RTF document", async () => {
    expect(await warningsOf("{\\rtf1 It costs {\\strike 80 euros} 70 euros.\\par}", "a.rtf")).toEqual([said]);
  });

  test("of a DOCX document", async () => {
    const run = "<w:r><w:rPr><w:strike/></w:rPr><w:t>80 euros</w:t></w:r><w:r><w:t>70 euros</w:t></w:r>";
    expect(await warningsOf(makeDocx({ body: `<w:p>${run}</w:p>` }), "a.docx")).toEqual([said]);
  });

  test("of an OpenDocument text, and of a book", async () => {
    const odt = makeZip({
      mimetype: "application/vnd.oasis.opendocument.text",
      "content.xml":
        '<office:document><style:style style:name="T8"><style:text-properties style:text-line-through-style="solid"/></style:style><office:text><text:p><text:span text:style-name="T8">80 euros</text:span> 70 euros</text:p></office:text></office:document>',
    });
    expect(await warningsOf(odt, "a.odt")).toEqual([said]);
    const epub = makeZip({
      mimetype: "application/epub+zip",
      "b.opf":
        '<package><manifest><item id="a" href="a.xhtml"/></manifest><spine><itemref idref="a"/></spine></package>',
      "a.xhtml": "<html><body><p><del>80 euros</del> 70 euros</p></body></html>",
    });
    expect(await warningsOf(epub, "a.epub")).toEqual([said]);
  });
});
