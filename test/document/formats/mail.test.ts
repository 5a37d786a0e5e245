import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";

import { parseBytes, parseFile } from "../../../src/document/parse.ts";

const CASES = "test/fixtures/cases";
const mail = (lines: readonly string[], name = "a.eml") => parseBytes(Buffer.from(lines.join("\r\n")), name);

describe("a message", () => {
  test.each(["e01-base64.eml", "e01-qp.eml"])("is decoded, with its headers: %s", async (name) => {
    const { text, title } = await parseFile(`${CASES}/${name}`);
    expect(text).toMatch(
      /^From: chair@example\.org\nTo: members@example\.org\nDate: Mon, 4 Mar 2024 10:00:00 \+0100\nSubject: Jahresversammlung im März\n\nDear all,\n\nthe annual meeting takes place on Thursday, 14 March 2024 in the Kröller hall/,
    );
    expect(text).toContain("The caretaker Jürgen Weiß has the key, and the fee for the buffet is 25 €.");
    expect(title).toBe("Jahresversammlung im März");
  });

  test("that is a saved web page has the page's text, and names its pictures", async () => {
    const { text, warnings } = await parseFile(`${CASES}/e02-page.mhtml`);
    expect(text).toContain("the fee for the buffet is 25 €.");
    expect(text.length).toBeLessThan(10_000);
    expect(warnings).toEqual(["1 attachment was not read: image/png (60 kB)"]);
  });

  test("has the text part, or the HTML part where that is only a stub; attachments are named", async () => {
    const parts = (text: string): string[] => [
      "From: Ann <ann@example.org>",
      "MIME-Version: 1.0",
      'Content-Type: multipart/mixed; boundary="x"',
      "",
      "--x",
      'Content-Type: multipart/alternative; boundary="y"',
      "",
      "--y",
      "Content-Type: text/plain",
      "",
      text,
      "--y",
      "Content-Type: text/html",
      "",
      "<h1>Plan</h1><p>The crane is to be replaced before the end of June, the council says.</p>",
      "--y--",
      "--x",
      'Content-Type: application/pdf; name="plan.pdf"',
      "Content-Disposition: attachment",
      "",
      "%PDF",
      "--x--",
      "",
    ];
    const short = await mail(parts("See HTML."));
    expect(short.text).toMatch(
      /^From: Ann <ann@example\.org>\nAttachments: plan\.pdf \(\d+ bytes\)\n\nPlan\n\nThe crane/,
    );
    expect(short.sections.map(({ title, start }) => short.text.slice(start, start + title.length))).toEqual([
      "Plan",
    ]);
    const polite = await mail(parts("Our plan of June is ready. Please see the HTML part of this message."));
    expect(polite.text).toContain("The crane is to be replaced");
    const copy = await mail(parts("PLAN\n\nThe crane is to be replaced before the end of June, they say."));
    expect(copy.text).toContain("they say.");
  });

  const inBytes = (lines: readonly string[]) =>
    parseBytes(Buffer.from(lines.join("\r\n"), "latin1"), "a.eml");

  test("without a charset is guessed, and it is said", async () => {
    const { text, title, warnings } = await inBytes([
      "From: J\xfcrgen <a@example.org>",
      "Subject: Gr\xfc\xdfe",
      "",
      "F\xfcr die \xdcberweisung gilt der 5. M\xe4rz.",
    ]);
    expect(title).toBe("Grüße");
    expect(text).toBe(
      "From: Jürgen <a@example.org>\nSubject: Grüße\n\nFür die Überweisung gilt der 5. März.\n",
    );
    expect(warnings).toEqual([
      "has headers without a charset: guessed encoding windows-1252 (3 characters depend on it)",
      "has text without a charset: guessed encoding windows-1252 (3 characters depend on it)",
    ]);
  });

  test("of several parts is guessed where a part needs it; what is attached stays as it is", async () => {
    const { text, warnings } = await inBytes([
      "MIME-Version: 1.0",
      'Content-Type: multipart/mixed; boundary="x"',
      "",
      "--x",
      "Content-Type: text/plain; charset=utf-8; format=flowed",
      "Content-Transfer-Encoding: quoted-printable",
      "",
      "Die Geb=FChr f=FCr M=E4rz =",
      "ist bezahlt.",
      "--x",
      "Content-Type: text/plain; charset=iso-8859-2",
      "",
      "\xa3\xf3d\xbc",
      "--x",
      "Content-Type: text/plain; name=a.txt",
      "Content-Disposition: attachment",
      "",
      "Geb\xfchr",
      "--x--",
      "",
    ]);
    expect(text).toContain("Die Gebühr für März ist bezahlt.");
    expect(text).toContain("Łódź");
    expect(warnings).toEqual([
      "has text that is not in utf-8, as it says: guessed encoding windows-1252 (3 characters depend on it)",
      "1 attachment was not read: a.txt (7 bytes)",
    ]);
  });

  test("in HTML is in what the page declares, and in UTF-8 where it is", async () => {
    const page = (body: string) =>
      inBytes(["Content-Type: text/html", "", `<meta charset="iso-8859-2"><p>${body}</p>`]);
    expect((await page("\xa3\xf3d\xbc")).text).toContain("Łódź");
    expect((await page("\xc5\x81\xc3\xb3d\xc5\xba")).text).toContain("Łódź");
  });
});

describe("a mailbox", () => {
  test("has a page for each message", async () => {
    const { text, pages, sections } = await parseFile(`${CASES}/e03-box.mbox`);
    const raw = await readFile(`${CASES}/e03-box.mbox`, "latin1");
    expect(pages).toHaveLength(raw.match(/^From /gm)?.length ?? 0);
    expect(pages.every(({ start }) => text.startsWith("From: ", start))).toBe(true);
    expect(text).toContain("The caretaker Jürgen Weiß has the key");
    expect(text).not.toMatch(/^From x@/m);
    expect(sections).toHaveLength(pages.length);
  });

  test("is not cut where prose begins with From", async () => {
    const { pages, text } = await mail(
      [
        "From a@b.c Mon Mar  4 10:00:00 2024",
        "From: a@b.c",
        "",
        "One.",
        "",
        "From here on it is dark.",
        ">From there too.",
        "",
      ],
      "a.mbox",
    );
    expect(pages).toHaveLength(1);
    expect(text).toContain("\nFrom there too.");
  });
});
