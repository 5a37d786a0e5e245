import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { reportFormatter } from "../../src/cli/formatters.ts";
import { main } from "../../src/cli/main.ts";
import { loadConfig } from "../../src/config/load.ts";
import { tempFolder } from "../helpers/temp-folder.ts";
import { fakeHost } from "./fake-host.ts";
import { focus } from "./spawn-focus.ts";

const FORMATS = { text: () => "text\n", json: () => "json\n" };

describe("the format of what is no answer", () => {
  /** What is printed, and what --verbose says. */
  async function printed(project: string, env: Readonly<Record<string, string>> = {}) {
    const cwd = await tempFolder({ "focus.toml": project });
    const loaded = await loadConfig({ flags: new Map(), env: { FOCUS_HOME: cwd, ...env }, cwd });
    const said: string[] = [];
    const progress = { verbose: (message: string) => void said.push(message) };
    return [reportFormatter({ ...loaded, progress }, FORMATS)(undefined, { color: false, width: 80 }), said];
  }

  it("is that of a file where the result has it, and text where it has not", async () => {
    expect(await printed('format = "json"')).toEqual(["json\n", []]);
    expect(await printed('format = "markdown"')).toEqual(["text\n", []]);
    expect(await printed('format = "html"')).toEqual([
      "text\n",
      ['focus.toml: format is "html", which is not known here: this is text'],
    ]);
  });

  it("is refused where a variable names one that the result does not have", async () => {
    await expect(printed('format = "json"', { FOCUS_FORMAT: "html" })).rejects.toMatchObject({
      message: 'FOCUS_FORMAT is "html", which is not known here, expected one of text, json',
      hint: expect.stringContaining("--format text"),
    });
  });

  it.each([
    { args: ["config", "list"] },
    { args: ["cache", "ls"] },
    { args: ["model", "list"] },
    { args: ["ocr", "list"] },
    { args: ["add"] },
    { args: ["text", "a.txt"] },
  ])("of a file is in nobody's way: $args", async ({ args }) => {
    const cwd = await tempFolder({ "focus.toml": 'format = "html"', "a.txt": "One." });
    expect(await focus(args, { cwd })).toMatchObject({ code: 0 });
  });

  it.each([{ args: ["skill"] }, { args: ["completion", "bash"] }])(
    "of what is text alone is refused by a flag, and by nothing else: $args",
    async ({ args }) => {
      const cwd = await tempFolder();
      const refused = fakeHost({ cwd, isTTY: false });
      expect(await main([...args, "--json"], refused)).toBe(2);
      expect(refused.err()).toContain('--json is "json", which is not known here, expected one of text');
      const host = fakeHost({ cwd, isTTY: false, env: { FOCUS_FORMAT: "json" } });
      expect(await main(args, host)).toBe(0);
    },
  );

  it.each([
    { args: ["setup"] },
    { args: ["model", "pull", "smollm2-135m"] },
    { args: ["model", "rm", "smollm2-135m"] },
    { args: ["model", "path"] },
    { args: ["ocr", "pull"] },
    { args: ["config", "path"] },
    { args: ["config", "set", "chunk", "64"] },
  ])("that nothing is printed in is refused before anything is done: $args", async ({ args }) => {
    const cwd = await tempFolder();
    const host = fakeHost({ cwd, isTTY: false });
    expect(await main([...args, "--format", "csv", "--offline"], host)).toBe(2);
    expect(host.err()).toContain(
      '--format is "csv", which is not known here, expected one of text, json, jsonl',
    );
  });

  it("of a path is JSON where it is asked for", async () => {
    const cwd = await tempFolder({ "models/own.gguf": "GGUF" });
    const path = join(cwd, "models");
    for (const [args, printed] of [
      [["model", "path"], { version: 1, command: "model path", path }],
      [
        ["model", "rm", "own"],
        { version: 1, command: "model rm", name: "own", path: join(path, "own.gguf"), bytes: 4 },
      ],
    ] as const) {
      const host = fakeHost({ cwd, isTTY: false });
      expect(await main([...args, "--json"], host)).toBe(0);
      expect(JSON.parse(host.out())).toEqual(printed);
    }
  });

  it.each([
    { args: ["extract", "a.txt", "--schema", "none"], format: "html" },
    { args: ["ask", "a.txt", "Who?"], format: "csv" },
    { args: ["find", "a.txt", "Who?"], format: "none" },
    { args: ["summarize", "a.txt"], format: "csv" },
  ])("of a file is refused by name where an answer does not have it: $args", async ({ args, format }) => {
    const cwd = await tempFolder({ "focus.toml": `format = "${format}"`, "a.txt": "One." });
    const { code, stderr } = await focus(args, { cwd });
    expect([code, stderr]).toEqual([2, expect.stringContaining(`focus.toml: format is "${format}", `)]);
  });
});
