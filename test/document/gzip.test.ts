import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";

import { discover } from "../../src/document/discover.ts";
import { unpackGzip } from "../../src/document/gzip.ts";
import { parseBytes, parseFile } from "../../src/document/parse.ts";

let folder: string;
const write = async (name: string, bytes: Uint8Array): Promise<string> => {
  await writeFile(join(folder, name), bytes);
  return join(folder, name);
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "focus-gzip-"));
});

describe("a gzip file", () => {
  test.each([
    ["git.1.gz", ".TH GIT 1\nA tool.\n", "text"],
    ["fees.tsv.gz", "Berth\tFee\nB1\t12\nB2\t13\n", "csv"],
    ["notes.MD.GZ", "# Notes\n\nMilk.\n", "markdown"],
    ["mail.gz", "MIME-Version: 1.0\nFrom: a@b.c\nSubject: x\n\nbody", "eml"],
  ])("is read as what is in it: %s", async (name, text, format) => {
    const path = await write(name, gzipSync(text));
    expect((await discover([path], { cwd: folder })).files).toEqual([path]);
    const document = await parseFile(path);
    expect(document).toMatchObject({ path, format });
    expect(document.text).toBe((await parseBytes(Buffer.from(text), name.replace(/\.gz$/i, ""))).text);
  });

  test("may come in several parts, and on standard input", async () => {
    const bytes = Buffer.concat([gzipSync("One.\n"), gzipSync("Two.\n")]);
    expect((await parseBytes(bytes, "-")).text).toBe("One.\nTwo.\n");
  });

  test.each([
    ["cut off", gzipSync("A long text. ".repeat(50)).subarray(0, 30), "is a damaged gzip file"],
    [
      "changed",
      Buffer.concat([gzipSync("A text.").subarray(0, -8), Buffer.alloc(8, 7)]),
      "is a damaged gzip file",
    ],
    ["empty", gzipSync(""), "is empty"],
    ["a gzip file again", gzipSync(gzipSync("A text.")), "gzip is not read yet; unpack it first"],
    [
      "an archive",
      gzipSync(`notes.txt${"\0".repeat(248)}ustar  \0${"\0".repeat(247)}`),
      "tar is not read yet; unpack it first",
    ],
    ["a program", gzipSync("\0\x01\x02\x03".repeat(100)), "is binary"],
  ])("that is %s is refused", async (name, bytes, reason) => {
    const path = await write(`${name.replaceAll(" ", "-")}.gz`, bytes);
    await expect(parseFile(path)).rejects.toThrow(`${path}: ${reason}`);
  });

  test("that unpacks to more than the limit is refused", () => {
    const bomb = gzipSync(Buffer.alloc(2 ** 21));
    expect(() => unpackGzip(bomb, "a.gz", 2 ** 20)).toThrow(
      "a.gz: would unpack to more than 1 MiB, the limit",
    );
    expect(unpackGzip(bomb, "a.gz", 2 ** 21)).toHaveLength(2 ** 21);
  });

  test("in a folder is read as others are, an archive skipped with its reason", async () => {
    folder = await mkdtemp(join(tmpdir(), "focus-gzip-"));
    await write("a.log.gz", gzipSync("Started.\n"));
    await write("b.tar.gz", gzipSync(`notes.txt${"\0".repeat(248)}ustar  \0`));
    await write("c.log.gz", gzipSync(""));
    await write("d.log.gz", Buffer.concat([gzipSync("").subarray(0, 3), Buffer.alloc(20, 0xff)]));
    const { files, skipped } = await discover([folder], { cwd: folder });
    expect(files).toEqual([join(folder, "a.log.gz")]);
    expect(skipped).toMatchObject([
      { reason: "tar is not read yet; unpack it first: `tar xf`", named: false },
      { reason: "is empty", named: false },
      { reason: "is a damaged gzip file", named: false },
    ]);
  });
});
