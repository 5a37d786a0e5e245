import { PDFDocument, PDFString, StandardFonts } from "pdf-lib";
import { describe, expect, test } from "vitest";
import { parseBytes } from "../../src/document/parse.ts";
import { parseNested } from "../../src/document/parse-nested.ts";
import { caseFile } from "../helpers/case-file.ts";
import { type AttachedBytes, makeMail } from "../helpers/make-mail.ts";
import { makePdf } from "../helpers/make-pdf.ts";

const file = (name: string, text: string | Uint8Array): AttachedBytes => ({ name, bytes: Buffer.from(text) });
const PDF = file(
  "contract.pdf",
  makePdf([{ lines: ["The rent is 900 euros."] }, { lines: ["It is due on the first of May."] }]),
);
const PICTURE = file("roof.bin", Uint8Array.of(0, 1, 2, 3, 0, 255, 254, 0));

const box = (...mails: readonly Buffer[]): Buffer =>
  Buffer.concat(
    mails.flatMap((one) => [Buffer.from("From a@b.c Mon Mar  4 10:00:00 2024\n"), one, Buffer.from("\n")]),
  );

describe("attachments of a PDF", () => {
  test("a portfolio's files are documents of their own", async () => {
    const bytes = await caseFile("p10-portfolio.pdf");
    const documents = await parseNested({ bytes, path: "p10.pdf" });
    expect(documents.map(({ path, format }) => [path, format])).toEqual([
      ["p10.pdf", "pdf"],
      ["p10.pdf » minutes.txt", "text"],
      ["p10.pdf » report.pdf", "pdf"],
    ]);
    expect(documents[1]?.text).toContain("The board elected Liv Strand as chair.");
    expect(documents.flatMap(({ warnings }) => warnings)).toEqual([]);
  });

  test("files pinned to pages are read where their page is wanted; what cannot be read is said", async () => {
    const bytes = await attach(["This is the first page.", "This is the second page."]);
    const documents = await parseNested({ bytes, path: "a.pdf" });
    expect(documents.map(({ path, text }) => [path, text.trim()])).toEqual([
      ["a.pdf", "This is the first page.\nThis is the second page."],
      ["a.pdf » own.txt", "Of the whole file."],
      ["a.pdf » pin.txt", "Of the second page."],
    ]);
    expect(documents[0]?.warnings).toEqual(["1 attachment was not read: roof.bin (8 bytes)"]);
    const one = await parseNested({ bytes, path: "a.pdf" }, { pages: [{ first: 1, last: 1 }] });
    expect(one.map(({ path }) => path)).toEqual(["a.pdf", "a.pdf » own.txt"]);
  });

  test("are read where the pages have no text, which is said", async () => {
    const documents = await parseNested({ bytes: await attach([""]), path: "a.pdf" });
    expect(documents.map(({ path, text }) => [path, text])).toEqual([
      ["a.pdf", ""],
      ["a.pdf » own.txt", "Of the whole file."],
    ]);
    expect(documents[0]?.warnings[0]).toMatch(/^page 1 (?:is blank|has no text)/u);
  });

  test("of a PDF in a mail are read, too", async () => {
    const pdf = file("a.pdf", await attach(["first page"]));
    const documents = await parseNested({ bytes: makeMail("See.", [pdf]), path: "mail.eml" });
    expect(documents.map(({ path }) => path)).toEqual([
      "mail.eml",
      "mail.eml » a.pdf",
      "mail.eml » a.pdf » own.txt",
    ]);
  });
});

/** A PDF with a page for each line, a readable and an unreadable file of its own, and one pinned to the second page. */
async function attach(lines: readonly string[]): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  const font = await pdf.embedFont(StandardFonts.Helvetica);
  for (const line of lines) pdf.addPage().drawText(line, { x: 60, y: 700, size: 12, font });
  await pdf.attach(Buffer.from("Of the whole file."), "own.txt");
  await pdf.attach(PICTURE.bytes, PICTURE.name);
  const second = pdf.getPages()[1];
  if (second !== undefined) {
    const content = pdf.context.register(pdf.context.stream("Of the second page.", { Type: "EmbeddedFile" }));
    const pin = pdf.context.register(
      pdf.context.obj({
        Type: "Annot",
        Subtype: "FileAttachment",
        Rect: [10, 10, 30, 30],
        FS: { Type: "Filespec", F: PDFString.of("pin.txt"), UF: PDFString.of("pin.txt"), EF: { F: content } },
      }),
    );
    second.node.addAnnot(pin);
  }
  return pdf.save();
}

describe("attachments of a mail", () => {
  test("are documents of their own, where they can be read; the others are named", async () => {
    const [first, second, ...more] = await parseNested({
      bytes: makeMail("See the contract.", [PDF, PICTURE]),
      path: "mail.eml",
    });
    expect(first?.path).toBe("mail.eml");
    expect(first?.text).toMatch(/^Attachments: contract\.pdf \(\d+ (?:bytes|kB)\), roof\.bin \(8 bytes\)$/mu);
    expect(first?.warnings).toEqual(["1 attachment was not read: roof.bin (8 bytes)"]);
    expect(second).toMatchObject({ path: "mail.eml » contract.pdf", format: "pdf", warnings: [] });
    expect(second?.pages).toHaveLength(2);
    expect(second?.text).toContain("The rent is 900 euros.");
    expect(more).toEqual([]);
  });

  test("are only named, where one document is wanted", async () => {
    const { warnings } = await parseBytes(makeMail("See the contract.", [PDF]), "mail.eml");
    expect(warnings).toEqual([expect.stringMatching(/^1 attachment was not read: contract\.pdf \(/u)]);
  });

  test("of one name are told apart, and one that is damaged is said with its reason", async () => {
    const files = [file("a.txt", "One."), file("a.txt", "Two."), file("b.pdf", "%PDF-1.4 nothing")];
    const documents = await parseNested({ bytes: makeMail("See.", files), path: "-" });
    expect(documents.map(({ path }) => path)).toEqual([
      "-",
      "standard input » a.txt",
      "standard input » a.txt (2)",
    ]);
    expect(documents[0]?.warnings).toEqual([expect.stringMatching(/^attachment not read: b\.pdf: is /u)]);
  });

  test("are read in mails that are attached, down to the third", async () => {
    let nested = makeMail("Mail 5.", []);
    for (const number of [4, 3, 2, 1]) nested = makeMail(`Mail ${number}.`, [file("next.eml", nested)]);
    const documents = await parseNested({ bytes: nested, path: "mail.eml" });
    expect(documents.map(({ path, text }) => [path, /Mail \d/u.exec(text)?.[0]])).toEqual([
      ["mail.eml", "Mail 1"],
      ["mail.eml » next.eml", "Mail 2"],
      ["mail.eml » next.eml » next.eml", "Mail 3"],
      ["mail.eml » next.eml » next.eml » next.eml", "Mail 4"],
    ]);
    expect(documents.at(-1)?.warnings).toEqual([
      expect.stringMatching(/^1 attachment was not read: next\.eml/u),
    ]);
  });

  test("of a mailbox are named by their message, and left out with its page", async () => {
    const bytes = box(makeMail("One.", [PDF]), makeMail("Two.", [file("a.txt", "Notes."), PDF]));
    const all = await parseNested({ bytes: bytes, path: "box.mbox" });
    expect(all.map(({ path }) => path)).toEqual([
      "box.mbox",
      "box.mbox » message 1 » contract.pdf",
      "box.mbox » message 2 » a.txt",
      "box.mbox » message 2 » contract.pdf",
    ]);
    const first = await parseNested({ bytes: bytes, path: "box.mbox" }, { pages: [{ first: 1, last: 1 }] });
    expect(first.map(({ path, pages }) => [path, pages.length])).toEqual([
      ["box.mbox", 1],
      ["box.mbox » message 1 » contract.pdf", 2],
    ]);
  });
});
