import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ERROR_CODES } from "../../src/errors.ts";
import { tempFolder } from "../helpers/temp-folder.ts";
import { focus } from "./spawn-focus.ts";

describe("errors under --json stand on standard output", () => {
  it.each([
    [["text", "none.txt", "--json"], "text", "input.not-found", 3],
    [["ask", "none.txt", "Who?", "--format", "json"], "ask", "input.not-found", 3],
    [["--json", "text", "empty.txt"], "text", "input.empty", 3],
    [["text", ".", "--json"], "text", "input.is-folder", 3],
    [["text", "pack.zip", "--json"], "text", "input.unsupported", 3],
    [["text", "a.pdf", "--json"], "text", "input.encrypted", 3],
    [["aks", "--json"], null, "usage.unknown-command", 2],
    [["text", "a.txt", "--chunkk", "--json"], "text", "usage.unknown-option", 2],
    [["model", "rm", "--json"], "model rm", "usage.missing-argument", 2],
    [["text", "a.txt", "--json", "--threads", "0"], "text", "usage.invalid-setting", 2],
    [["ask", "a.txt", "--json"], "ask", "usage.no-question", 2],
    [["model", "path", "none-such", "--json"], "model path", "model.not-found", 5],
    [["ask", "a.txt", "Who?", "--offline", "--json"], "ask", "model.not-here", 5],
    [["cache", "rm", "none", "--json"], "cache rm", "usage", 2],
  ])("%j", async (args, ...expected) => {
    const [command, code, exit] = expected;
    const encrypted = await readFile(new URL("../fixtures/encrypted.pdf", import.meta.url));
    const files = {
      "a.txt": "Hello.\n",
      "empty.txt": "",
      "a.pdf": encrypted,
      "pack.zip": "PK\u0003\u0004\u0000",
    };
    const run = await focus(args, { cwd: await tempFolder(files) });
    const { error, ...head } = JSON.parse(run.stdout);
    expect(head).toEqual({ version: 1, command });
    expect(error).toMatchObject({ code, exit });
    expect(run.code).toBe(exit);
    expect(run.stderr).toContain(`focus: ${error.message.replaceAll("\n", " ")}\n`);
    if (error.hint !== null) expect(run.stderr).toContain(`hint: ${error.hint}\n`);
  });

  it("are one line for jsonl, also by the variable", async () => {
    const cwd = await tempFolder();
    const { stdout } = await focus(["text", "none.txt"], { cwd, env: { FOCUS_FORMAT: "jsonl" } });
    expect(stdout.trimEnd().split("\n")).toHaveLength(1);
    expect(JSON.parse(stdout).error.code).toBe("input.not-found");
  });

  it("are none for text, and a name behind -- is no option", async () => {
    const cwd = await tempFolder();
    expect((await focus(["text", "none.txt"], { cwd })).stdout).toBe("");
    expect((await focus(["text", "--", "--json"], { cwd })).stdout).toBe("");
  });

  it("leave the file of -o alone", async () => {
    const cwd = await tempFolder({ "out.json": "before" });
    const { stdout } = await focus(["text", "none.txt", "--json", "-o", "out.json"], { cwd });
    expect(JSON.parse(stdout).error.exit).toBe(3);
    expect(await readFile(join(cwd, "out.json"), "utf8")).toBe("before");
  });
});

it("docs/json.md lists every code", async () => {
  const text = await readFile(new URL("../../docs/json.md", import.meta.url), "utf8");
  expect(ERROR_CODES.filter((code) => !text.includes(`\`${code}\``))).toEqual([]);
});
