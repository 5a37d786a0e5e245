import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { tempFolder } from "../helpers/temp-folder.ts";
import { focus } from "./spawn-focus.ts";

const FILES = { "a.txt": "One of three.", "in/b.txt": "Two of three.", "in/c.md": "Three of three." };

describe("focus add", () => {
  it("gives paths a name, more of them later, and lists and takes away", async () => {
    const cwd = await tempFolder(FILES);
    const run = (...args: string[]) => focus(["add", ...args], { cwd });
    expect(await run()).toMatchObject({
      code: 0,
      stdout: "",
      stderr: expect.stringContaining("focus add NAME"),
    });
    expect(await run("three", "a.txt")).toMatchObject({
      code: 0,
      stdout: `name    path\n@three  ${join(cwd, "a.txt")}\n`,
    });
    await run("@three", "in/*.md", "a.txt");
    await run("all", "@three", "in");
    const { stdout } = await run("--json");
    const three = [join(cwd, "a.txt"), join(cwd, "in/*.md")];
    expect(JSON.parse(stdout)).toEqual({
      version: 1,
      command: "add",
      collections: [
        { name: "all", paths: [...three, join(cwd, "in")] },
        { name: "three", paths: three },
      ],
    });
    await run("--remove", "all");
    expect((await run("--remove", "three", "a.txt")).stdout).toBe(
      `name    path\n@three  ${join(cwd, "in/*.md")}\n`,
    );
    expect((await run("--remove", "three", "in/*.md")).stdout).toBe("");
  });

  it("gives globs a name in folders whose own names look like globs, and takes them away", async () => {
    const home = await tempFolder({
      "reports (2024) [x]/in/a.txt": "One.",
      "reports (2024) [x]/b.txt": "Two.",
    });
    const cwd = join(home, "reports (2024) [x]");
    const run = (...args: string[]) => focus(args, { cwd, env: { FOCUS_HOME: home } });
    expect(await run("add", "one", "in/*.txt")).toMatchObject({
      code: 0,
      stdout: `name  path\n@one  ${join(cwd, "in/*.txt")}\n`,
    });
    expect((await run("read", "@one", "--offline", "--verbose")).stderr).toContain("parsing in/a.txt\n");
    const elsewhere = await focus(["read", "@one", "--offline", "--verbose"], { cwd: home });
    expect(elsewhere.stderr).toContain("parsing reports (2024) [x]/in/a.txt\n");
    expect(await run("add", "--remove", "one", "in/*.txt")).toMatchObject({ code: 0, stdout: "" });
  });

  it.each([
    { args: ["three"], code: 2, says: "no path was given for @three" },
    { args: ["Three", "a.txt"], code: 2, says: '"Three" cannot be the name of a collection' },
    { args: ["three", "a.txt", "none.txt"], code: 3, says: "none.txt: no such file or folder" },
    { args: ["three", "-"], code: 2, says: "standard input cannot be given a name" },
    { args: ["three", "@other"], code: 2, says: "there is no collection @other" },
    { args: ["--remove"], code: 2, says: "nothing was named to be removed" },
    { args: ["--remove", "three"], code: 2, says: "there is no collection @three" },
  ])("refuses $args, and adds nothing", async ({ args, code, says }) => {
    const cwd = await tempFolder(FILES);
    const refused = await focus(["add", ...args], { cwd });
    expect([refused.code, refused.stdout]).toEqual([code, ""]);
    expect(refused.stderr).toContain(says);
    expect((await focus(["add"], { cwd })).stdout).toBe("");
  });
});

describe("@NAME", () => {
  const collections = (cwd: string) => ({
    "collections/one.txt": `${join(cwd, "a.txt")}\n`,
    "collections/two.txt": `${join(cwd, "in")}\n${join(cwd, "a.txt")}\n`,
  });

  it.each([
    ["ask", "@none", "Why?"],
    ["find", "@none", "Why?"],
    ["chat", "@none"],
    ["extract", "@none", "--schema", "s.json"],
    ["summarize", "@none"],
    ["read", "@none"],
    ["text", "@none"],
    ["mcp", "@none"],
    ["serve", "@none"],
  ])("is refused by %s where there is none of that name, with those that there are", async (...args) => {
    const cwd = await tempFolder(FILES);
    const home = await tempFolder(collections(cwd));
    const { code, stderr } = await focus(args, { cwd, env: { FOCUS_HOME: home } });
    expect(code).toBe(2);
    expect(stderr).toContain("there is no collection @none\nhint: did you mean @one? there are @one, @two");
  });

  it("stands for its paths, one of them for text", async () => {
    const cwd = await tempFolder(FILES);
    const env = { FOCUS_HOME: await tempFolder(collections(cwd)) };
    expect(await focus(["text", "@one"], { cwd, env })).toMatchObject({ code: 0, stdout: "One of three.\n" });
    const two = await focus(["text", "@two"], { cwd, env });
    expect([two.code, two.stderr]).toEqual([
      2,
      expect.stringContaining("@two has 2 paths, expected one document"),
    ]);
    const asked = await focus(["ask", "@one"], { cwd, env });
    expect(asked.stderr).toContain("no question was given: the last argument, @one, is a collection");
    // As far as the models, which are not here.
    const read = await focus(["read", "@two", "--offline", "--verbose"], { cwd, env });
    expect(read.code).toBe(5);
    for (const name of ["a.txt", "in/b.txt", "in/c.md"]) expect(read.stderr).toContain(`parsing ${name}\n`);
  });

  it("tells files of one name apart: relative where they lie below the current folder, absolute elsewhere", async () => {
    const [here, there] = [await tempFolder({ "a.txt": "Here." }), await tempFolder({ "a.txt": "There." })];
    const names = { "collections/here.txt": `${here}\n`, "collections/there.txt": `${there}\n` };
    const env = { FOCUS_HOME: await tempFolder(names) };
    const read = await focus(["read", "@here", "@there", "--offline", "--verbose"], { cwd: here, env });
    expect(read.stderr).toContain("parsing a.txt\n");
    expect(read.stderr).toContain(`parsing ${join(there, "a.txt")}\n`);
  });
});
