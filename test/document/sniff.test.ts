import { describe, expect, test } from "vitest";

import { sniff } from "../../src/document/sniff.ts";

const bytes = (text: string): Uint8Array => Buffer.from(text, "latin1");

describe("readable formats", () => {
  test.each([
    ["%PDF-1.7", "a.txt", "pdf"],
    ["mail preamble\n%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n", "a", "pdf"],
    ["mail preamble\n%PDF-1.7", "a.pdf", "pdf"],
    ["  %PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n", "a", "pdf"],
    ["\xef\xbb\xbf%PDF-1.3\n%\xc4\xe5", "a", "pdf"],
    ["%\xe2\xe3\n1 0 obj\n<<>>\nendobj\n", "a.pdf", "pdf"],
    ["\0\x05name.pdf\0\0%PDF-1.7", "a", "pdf"],
    ["Every PDF file begins with the bytes %PDF-1.7.", "notes.txt", "text"],
    ['MAGIC = b"%PDF-"\nEND = b"%%EOF"', "magic.py", "text"],
    ["A PDF begins with\n%PDF-1.7\nand ends with\n%%EOF\n", "notes.txt", "text"],
    ["BZhang wrote of it.", "notes.txt", "text"],
    ["GIF87a is the older form.", "notes.txt", "text"],
    ["BM is short for bench mark.", "notes.txt", "text"],
    ["BM6\x04\0\0\0\0\0\x006\0\0\0(\0\0\0\x0a\0\0\0", "a.bmp", "image"],
    ["<!DOCTYPE html><p>x", "page", "html"],
    ["\xef\xbb\xbf<html><p>x", "page.txt", "html"],
    ["<?xml version='1.0'?>\n<!-- c -->\n<html xmlns='x'>", "page", "html"],
    ["<p>a fragment", "page.htm", "html"],
    ["<html>in Markdown</html>", "README.md", "markdown"],
    ["# Title", "README.MD", "markdown"],
    ["int main() {}", "main.c", "text"],
    ["\xff\xfea\0b\0", "utf16.txt", "text"],
    ["a\0b\0 \0c\0", "utf16.txt", "text"],
    [`${"line of a log\n".repeat(20)}\0`, "a.log", "text"],
    ["plain", "noextension", "text"],
    ["PK\x03\x04....\0word/document.xml", "a.zip", "docx"],
    ["PK\x03\x04....[Content_Types].xml", "a.xlsx", "xlsx"],
    [`PK\x03\x04${"x".repeat(20_000)}\0ppt/presentation.xml`, "a", "pptx"],
    ["PK\x03\x04....mimetypeapplication/epub+zip", "a.bin", "epub"],
    ["PK\x03\x04....mimetypeapplication/vnd.oasis.opendocument.text", "a", "odt"],
    ["{\\rtf1", "a.txt", "rtf"],
    ["MIME-Version: 1.0\nFrom: a@b.c\nSubject: x\n\nbody", "a", "eml"],
    ["From: Ann\nSubject: what to buy\n\nMilk.", "note.txt", "text"],
    ["From a@b.c Mon Mar  4 10:00:00 2024\nFrom: a@b.c\n\nbody", "a", "mbox"],
    ["From a@b.c Mon Mar  4 10:00:00 2024\nFrom: a@b.c\n\nbody", "0001.patch", "text"],
    ["WEBVTT\n\n00:01.000 --> 00:02.000\nx", "a", "subtitles"],
    ["1\n00:00:01,000 --> 00:00:02,000\nx", "a.txt", "subtitles"],
    ["a,b", "a.csv", "csv"],
    ["{}", "a.ipynb", "ipynb"],
  ])("%j in %s is %s", (content, path, format) => {
    expect(sniff(bytes(content), path)).toEqual({ kind: "readable", format });
  });
});

describe("other formats", () => {
  test.each([
    ["PK\x03\x04....passwords/word/x", "a.zip", "ZIP"],
    ["PK\x03\x04....xl/workbook.bin", "a.xlsb", "XLSB"],
    ["PK\x03\x04....", "a.zip", "ZIP"],
    ["\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.doc", "DOC"],
    [`\xd0\xcf\x11\xe0${[..."Workbook"].join("\0")}\0`, "a", "XLS"],
    ["\xd0\xcf\x11\xe0", "a.msg", "MSG"],
    [`\xd0\xcf\x11\xe0${[..."WordDocument"].join("\0")}\0`, "a.docx", "DOC"],
    ["\x1f\x8b\x08", "a.txt.gz", "gzip"],
    ["BZh91AY&SY\x12", "a.bz2", "bzip2"],
    ["GIF89a\x10\0\x10\0\xf7\0\0", "a.gif", "GIF"],
    [`notes.txt${"\0".repeat(248)}ustar  \0`, "a.tar", "tar"],
    ["%!PS-Adobe", "a.ps", "PostScript"],
  ])("%j in %s is refused as %s", (content, path, name) => {
    const sniffed = sniff(bytes(content), path);
    expect(sniffed).toMatchObject({
      kind: "unsupported",
      reason: expect.stringMatching(`^${name} is not read yet; `),
    });
  });

  test("an encrypted Office file is said to be one", () => {
    const name = [..."EncryptedPackage"].join("\0");
    expect(sniff(bytes(`\xd0\xcf\x11\xe0${name}\0`), "a.docx")).toMatchObject({
      kind: "unsupported",
      reason: "is encrypted with a password",
    });
  });

  test("NUL bytes or many control characters are binary", () => {
    expect(sniff(bytes("a\0b"), "a.txt").kind).toBe("binary");
    expect(sniff(bytes("\x01\x02\x03abc"), "a.txt").kind).toBe("binary");
    expect(sniff(bytes("\x1b[31mred\x1b[0m\f\ttext"), "a.log").kind).toBe("readable");
  });

  test("a page of thousands of comments is decided in no time", () => {
    const start = performance.now();
    sniff(bytes("<!-- x -->".repeat(800)), "a");
    expect(performance.now() - start).toBeLessThan(200);
  });
});
