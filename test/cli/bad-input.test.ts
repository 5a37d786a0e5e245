import { chmod, symlink } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { makePdf } from "../helpers/make-pdf.ts";
import { tempFolder } from "../helpers/temp-folder.ts";
import { focus, type Spawned } from "./spawn-focus.ts";

const PDF = makePdf([{ lines: ["A page of text."] }, { lines: ["Another one."] }]);

/** Bytes that look random, and are the same every time. */
function noise(size: number): Uint8Array {
  let state = 1;
  return Uint8Array.from({ length: size }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 24;
  });
}

/** One line that says what is wrong, at most one that says what to do, nothing else. */
function expectRefusal({ code, stdout, stderr }: Spawned, expected: number, message: RegExp): void {
  expect(stderr).toMatch(/^focus: [^\n]+\n(?:hint: [^\n]+\n)?$/u);
  expect(stderr).toMatch(message);
  expect([code, stdout]).toEqual([expected, ""]);
}

describe("what cannot be read exits with 3 and one line, without a stack", () => {
  const content: Readonly<Record<string, string | Uint8Array>> = {
    "empty.txt": "",
    "blank.txt": " \n\n\t\n",
    "noise.pdf": noise(5000),
    "noise.txt": noise(5000),
    "truncated.pdf": PDF.subarray(0, PDF.length / 2),
    "head.pdf": "%PDF-1.7\n",
    "pictures.pdf": makePdf([{ picture: true }]),
    "letter.docx": Buffer.concat([Buffer.from("PK\u0003\u0004"), noise(500)]),
    "folder/a.txt": "a",
  };

  it.each([
    ["none.txt", /none\.txt: no such file or folder/u],
    ["none/a.txt", /no such file or folder/u],
    ["empty.txt/a.txt", /no such file or folder/u],
    ["empty.txt", /empty\.txt: is empty/u],
    ["blank.txt", /is empty \(nothing but white space\)/u],
    ["noise.pdf", /noise\.pdf: is binary/u],
    ["noise.txt", /is binary/u],
    ["truncated.pdf", /a damaged or truncated one\nhint: /u],
    ["head.pdf", /a damaged or truncated one\nhint: /u],
    ["pictures.pdf", /has 1 page and no text on it[^\n]*\nhint: [^\n]*focus ocr pull eng/u],
    ["letter.docx", /letter\.docx: /u],
    ["folder", /is a folder, expected a file/u],
    ["/dev/null", /is empty/u],
  ])("%s", async (path, message) => {
    const cwd = await tempFolder(content);
    expectRefusal(await focus(["text", path], { cwd }), 3, message);
  });

  it("a symbolic link that leads to itself, or nowhere", async () => {
    const cwd = await tempFolder();
    await symlink("a", join(cwd, "b"));
    await symlink("b", join(cwd, "a"));
    await symlink("none", join(cwd, "c"));
    expectRefusal(await focus(["text", "a"], { cwd }), 3, /a symbolic link that leads to itself/u);
    expectRefusal(await focus(["text", "c"], { cwd }), 3, /c: no such file or folder/u);
  });

  // root may read everything
  it.skipIf(process.getuid?.() === 0)("a file without the right to read it", async () => {
    const cwd = await tempFolder({ "a.txt": "secret" });
    await chmod(join(cwd, "a.txt"), 0);
    expectRefusal(
      await focus(["text", "a.txt"], { cwd }),
      3,
      /a\.txt: may not be read \(permission denied\)/u,
    );
  });

  it.each([
    ["", /standard input: is empty/u],
    ["\u0000\u0001\u0002", /standard input: is binary/u],
    ["%PDF-1.7\n", /standard input: is not a PDF/u],
  ])("standard input of %j", async (input, message) => {
    expectRefusal(await focus(["text", "-"], { cwd: await tempFolder(), input }), 3, message);
  });

  it("a name with a line feed and escape codes is told on the same one line", async () => {
    const cwd = await tempFolder();
    const result = await focus(["text", "a\nhint: rm -rf\u001b[31m.txt"], { cwd });
    expectRefusal(result, 3, /^focus: a hint: rm -rf\.txt: no such file or folder\n$/u);
  });
});

describe("what was not meant exits with 2", () => {
  it("an empty name, as of a variable that is not set", async () => {
    const cwd = await tempFolder();
    expectRefusal(await focus(["text", ""], { cwd }), 2, /the name of a document is empty\nhint: usage: /u);
    expectRefusal(await focus(["ask", "", "Who?"], { cwd }), 2, /the name of a document is empty/u);
  });

  it("a name that begins with a dash, which could be an option", async () => {
    const cwd = await tempFolder({ "-a.txt": "Dash.\n" });
    const result = await focus(["text", "-a.txt"], { cwd });
    expectRefusal(
      result,
      2,
      /unknown option '-a\.txt'\nhint: a file of that name is given as \.\/-a\.txt\n/u,
    );
    for (const args of [
      ["text", "./-a.txt"],
      ["text", "--", "-a.txt"],
    ]) {
      expect(await focus(args, { cwd })).toMatchObject({ code: 0, stdout: "Dash.\n" });
    }
  });
});

describe("what is odd but readable is read", () => {
  const names = [
    "a b.txt",
    "a\nb.txt",
    "ünïcödé 文書 😀.txt",
    "br[ack]et*{x}?.txt",
    "#hash%41&.txt",
    "quo'te\".txt",
  ];

  it.each(names)("a file called %j", async (name) => {
    const cwd = await tempFolder({ [name]: "Odd.\n" });
    expect(await focus(["text", name], { cwd })).toMatchObject({ code: 0, stdout: "Odd.\n", stderr: "" });
  });

  it("bytes that are no UTF-8, with a warning", async () => {
    const cwd = await tempFolder({ "a\nb.txt": Buffer.from("ok \xff\xfe\xfa broken \xc3 end\n", "latin1") });
    const { code, stdout, stderr } = await focus(["text", "a\nb.txt"], { cwd });
    expect([code, stdout.slice(0, 3), stdout.slice(-5)]).toEqual([0, "ok ", "end\n".padStart(5)]);
    expect(stderr).toMatch(/^warning: a b\.txt: guessed encoding [^\n]+\n$/u);
  });

  it("a line of five megabytes, in seconds", async () => {
    const cwd = await tempFolder({ "a.txt": "x".repeat(5_000_000) });
    const { code, stdout, elapsedMs } = await focus(["text", "a.txt"], { cwd });
    expect([code, stdout.length]).toEqual([0, 5_000_001]);
    expect(elapsedMs).toBeLessThan(10_000);
  });
});
