import { describe, expect, test } from "vitest";

import { decodeXml } from "../../src/document/formats/zip/xml.ts";
import { parseBytes } from "../../src/document/parse.ts";
import { caseFile } from "../helpers/case-file.ts";

const german =
  "Die Größe der Bären ändert sich jährlich; Übermut tut selten gut. Straße, Fußgänger, Köln.\n".repeat(20);

/** Bytes of each text in an encoding that Node cannot write; from `iconv -t`. */
const RUSSIAN_KOI8R = Buffer.from(
  "f7d3c520d3dec1d3d4ccc9d7d9c520d3c5cdd8c920d0cfc8cfd6c920c4d2d5c720cec120c4d2d5c7c12c20cbc1d6c4c1d120cec5d3dec1d3d4ccc9d7c1d120d3c5cdd8d120cec5d3dec1d3d4ccc9d7c120d0cf2dd3d7cfc5cdd52e20".repeat(
    4,
  ),
  "hex",
);
const JAPANESE_SHIFT_JIS = Buffer.from(
  "8ce1947982cd944c82c582a082e9814296bc914f82cd82dc82be96b382a2814282c782b182c590b682ea82bd82a982c682f182c68ca9939682aa82c282a982ca8142".repeat(
    6,
  ),
  "hex",
);
const JAPANESE_ISO_2022 = Buffer.from(
  "1b24423863475a244f472d24472422246b21234c3e4130244f245e24404c35242421231b28420a4153434949",
  "hex",
);

const utf16be = (text: string): Buffer => Buffer.from(`\ufeff${text}`, "utf16le").swap16();

function utf32(text: string): Buffer {
  return Buffer.from(Uint32Array.from(text, (character) => character.codePointAt(0) ?? 0).buffer);
}

describe("encodings that need no guess", () => {
  test.each([
    ["UTF-8", Buffer.from("Zażółć gęślą jaźń 🦊\r\n")],
    ["UTF-8 with BOM", Buffer.from("\ufeffZażółć gęślą jaźń 🦊\r\n")],
    ["UTF-16LE with BOM", Buffer.from("\ufeffZażółć gęślą jaźń 🦊\r\n", "utf16le")],
    ["UTF-16BE with BOM", utf16be("Zażółć gęślą jaźń 🦊\r\n")],
    ["UTF-32LE with BOM", utf32("\ufeffZażółć gęślą jaźń 🦊\r\n")],
    ["UTF-32BE with BOM", utf32("\ufeffZażółć gęślą jaźń 🦊\r\n").swap32()],
  ])("%s is read as it is, without its mark", async (_, bytes) => {
    const document = await parseBytes(bytes, "a.txt");
    expect(document.text).toBe("Zażółć gęślą jaźń 🦊\r\n");
    expect(document.warnings).toEqual([]);
  });
});

describe("encodings that are guessed", () => {
  test("UTF-32 without a mark is read, and said; what is cut off, too", async () => {
    for (const [bytes, name] of [
      [utf32(german), "UTF-32LE"],
      [utf32(german).swap32(), "UTF-32BE"],
    ] as const) {
      const { text, warnings } = await parseBytes(bytes, "a.txt");
      expect(text).toBe(german);
      expect(warnings).toEqual([`has no byte order mark; its NUL bytes say ${name}, read as that`]);
    }
    const cut = await parseBytes(utf32(`\ufeff${german}`).subarray(0, -2), "a.txt");
    expect(cut.warnings).toEqual(["1 invalid sequence was replaced by U+FFFD while decoding as utf-32le"]);
    await expect(parseBytes(Buffer.from(Uint32Array.of(1, 2, 3, 4, 5, 6).buffer), "a.txt")).rejects.toThrow(
      "a.txt: is binary",
    );
  });

  test("windows-1252 is decoded, and the guess is said", async () => {
    const document = await parseBytes(Buffer.from(german, "latin1"), "a.txt");
    expect(document.text).toBe(german);
    expect(document.warnings).toEqual(["guessed encoding windows-1252 (200 characters depend on it)"]);
  });

  test("a first accent after 100 kB of ASCII still counts", async () => {
    const text = `${"plain words only\n".repeat(6500)}${german}`;
    expect((await parseBytes(Buffer.from(text, "latin1"), "a.txt")).text).toBe(text);
  });

  test("koi8-r is decoded", async () => {
    const document = await parseBytes(RUSSIAN_KOI8R, "a.txt");
    expect(document.text).toMatch(/^Все счастливые семьи похожи друг на друга/);
    expect(document.warnings).toEqual(["guessed encoding koi8-r (308 characters depend on it)"]);
  });

  test("shift_jis is decoded", async () => {
    const document = await parseBytes(JAPANESE_SHIFT_JIS, "a.txt");
    expect(document.text).toContain("名前はまだ無い");
    expect(document.warnings).toEqual(["guessed encoding shift_jis (198 characters depend on it)"]);
  });
});

describe("Japanese escapes", () => {
  test("make ASCII bytes iso-2022-jp", async () => {
    const document = await parseBytes(JAPANESE_ISO_2022, "a.txt");
    expect(document.text).toBe("吾輩は猫である。名前はまだ無い。\nASCII");
    expect(document.warnings).toEqual(["guessed encoding iso-2022-jp (16 characters depend on it)"]);
  });

  test.each(["\x1b$B that leads to no character", "\x1b$B と UTF-8"])(
    "prove nothing where the rest does not fit: %j",
    async (text) => {
      expect(await parseBytes(Buffer.from(text), "a.txt")).toMatchObject({ text, warnings: [] });
    },
  );
});

describe("UTF-16 without a byte order mark", () => {
  const russian = "Все счастливые семьи похожи друг на друга.\nДом — 3.\n".repeat(5);

  test.each([
    ["t01-utf16le-nobom.txt", "UTF-16LE"],
    ["t01-utf16be-nobom.txt", "UTF-16BE"],
  ])("is known by its NULs, and said: %s", async (name, encoding) => {
    const document = await parseBytes(await caseFile(name), name);
    expect(document.text).toContain("The harbour bell was cast by Oddvar Lien in 1871");
    expect(document.warnings).toEqual([
      `has no byte order mark; its NUL bytes say ${encoding}, read as that`,
    ]);
  });

  test("is known where only spaces and line ends have NULs", async () => {
    expect((await parseBytes(Buffer.from(russian, "utf16le"), "a.txt")).text).toBe(russian);
    expect((await parseBytes(Buffer.from(russian, "utf16le").swap16(), "a.txt")).text).toBe(russian);
  });

  test("is HTML where it begins like that", async () => {
    const bytes = Buffer.from("<!doctype html><p>Bell</p>", "utf16le");
    expect(await parseBytes(bytes, "a")).toMatchObject({ format: "html", text: "Bell\n" });
  });
});

describe("a wrong declaration", () => {
  test("of a single-byte encoding loses to bytes that are UTF-8", async () => {
    const document = await parseBytes(await caseFile("h06-wrong-charset.html"), "a.html");
    expect(document.text).toContain("Die Bürgermeisterin heißt Zoë Müller und wohnt in Köln.");
    expect(document.title).toBe("Müller");
    expect(document.warnings).toEqual([
      "the file declares iso-8859-1, but its bytes are UTF-8: read as UTF-8",
    ]);
  });

  test("that is right is believed", async () => {
    const bytes = Buffer.from("<meta charset=windows-1252><p>Köln, Größe", "latin1");
    expect(await parseBytes(bytes, "a.html")).toMatchObject({ text: "Köln, Größe\n", warnings: [] });
    const ascii = Buffer.from("<meta charset=windows-1252><p>Cologne");
    expect(await parseBytes(ascii, "a.html")).toMatchObject({ text: "Cologne\n", warnings: [] });
  });
});

describe("control characters", () => {
  test("a stray NUL is dropped and said", async () => {
    const document = await parseBytes(await caseFile("t02-one-nul.log"), "t02-one-nul.log");
    expect(document.text).toContain("reallocated sectors");
    expect(document.text).not.toContain("\0");
    expect(document.warnings).toEqual(["dropped 1 NUL character"]);
  });

  test("so is a run of NULs that a crash leaves at the end of a log", async () => {
    const log = "12:00 worker started\n".repeat(50);
    const document = await parseBytes(Buffer.from(`${log}${"\0".repeat(4096)}`), "a.log");
    expect(document.text).toBe(log);
    expect(document.warnings).toEqual(["dropped 4096 NUL characters"]);
  });

  test("terminal colours are dropped and said", async () => {
    const document = await parseBytes(await caseFile("t02-ansi.log"), "t02-ansi.log");
    expect(document.text).toContain("INFO 10:01 worker 1 did job 1\n");
    expect(document.text).not.toContain("\x1b");
    expect(document.warnings).toEqual(["dropped 2406 terminal escapes (colours and the like)"]);
    const links = "\x1b(B\x1b]8;;https://example.org\x07red\x1b]8;;\x1b\\ \x1b[38;5;208mjob\x1b[m";
    expect((await parseBytes(Buffer.from(links), "a.log")).text).toBe("red job");
  });
});

describe("damaged text", () => {
  test("UTF-8 with a few broken places stays UTF-8, and the places are counted", async () => {
    const bytes = Buffer.concat([Buffer.from(german), Buffer.from([0xc3, 0x28, 0xff]), Buffer.from(german)]);
    const document = await parseBytes(bytes, "a.txt");
    expect(document.text).toContain("Größe");
    expect(document.warnings).toEqual([
      "2 invalid sequences were replaced by U+FFFD while decoding as utf-8",
    ]);
  });

  test("what nobody can guess is read as windows-1252, and said", async () => {
    const document = await parseBytes(Buffer.from([0x61, 0x81, 0x62]), "a.txt");
    expect(document.text).toHaveLength(3);
    expect(document.warnings).toHaveLength(1);
  });
});

describe("what Latin-1 does not have and windows-1252 has", () => {
  const PARTS = ["It\x92s \x93500 \x80\x94 \x96 rent\x85", "It’s “500 €” – rent…"] as const;
  const mail = (charset: string): string =>
    `From: Ann <ann@example.org>\r\nSubject: =?${charset}?Q?500=80?=\r\nMIME-Version: 1.0\r\n` +
    `Content-Type: text/plain; charset=${charset}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n`;
  test.each([
    ["a.html", '<meta charset="windows-1252"><p>'],
    ["b.html", '<meta charset="iso-8859-1"><p>'],
    ["c.html", '<meta charset="ascii"><p>'],
    ["a.eml", mail("windows-1252")],
    ["b.eml", mail("iso-8859-1")],
    ["a.csv", "what,how\nrent,"],
    ["a.rtf", "{\\rtf1\\ansi\\ansicpg1252 "],
    ["a.txt", "caf\xe9 \xfcber "],
  ])("is read in %s", async (name, before) => {
    const [latin1, text] = PARTS;
    const document = await parseBytes(Buffer.from(before + latin1, "latin1"), name);
    expect(document.text).toContain(text);
    if (name.endsWith(".eml")) expect(document.text).toContain("Subject: 500€");
  });

  test("is read in the XML of a book, and as escapes of RTF", async () => {
    const [latin1, text] = PARTS;
    const xml = Buffer.from(`<?xml version="1.0" encoding="windows-1252"?><a>${latin1}</a>`, "latin1");
    expect(decodeXml(xml)).toContain(text);
    const rtf = await parseBytes(Buffer.from("{\\rtf1\\ansi It\\'92s \\'80 500 \\'96 rent}"), "a.rtf");
    expect(rtf.text).toBe("It’s € 500 – rent\n");
  });
});
