import { describe, expect, test } from "vitest";
import { parseBytes } from "../../src/document/parse.ts";
import { parseNested } from "../../src/document/parse-nested.ts";
import { makePdf } from "../helpers/make-pdf.ts";

type File = { readonly name: string; readonly bytes: Uint8Array };

const file = (name: string, text: string | Uint8Array): File => ({ name, bytes: Buffer.from(text) });
const PDF = file(
  "contract.pdf",
  makePdf([{ lines: ["The rent is 900 euros."] }, { lines: ["It is due on the first of May."] }]),
);
const PICTURE = file("roof.bin", Uint8Array.of(0, 1, 2, 3, 0, 255, 254, 0));

function mail(text: string, files: readonly File[]): Buffer {
  const parts = files.flatMap(({ name, bytes }) => [
    "--x",
    `Content-Type: application/octet-stream; name="${name}"`,
    "Content-Disposition: attachment",
    "Content-Transfer-Encoding: base64",
    "",
    Buffer.from(bytes).toString("base64"),
  ]);
  const head = [
    "From: Ann <ann@example.org>",
    "Subject: The roof",
    "MIME-Version: 1.0",
    'Content-Type: multipart/mixed; boundary="x"',
    "",
  ];
  const body = ["--x", "Content-Type: text/plain", "", text];
  return Buffer.from([...head, ...body, ...parts, "--x--", ""].join("\r\n"));
}

const box = (...mails: readonly Buffer[]): Buffer =>
  Buffer.concat(
    mails.flatMap((one) => [Buffer.from("From a@b.c Mon Mar  4 10:00:00 2024\n"), one, Buffer.from("\n")]),
  );

describe("attachments of a mail", () => {
  test("are documents of their own, where they can be read; the others are named", async () => {
    const [first, second, ...more] = await parseNested({
      bytes: mail("See the contract.", [PDF, PICTURE]),
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
    const { warnings } = await parseBytes(mail("See the contract.", [PDF]), "mail.eml");
    expect(warnings).toEqual([expect.stringMatching(/^1 attachment was not read: contract\.pdf \(/u)]);
  });

  test("of one name are told apart, and one that is damaged is said with its reason", async () => {
    const files = [file("a.txt", "One."), file("a.txt", "Two."), file("b.pdf", "%PDF-1.4 nothing")];
    const documents = await parseNested({ bytes: mail("See.", files), path: "-" });
    expect(documents.map(({ path }) => path)).toEqual([
      "-",
      "standard input » a.txt",
      "standard input » a.txt (2)",
    ]);
    expect(documents[0]?.warnings).toEqual([expect.stringMatching(/^attachment not read: b\.pdf: is /u)]);
  });

  test("are read in mails that are attached, down to the third", async () => {
    let nested = mail("Mail 5.", []);
    for (const number of [4, 3, 2, 1]) nested = mail(`Mail ${number}.`, [file("next.eml", nested)]);
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
    const bytes = box(mail("One.", [PDF]), mail("Two.", [file("a.txt", "Notes."), PDF]));
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
