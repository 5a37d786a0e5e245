import { describe, expect, it } from "vitest";
import { main } from "../../src/cli/main.ts";
import { createProgram } from "../../src/cli/program.ts";
import { FORMATS, formatsOf } from "../../src/cli/taken.ts";
import { tempFolder } from "../helpers/temp-folder.ts";
import { fakeHost } from "./fake-host.ts";

const FILES = {
  "a.txt": "Hello.\n",
  "s.json": '{"type": "object", "properties": {"name": {"type": "string"}}}',
};

/** What a run says, where no model is and none may be pulled. */
async function run(...args: readonly string[]) {
  const host = fakeHost({ cwd: await tempFolder(FILES), isTTY: false, input: "" });
  const code = await main([...args, "--offline"], host);
  return { code, out: host.out(), err: host.err() };
}

function helpOf(...path: readonly string[]): string {
  let command = createProgram(async () => {});
  for (const name of path) command = command.commands.find((one) => one.name() === name) ?? command;
  return command.helpInformation();
}

describe("the help of a command", () => {
  it.each([
    { args: ["ask", "a.txt", "Who?"] },
    { args: ["chat", "a.txt"] },
    { args: ["find", "a.txt", "Who?"] },
    { args: ["extract", "a.txt", "--schema", "s.json"] },
    { args: ["summarize", "a.txt"] },
    { args: ["read", "a.txt"] },
    { args: ["text", "a.txt"] },
    { args: ["add"] },
    { args: ["cache", "ls"] },
    { args: ["config", "path"] },
    { args: ["model", "list"] },
  ])("lists the formats that it takes, and no other: $args", async ({ args }) => {
    const [first = "", second = ""] = args;
    const program = createProgram(async () => {});
    const above = program.commands.find((one) => one.name() === first) ?? program;
    const command = above.commands.find((one) => one.name() === second) ?? above;
    const listed: readonly string[] = formatsOf(command) ?? [];
    expect(command.helpInformation()).toContain(
      `(${FORMATS.all.filter((one) => listed.includes(one)).join("|")}`,
    );
    for (const format of FORMATS.all) {
      const { err } = await run(...args, "--format", format);
      // What has no markdown of its own is text there.
      const isRefused = err.includes("which is not known here");
      expect([format, isRefused]).toEqual([format, format !== "markdown" && !listed.includes(format)]);
    }
  });

  it("names no format where there is text alone, and tells of html and csv where there are", () => {
    for (const name of ["completion", "skill"]) expect(helpOf(name)).not.toMatch(/--format|--json/u);
    expect(helpOf("ask")).toMatch(/html shows/u);
    expect(helpOf("ask")).not.toMatch(/csv/u);
    expect(helpOf("extract")).not.toMatch(/html/u);
  });

  it("names no option that the command does not use", () => {
    expect(helpOf("find")).not.toContain("--model");
    expect(helpOf("read")).not.toContain("--model");
    expect(helpOf("chat")).not.toContain("--output");
    expect(helpOf("serve")).not.toContain("--fail-if-absent");
  });
});

describe("an option that does nothing in a command", () => {
  it.each([
    [
      ["ask", "none.txt", "Who?", "--length", "short"],
      "--length does nothing in focus ask; it is for focus summarize",
    ],
    [
      ["--style", "bullets", "text", "a.txt"],
      "--style does nothing in focus text; it is for focus summarize",
    ],
    [["find", "none.txt", "Who?", "-m", "x"], "--model does nothing in focus find"],
    [["summarize", "none.txt", "--fail-if-absent"], "--fail-if-absent does nothing in focus summarize"],
    [["cache", "gc", "--thorough"], "--thorough does nothing in focus cache gc"],
  ])("is told: %j", async (args, warning) => {
    expect((await run(...args)).err).toContain(`warning: ${warning}\n`);
  });

  it.each([
    [["find", "none.txt", "Who?", "-m", "x", "--reader", "same"]],
    [["ask", "none.txt", "Who?", "--thorough", "--pages", "3", "--strict", "--links", "off"]],
    [["text", "a.txt", "--timeout", "9s", "--no-color", "--no-cache", "--debug"]],
    [["config", "get", "length", "--length", "short"]],
  ])("is not one that is used: %j", async (args) => {
    expect((await run(...args)).err).not.toContain("does nothing");
  });

  it("may stand in a variable or a file, which are for all commands", async () => {
    const cwd = await tempFolder({ ...FILES, "focus.toml": 'style = "bullets"\n' });
    const host = fakeHost({ cwd, isTTY: false, env: { FOCUS_LENGTH: "short" } });
    expect(await main(["text", "a.txt"], host)).toBe(0);
    expect(host.err()).toBe("");
  });
});
