import { chmod, link, lstat, readdir, readFile, stat, symlink } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { makePdf } from "../helpers/make-pdf.ts";
import { tempFolder } from "../helpers/temp-folder.ts";
import { focus } from "./spawn-focus.ts";

/** The smallest PNG: one white dot. */
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAG7buVgAAAABJRU5ErkJggg==",
  "base64",
);

const TEXT = "First line.\r\nred\tSecond line.\r\n";

describe("focus text", () => {
  it("prints a text file byte for byte into a pipe", async () => {
    const cwd = await tempFolder({ "a.txt": TEXT });
    expect(await focus(["text", "a.txt"], { cwd })).toMatchObject({ code: 0, stdout: TEXT });
  });

  it("prints the same as markdown, which it has no form of its own for", async () => {
    const cwd = await tempFolder({ "a.txt": TEXT });
    const env = { FOCUS_FORMAT: "markdown" };
    expect(await focus(["text", "a.txt"], { cwd, env })).toMatchObject({ code: 0, stdout: TEXT });
  });

  it("reads a pipe without a path, and - as standard input", async () => {
    const cwd = await tempFolder();
    for (const args of [["text"], ["text", "-"]]) {
      expect(await focus(args, { cwd, input: "Piped.\n" })).toMatchObject({
        code: 0,
        stdout: "Piped.\n",
        stderr: "",
      });
    }
  });

  it("marks pages, with what is printed on them, and exits with 4 under --strict when one has no text", async () => {
    const pdf = makePdf([{ lines: ["Preface text."] }, { picture: true }, { lines: ["Chapter text."] }], {
      labels: { 0: { style: "r" }, 2: { style: "D" } },
    });
    const cwd = await tempFolder({ "a.pdf": pdf });
    const { code, stdout, stderr } = await focus(["text", "a.pdf"], { cwd });
    expect(stdout).toMatch(
      /^--- page 1 \(printed i\) ---\nPreface text\.\n+--- page 2 \(printed ii\), no text ---\n+--- page 3 \(printed 1\) ---\nChapter text\.\n/u,
    );
    expect(stderr).toMatch(/^warning: a\.pdf: page 2 has no text/u);
    expect(code).toBe(0);
    expect((await focus(["text", "a.pdf", "--strict"], { cwd })).code).toBe(4);
  });

  it("prints only the pages that were asked for, and refuses what is no list of pages", async () => {
    const cwd = await tempFolder({ "a.pdf": makePdf([{ lines: ["Page one."] }, { lines: ["Page two."] }]) });
    const { code, stdout } = await focus(["text", "a.pdf", "--pages", "2-"], { cwd });
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^--- page 2 ---\nPage two\.\n+$/u)]);
    const bad = await focus(["text", "a.pdf", "--pages", "2-1"], { cwd });
    expect(bad).toMatchObject({ code: 2, stdout: "" });
    expect(bad.stderr).toMatch(/--pages is "2-1", expected a list of pages such as 3-10,15/u);
    const beyond = await focus(["text", "a.pdf", "--pages", "3"], { cwd });
    expect(beyond).toMatchObject({ code: 3, stdout: "" });
    expect(beyond.stderr).toMatch(/a\.pdf: has 2 pages, but page 3 was asked for\nhint: name some of 1-2/u);
  });

  it("prints JSON whose pages tile the text", async () => {
    const cwd = await tempFolder({
      "a.pdf": makePdf([
        { lines: ["The first page of two pages."] },
        { lines: ["The second page of two pages."] },
      ]),
    });
    const { code, stdout } = await focus(["text", "a.pdf", "--json"], { cwd });
    const { version, path, text, pages, warnings } = JSON.parse(stdout);
    expect([code, version, path, warnings]).toEqual([0, 1, "a.pdf", []]);
    expect(pages).toHaveLength(2);
    expect(pages[0]).toMatchObject({ number: 1, label: null, start: 0, characters: 23 });
    expect(pages[1]).toMatchObject({ number: 2, start: pages[0].end, end: text.length });
  });

  it("prints what is attached to a mail below it, and says what cannot be read", async () => {
    const part = (name: string, content: string): string =>
      `--x\nContent-Disposition: attachment; filename="${name}"\nContent-Transfer-Encoding: base64\n\n${btoa(content)}\n`;
    const mail = `From: a@example.org\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nSee the plan.\n${part("plan.txt", "The roof is new.")}${part("roof.bin", "\0\x01\x02\0")}--x--\n`;
    const cwd = await tempFolder({ "a.eml": mail });
    const { code, stdout, stderr } = await focus(["text", "a.eml"], { cwd });
    expect(code).toBe(0);
    expect(stdout).toMatch(/See the plan\.\n+=== a\.eml » plan\.txt ===\nThe roof is new\.\n$/u);
    expect(stderr).toContain("1 attachment was not read: roof.bin (4 bytes)");
    const { path, attachments } = JSON.parse((await focus(["text", "a.eml", "--json"], { cwd })).stdout);
    expect([path, attachments]).toEqual(["a.eml", [expect.objectContaining({ path: "a.eml » plan.txt" })]]);
  });

  it("prints JSON Lines on one line", async () => {
    const cwd = await tempFolder({ "a.txt": TEXT });
    const { stdout } = await focus(["text", "a.txt", "--format", "jsonl"], { cwd });
    expect(stdout.indexOf("\n")).toBe(stdout.length - 1);
    expect(JSON.parse(stdout).text).toBe(TEXT);
  });

  it("writes to -o as a whole, and to standard output for -o -", async () => {
    const cwd = await tempFolder({ "a.txt": TEXT, "out.txt": "before" });
    expect(await focus(["text", "a.txt", "-o", "out.txt"], { cwd })).toMatchObject({ code: 0, stdout: "" });
    expect(await readFile(join(cwd, "out.txt"), "utf8")).toBe(TEXT);
    expect((await focus(["text", "a.txt", "-o", "-"], { cwd })).stdout).toBe(TEXT);
  });

  it("writes through a link and keeps the mode of what it replaces", async () => {
    const cwd = await tempFolder({ "a.txt": TEXT, "real.txt": "before" });
    await chmod(join(cwd, "real.txt"), 0o600);
    await symlink("real.txt", join(cwd, "link.txt"));
    expect((await focus(["text", "a.txt", "-o", "link.txt"], { cwd })).code).toBe(0);
    expect(await readFile(join(cwd, "real.txt"), "utf8")).toBe(TEXT);
    expect((await lstat(join(cwd, "link.txt"))).isSymbolicLink()).toBe(true);
    expect((await stat(join(cwd, "real.txt"))).mode & 0o777).toBe(0o600);
  });

  it("never replaces its own document, by whatever name", async () => {
    const cwd = await tempFolder({ "a.txt": TEXT });
    await symlink("a.txt", join(cwd, "link.txt"));
    await link(join(cwd, "a.txt"), join(cwd, "hard.txt"));
    await symlink("none.txt", join(cwd, "dangling.txt"));
    for (const output of ["link.txt", "hard.txt", "dangling.txt"]) {
      expect((await focus(["text", "a.txt", "-o", output], { cwd })).code).toBe(2);
    }
    expect((await focus(["ask", ".", "What?", "-o", "a.txt"], { cwd })).stderr).toContain("to be read");
    expect(await readFile(join(cwd, "a.txt"), "utf8")).toBe(TEXT);
  });

  it("writes straight into what is no file", async () => {
    const cwd = await tempFolder({ "a.txt": TEXT });
    expect((await focus(["text", "a.txt", "-o", "/dev/null"], { cwd })).code).toBe(0);
    expect((await stat("/dev/null")).isCharacterDevice()).toBe(true);
  });

  it.each([
    ["the document itself", "a.txt", "is a document that is to be read"],
    ["a folder that is not there yet", "new/", "expected a file"],
    ["a place where nothing can be written", "/proc/out.txt", "cannot be written"],
  ])("refuses %s for -o", async (_, output, message) => {
    const cwd = await tempFolder({ "a.txt": TEXT });
    const { code, stderr } = await focus(["text", "a.txt", "-o", output], { cwd });
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
    expect(await readdir(cwd)).toEqual(["a.txt"]);
    expect(await readFile(join(cwd, "a.txt"), "utf8")).toBe(TEXT);
  });

  it("leaves the file of -o alone when nothing could be read", async () => {
    const cwd = await tempFolder({ "out.txt": "before" });
    expect((await focus(["text", "none.txt", "-o", "out.txt"], { cwd })).code).toBe(3);
    expect(await readFile(join(cwd, "out.txt"), "utf8")).toBe("before");
  });

  it("opens an encrypted PDF with --password, FOCUS_PASSWORD or --password-file, and says so without", async () => {
    const file = await readFile(new URL("../fixtures/encrypted.pdf", import.meta.url));
    const cwd = await tempFolder({ "a.pdf": file, secret: "\ufeffsesame\r\nnot this\n", empty: "\n" });
    const opened = { code: 0, stdout: expect.stringContaining("The treasure is in the cave."), stderr: "" };
    expect(await focus(["text", "a.pdf", "--password", "sesame"], { cwd })).toMatchObject(opened);
    expect(await focus(["text", "a.pdf"], { cwd, env: { FOCUS_PASSWORD: "sesame" } })).toMatchObject(opened);
    const byFile = ["text", "a.pdf", "--password-file", "secret"];
    expect(await focus(byFile, { cwd, env: { FOCUS_PASSWORD: "wrong" } })).toMatchObject(opened);
    const wrong = await focus(["text", "a.pdf", "--password", "wrong"], { cwd });
    expect([wrong.code, wrong.stderr]).toEqual([3, expect.stringContaining("the password is wrong")]);
    for (const name of ["none", "empty"]) {
      const bad = await focus(["text", "a.pdf", "--password-file", name], { cwd });
      expect([bad.code, bad.stderr]).toEqual([2, expect.stringContaining(`the password file ${name} `)]);
    }
    const without = await focus(["text", "a.pdf"], { cwd });
    expect([without.code, without.stdout]).toEqual([3, ""]);
    expect(without.stderr).toMatch(/password/u);
  });

  it("takes options before the command as well as after it, the nearest wins", async () => {
    const cwd = await tempFolder({ "a.txt": "Hello.\n" });
    const before = await focus(["--json", "text", "a.txt"], { cwd });
    expect(JSON.parse(before.stdout).text).toBe("Hello.\n");
    expect((await focus(["--json", "text", "--format", "text", "a.txt"], { cwd })).stdout).toBe("Hello.\n");
    expect((await focus(["text", "a.txt"], { cwd, env: { FOCUS_FORMAT: "jsonl" } })).stdout).toMatch(
      /^\{.*\}\n$/u,
    );
  });

  it("ends with 5 where text recognition is damaged, and its help says that it may", async () => {
    const ocr = {
      "ocr/node_modules/tesseract.js/package.json": "{}",
      "ocr/languages/eng.traineddata.gz": "",
    };
    const cwd = await tempFolder({ ...ocr, "ocr/package.json": "{}", "a.png": PNG });
    const { code, stderr } = await focus(["text", "a.png"], { cwd });
    expect([code, stderr]).toEqual([5, expect.stringContaining("does not start: Cannot find module")]);
    const { stdout } = await focus(["text", "--help"], { cwd });
    expect(stdout).toContain("\nExit codes: 0, 1, 2, 3, 4, 5, 124, ");
  });
});
