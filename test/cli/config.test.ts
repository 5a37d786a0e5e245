import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { main } from "../../src/cli/main.ts";
import { tempFolder } from "../helpers/temp-folder.ts";
import { fakeHost } from "./fake-host.ts";
import { focus } from "./spawn-focus.ts";

describe("focus config", () => {
  it("sets what get then says, and list says where it came from", async () => {
    const [home, cwd] = [await tempFolder(), await tempFolder()];
    const env = { FOCUS_HOME: home };
    const set = await focus(["config", "set", "chunk", "256"], { cwd, env });
    const path = join(home, "focus.toml");
    expect(set).toMatchObject({ code: 0, stdout: "", stderr: `set chunk in ${path}\n` });
    expect(await readFile(path, "utf8")).toBe("chunk = 256\n");
    expect((await focus(["config", "path"], { cwd, env })).stdout).toBe(`${path}\n`);
    expect((await focus(["config", "get", "chunk"], { cwd, env })).stdout).toBe("256\n");
    const { stdout } = await focus(["config", "list", "--json"], { cwd, env });
    const { command, settings } = JSON.parse(stdout);
    expect(command).toBe("config list");
    expect(settings).toContainEqual({ key: "chunk", value: 256, origin: `${path}: chunk` });
    expect(settings).toContainEqual({ key: "model", value: null, origin: "default" });
  });

  it("says when something else wins over what was set", async () => {
    const cwd = await tempFolder();
    const env = { FOCUS_CHUNK: "128" };
    const { code, stderr } = await focus(["config", "set", "chunk", "256"], { cwd, env });
    expect([code, stderr]).toEqual([0, expect.stringContaining("FOCUS_CHUNK says otherwise here")]);
  });

  it("refuses what is no setting or no value of it, and writes nothing", async () => {
    const cwd = await tempFolder();
    const unknown = await focus(["config", "set", "chunck", "256"], { cwd });
    expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining("did you mean chunk?")]);
    const bad = await focus(["config", "set", "chunk", "12"], { cwd });
    expect([bad.code, bad.stderr]).toEqual([2, expect.stringContaining("expected a whole number from 64")]);
    expect((await focus(["config", "get", "chunk"], { cwd })).stdout).toBe("512\n");
  });
});

it("prints JSON of what it sets, and of where", async () => {
  const cwd = await tempFolder();
  const path = join(cwd, "focus.toml");
  const printed = async (...args: readonly string[]): Promise<unknown> => {
    const host = fakeHost({ cwd, isTTY: false });
    expect(await main(["config", ...args], host)).toBe(0);
    return host.out();
  };
  const set = { version: 1, command: "config set", key: "chunk", value: 256, path };
  expect(await printed("set", "chunk", "256", "--format", "jsonl")).toBe(`${JSON.stringify(set)}\n`);
  expect(await printed("set", "password", "sesame", "--format", "jsonl")).toContain('"value":"(set)"');
  expect(await printed("path", "--format", "jsonl")).toBe(
    `${JSON.stringify({ version: 1, command: "config path", path })}\n`,
  );
  expect(await printed("set", "chunk", "512", "-o", "chunk.txt")).toBe("");
  expect(await readdir(cwd)).toEqual(["focus.toml"]);
});

it("gets a value as it is into a pipe, and without what steers it on a terminal", async () => {
  const cwd = await tempFolder({ "focus.toml": 'ocr = "a\\u001b[31mb"\n' });
  for (const isTTY of [true, false]) {
    const host = fakeHost({ cwd, isTTY });
    expect(await main(["config", "get", "ocr"], host)).toBe(0);
    expect(host.out()).toBe(isTTY ? "ab\n" : "a\u001b[31mb\n");
  }
});

describe("settings of one's own focus.toml that stand in the way", () => {
  /** A folder with a document, where focus.toml, in another, has these lines. */
  async function run(toml: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
    const [home, cwd] = [await tempFolder({ "focus.toml": toml, pw: "sesame\n" }), await documents()];
    const host = fakeHost({ cwd, env: { FOCUS_HOME: home, ...env }, isTTY: false });
    return { code: await main(args, host), out: host.out(), err: host.err(), home, cwd };
  }

  async function documents(): Promise<string> {
    const file = await readFile(new URL("../fixtures/encrypted.pdf", import.meta.url));
    return tempFolder({ "a.txt": "Hello.\n", "a.pdf": file });
  }

  it("can be changed and read all the same, and lists are printed", async () => {
    const toml = 'password-file = "none"\noutput = "none/answer.txt"\n';
    expect(await run(toml, ["config", "set", "output", "b.txt"])).toMatchObject({ code: 0, out: "" });
    for (const command of [["config", "get", "output"], ["config", "list"], ["cache", "ls"], ["add"]]) {
      const { code, out } = await run(toml, command);
      expect([code, out === ""]).toEqual([0, command[0] === "add"]);
    }
  });

  it("are named where documents are opened, with what to do", async () => {
    const none = await run('password-file = "none"', ["text", "a.txt"]);
    const file = join(none.home, "focus.toml");
    expect([none.code, none.err]).toEqual([
      2,
      `focus: the password file none (${file}: password-file) cannot be read: no such file or folder\n` +
        `hint: name a file whose first line is the password, or take the line out of ${file}\n`,
    ]);
    const output = await run('output = "none/x"', ["text", "a.txt"]);
    expect(output.err).toContain(
      `focus: ${join(output.home, "focus.toml")}: output ${output.cwd}/none/x: its`,
    );
    const variable = await run("", ["text", "a.txt"], { FOCUS_OUTPUT: "none/x" });
    expect(variable.err).toContain("focus: FOCUS_OUTPUT ");
  });

  it("have the output of answers, and not that of a chat", async () => {
    const { code, cwd } = await run('output = "answer.txt"', ["text", "a.txt"]);
    expect([code, await readFile(join(cwd, "answer.txt"), "utf8")]).toEqual([0, "Hello.\n"]);
    const chat = await run('output = "answer.txt"', ["chat", "none.txt"]);
    expect([chat.code, chat.err]).toEqual([3, expect.stringContaining("none.txt: no such file or folder")]);
    const refused = await run("", ["chat", "a.txt"], { FOCUS_OUTPUT: "answer.txt" });
    expect(refused.err).toContain(
      "chat writes its answers to standard output, and FOCUS_OUTPUT names a file",
    );
  });

  it("find a password file beside them, and one that was typed where it was typed", async () => {
    expect(await run('password-file = "pw"', ["text", "a.pdf"])).toMatchObject({ code: 0, err: "" });
    const { home, cwd } = await run("", ["config", "set", "password-file", "secret"]);
    expect(await readFile(join(home, "focus.toml"), "utf8")).toBe(
      `password-file = ${JSON.stringify(join(cwd, "secret"))}\n`,
    );
  });
});
