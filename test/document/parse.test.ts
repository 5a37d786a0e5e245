import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { parseBytes, parseFile } from "../../src/document/parse.ts";
import { FocusError } from "../../src/errors.ts";
import { tempFolder } from "../helpers/temp-folder.ts";

describe("text", () => {
  test("is the file's own, newlines and trailing spaces included", async () => {
    const text = "\tone  \r\ntwo\rthree\n\n\u00a0end";
    const cwd = await tempFolder({ "a.c": text });
    const path = join(cwd, "a.c");
    expect(await parseFile(path)).toEqual({
      path,
      format: "text",
      title: undefined,
      text,
      pages: [],
      sections: [],
      warnings: [],
    });
  });

  test("of 5 MB on a single line is parsed in less than a second", async () => {
    const start = performance.now();
    const document = await parseBytes(Buffer.from("wörd ".repeat(900_000)), "a.txt");
    expect(document.text).toHaveLength(4_500_000);
    expect(performance.now() - start).toBeLessThan(1000);
  });

  test("that is empty or only white space is refused", async () => {
    await expect(parseBytes(new Uint8Array(), "a.txt")).rejects.toThrow("a.txt: is empty");
    await expect(parseBytes(Buffer.from(" \n\t\r\n"), "a.md")).rejects.toThrow("a.md: is empty");
    await expect(parseBytes(new Uint8Array(), "-")).rejects.toThrow("standard input: is empty");
  });

  test("with many NULs far behind the first bytes is refused as binary", async () => {
    const bytes = Buffer.from(`${"text ".repeat(5000)}${"\0\x07a".repeat(500)}`);
    await expect(parseBytes(bytes, "a.txt")).rejects.toThrow(
      "a.txt: is binary (NUL at character 25001), expected text",
    );
  });

  test("from standard input keeps the path -", async () => {
    expect((await parseBytes(Buffer.from("x"), "-")).path).toBe("-");
  });
});

describe("what cannot be read", () => {
  test("is refused by name", async () => {
    const cwd = await tempFolder();
    await expect(parseFile(join(cwd, "gone.txt"))).rejects.toThrow(/gone\.txt: no such file/);
    await expect(parseFile(cwd)).rejects.toThrow(/is a folder, expected a file/);
    await expect(parseFile("a\0b")).rejects.toThrow(/NUL byte/);
  });

  test("is refused with the format's name where it is known", async () => {
    await expect(parseBytes(Buffer.from("\xd0\xcf\x11\xe0", "latin1"), "b.doc")).rejects.toThrow(
      "b.doc: DOC is not read yet; save it in the newer format first",
    );
  });

  test("never raises anything but a FocusError, whatever the bytes and the name", async () => {
    const names = fc.constantFrom("a.txt", "a.md", "a.html", "a", "-");
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), names, async (bytes, name) => {
        const result = await parseBytes(bytes, name).catch((error: unknown) => error);
        if (result instanceof Error) expect(result).toBeInstanceOf(FocusError);
        else expect(result).toHaveProperty("text");
      }),
      { numRuns: 300 },
    );
  });
});
