import { execFileSync } from "node:child_process";
import { chmod, symlink } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

import { discover } from "../../src/document/discover.ts";
import { readBytes } from "../../src/document/parse.ts";
import { InputError } from "../../src/errors.ts";
import { tempFolder } from "../helpers/temp-folder.ts";

const isRoot = process.getuid?.() === 0;

describe("files", () => {
  test("keeps the order in which they were named, and each once", async () => {
    const cwd = await tempFolder({ "b.txt": "b", "a.txt": "a" });
    const { files, skipped } = await discover(["b.txt", "a.txt", "./b.txt"], { cwd });
    expect(files).toEqual(["b.txt", "a.txt"]);
    expect(skipped).toEqual([]);
  });

  test("passes standard input through as -", async () => {
    const cwd = await tempFolder({ "a.txt": "a" });
    expect((await discover(["-", "a.txt"], { cwd })).files).toEqual(["-", "a.txt"]);
  });

  test("tells an old Word file by names far behind its first bytes, whatever it is called", async () => {
    const ole = Buffer.alloc(30_000);
    ole.set([0xd0, 0xcf, 0x11, 0xe0]);
    ole.writeUInt16LE(9, 30);
    ole.writeUInt32LE(40, 48);
    ole.write("WordDocument", 41 * 512, "utf16le");
    const cwd = await tempFolder({ "a.docx": ole });
    await expect(discover(["a.docx"], { cwd })).rejects.toThrow("a.docx: DOC is not read yet");
  });

  test.each([
    "[odd] name.txt",
    "with space.txt",
    "new\nline.txt",
    "emoji 🦊.txt",
    "-dash.txt",
    "{a,b}.txt",
    "!x.txt",
  ])("takes a file called %j for what it is", async (name) => {
    const cwd = await tempFolder({ [name]: "text" });
    expect((await discover([name], { cwd })).files).toEqual([name]);
    expect((await discover(["."], { cwd })).files).toEqual([name]);
  });

  test("reads a hidden or ignored file that was named", async () => {
    const cwd = await tempFolder({ ".gitignore": "*.log", "a.log": "log", ".hidden": "h" });
    expect((await discover(["a.log", ".hidden"], { cwd })).files).toEqual(["a.log", ".hidden"]);
  });

  test("refuses a missing file by name", async () => {
    const cwd = await tempFolder();
    await expect(discover(["nowhere.txt"], { cwd })).rejects.toThrow(
      new InputError("nowhere.txt: no such file or folder"),
    );
  });

  test.each([
    ["https://example.org/x.pdf", "curl -LO https://example.org/x.pdf"],
    ["http://example.org/x?id=1&y='z'", "curl -LO 'http://example.org/x?id=1&y=%27z%27'"],
  ])("says of the address %s what to do", async (address, command) => {
    const refused = discover([address], { cwd: await tempFolder() });
    await expect(refused).rejects.toMatchObject({
      message: `${address}: no such file or folder`,
      code: "input.not-found",
      hint: `focus opens no addresses; download it first: ${command}`,
    });
    await expect(readBytes(address)).rejects.toMatchObject({ hint: expect.stringContaining(command) });
  });

  test("refuses a path through a file, and a link that leads to itself", async () => {
    const cwd = await tempFolder({ "a.txt": "a" });
    await symlink("self", join(cwd, "self"));
    await expect(discover(["a.txt/b"], { cwd })).rejects.toThrow(/a part of its path is a file/);
    await expect(discover(["self"], { cwd })).rejects.toThrow(/symbolic link that leads to itself/);
  });

  test.skipIf(isRoot)("refuses a file that may not be read", async () => {
    const cwd = await tempFolder({ "secret.txt": "s" });
    await chmod(join(cwd, "secret.txt"), 0);
    await expect(discover(["secret.txt"], { cwd })).rejects.toThrow(/secret.txt: may not be read/);
  });

  test("refuses an old Word file by name, with the command that converts it", async () => {
    const cwd = await tempFolder({ "a.doc": Buffer.from("\xd0\xcf\x11\xe0", "latin1") });
    const error = await discover(["a.doc"], { cwd }).catch((caught: unknown) => caught);
    expect(error).toMatchObject({
      message: "a.doc: DOC is not read yet; save it in the newer format first",
      hint: expect.stringContaining("soffice"),
      exitCode: 3,
    });
  });

  test("refuses an empty file and a device", async () => {
    const cwd = await tempFolder({ "empty.txt": "" });
    await expect(discover(["empty.txt"], { cwd })).rejects.toThrow("empty.txt: is empty");
    await expect(discover(["/dev/null"], { cwd })).rejects.toThrow(/not a regular file/);
  });

  test("says all that is wrong when nothing is left", async () => {
    const cwd = await tempFolder({ "b.bin": "a\0b" });
    const error = discover(["gone.txt", "b.bin"], { cwd });
    await expect(error).rejects.toThrow(/gone\.txt: no such file.*\n.*b\.bin: is binary/);
  });

  test("reports one bad path of several and goes on with the others", async () => {
    const cwd = await tempFolder({ "a.txt": "a" });
    const { files, skipped } = await discover(["gone.txt", "a.txt"], { cwd });
    expect(files).toEqual(["a.txt"]);
    const reason = "no such file or folder";
    expect(skipped).toEqual([{ path: "gone.txt", reason, code: "input.not-found", named: true }]);
  });
});

describe("folders", () => {
  test("finds text, source code and PDF at every depth, in name order", async () => {
    const cwd = await tempFolder({ "d/b.ts": "x", "d/a.txt": "a", "d/sub/c.pdf": "%PDF-1.4", "d/z.md": "z" });
    expect((await discover(["d"], { cwd })).files).toEqual(["d/a.txt", "d/b.ts", "d/z.md", "d/sub/c.pdf"]);
  });

  test("skips hidden, binary, empty and unsupported files, and lists each with its reason", async () => {
    const cwd = await tempFolder({
      "a.txt": "a",
      ".env": "secret",
      "b.bin": "\0\x01",
      "c.doc": Buffer.from("\xd0\xcf\x11\xe0", "latin1"),
      "d.txt": "",
    });
    const { files, skipped } = await discover(["."], { cwd });
    expect(files).toEqual(["a.txt"]);
    expect(skipped.map(({ path, named }) => [path, named])).toEqual([
      [".env", false],
      ["b.bin", false],
      ["c.doc", false],
      ["d.txt", false],
    ]);
    expect(skipped.map(({ reason }) => reason)).toEqual([
      "is hidden",
      expect.stringContaining("binary"),
      expect.stringContaining("DOC is"),
      "is empty",
    ]);
  });

  test("respects .gitignore at every level, the deeper file winning", async () => {
    const cwd = await tempFolder({
      ".gitignore": "*.log\nbuild/\n",
      "keep.txt": "k",
      "a.log": "l",
      "build/out.txt": "o",
      "sub/.gitignore": "!kept.log\nprivate.txt\n",
      "sub/kept.log": "l",
      "sub/private.txt": "p",
      "sub/open.txt": "o",
    });
    const { files, skipped } = await discover(["."], { cwd });
    expect(files).toEqual(["keep.txt", "sub/kept.log", "sub/open.txt"]);
    expect(skipped.filter(({ reason }) => reason.includes(".gitignore")).map(({ path }) => path)).toEqual([
      "a.log",
      "build",
      "sub/private.txt",
    ]);
  });

  test("respects the .gitignore of the repository around the folder", async () => {
    const cwd = await tempFolder({
      ".git/HEAD": "",
      ".gitignore": "*.log\n",
      "docs/a.txt": "a",
      "docs/b.log": "b",
    });
    expect((await discover(["docs"], { cwd })).files).toEqual(["docs/a.txt"]);
  });

  test("reads an ignored folder that was named", async () => {
    const cwd = await tempFolder({ ".git/HEAD": "", ".gitignore": "build/\n", "build/a.txt": "a" });
    expect((await discover(["build"], { cwd })).files).toEqual(["build/a.txt"]);
  });

  test("does not enter loops of symbolic links, and says what it left out", async () => {
    const cwd = await tempFolder({ "d/a.txt": "a" });
    await symlink("..", join(cwd, "d/up"));
    await symlink("a.txt", join(cwd, "d/same.txt"));
    const { files, skipped } = await discover(["d"], { cwd });
    expect(files).toEqual(["d/a.txt"]);
    expect(skipped).toEqual([{ path: "d/up", reason: "is a symbolic link to a folder", named: false }]);
  });

  test("does not wait for a pipe or follow a dead link in a folder", async () => {
    const cwd = await tempFolder({ "a.txt": "a" });
    execFileSync("mkfifo", [join(cwd, "pipe")]);
    await symlink("gone", join(cwd, "dead"));
    const { files, skipped } = await discover(["."], { cwd });
    expect(files).toEqual(["a.txt"]);
    expect(skipped.map(({ path }) => path)).toEqual(["dead", "pipe"]);
  });

  test("reads what a link to a folder leads to when the link was named", async () => {
    const cwd = await tempFolder({ "d/a.txt": "a" });
    await symlink("d", join(cwd, "link"));
    expect((await discover(["link"], { cwd })).files).toEqual(["link/a.txt"]);
  });

  test("refuses a folder without a readable document", async () => {
    const cwd = await tempFolder({ "d/b.bin": "\0" });
    await expect(discover(["d"], { cwd })).rejects.toThrow(
      /d: has no readable document \(1 skipped; .*binary/,
    );
  });
});

describe("globs", () => {
  test("match files at every depth in name order, but no hidden ones", async () => {
    const cwd = await tempFolder({ "b.md": "b", "a.md": "a", "x/c.md": "c", ".h/d.md": "d", "a.txt": "t" });
    expect((await discover(["**/*.md"], { cwd })).files).toEqual(["a.md", "b.md", "x/c.md"]);
  });

  test("find links to files, and each file once through a link to its folder", async () => {
    const cwd = await tempFolder({ "d/a.md": "a", "e.txt": "e" });
    await symlink("..", join(cwd, "d/up"));
    await symlink("../e.txt", join(cwd, "d/link.md"));
    expect((await discover(["d/**/*.md"], { cwd })).files).toEqual(["d/a.md", "d/link.md"]);
  });

  test("leave out ignored and binary files, and list them", async () => {
    const cwd = await tempFolder({ ".gitignore": "gen.md", "a.md": "a", "gen.md": "g", "bin.md": "\0" });
    const { files, skipped } = await discover(["*.md"], { cwd });
    expect(files).toEqual(["a.md"]);
    expect(skipped.map(({ path }) => path)).toEqual(["bin.md", "gen.md"]);
  });

  test("without a match are refused by name", async () => {
    const cwd = await tempFolder({ "a.md": "a" });
    await expect(discover(["*.pdf"], { cwd })).rejects.toThrow(/^\*\.pdf: no file of this name/);
  });
});

describe("what is read of folders and globs", () => {
  const FILES = {
    "d/a.md": "a",
    "d/b.txt": "b",
    "d/drafts/c.md": "c",
    "d/.notes/e.md": "e",
    "d/.git/config.txt": "g",
    "d/.gitignore": "f.md",
    "d/f.md": "f",
  };

  test("only files that include names, and none that exclude does; both are counted", async () => {
    const cwd = await tempFolder(FILES);
    const found = await discover(["d"], { cwd, include: ["*.md"], exclude: ["drafts/"] });
    expect(found.files).toEqual(["d/a.md"]);
    expect(found.skipped).toContainEqual({
      path: "d",
      reason: "1 file and 1 folder left out by include and exclude",
      named: false,
    });
    expect((await discover(["d/**"], { cwd, include: ["*.md"], exclude: ["drafts/"] })).files).toEqual([
      "d/a.md",
    ]);
  });

  test("hidden ones on demand, but never .git; ignored ones on demand", async () => {
    const cwd = await tempFolder(FILES);
    const options = { cwd, hidden: true, ignore: false, include: ["*.md", "config.txt"] };
    const all = ["d/.notes/e.md", "d/a.md", "d/drafts/c.md", "d/f.md"];
    expect((await discover(["d"], options)).files.toSorted()).toEqual(all);
    expect((await discover(["d/**"], options)).files.toSorted()).toEqual(all);
  });

  test("a file that is named is read, whatever is left out", async () => {
    const cwd = await tempFolder(FILES);
    expect((await discover(["d/b.txt"], { cwd, include: ["*.md"], exclude: ["*.txt"] })).files).toEqual([
      "d/b.txt",
    ]);
  });

  test("says what was left out, when nothing is left", async () => {
    const cwd = await tempFolder(FILES);
    await expect(discover(["d/drafts"], { cwd, include: ["*.pdf"] })).rejects.toThrow(
      "d/drafts: has no readable document (1 skipped; the first is d/drafts: 1 file left out by include and exclude)",
    );
  });
});
