import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { completionScript, SHELLS } from "../../src/cli/completion/scripts.ts";
import { completionTree } from "../../src/cli/completion/tree.ts";
import { createProgram } from "../../src/cli/program.ts";
import { tempFolder } from "../helpers/temp-folder.ts";
import { BIN, focus } from "./spawn-focus.ts";
import { shellsHere, typed } from "./typed-keys.ts";

const TREE = completionTree(createProgram(async () => {}));
const BASH = completionScript("bash", TREE);

/** What bash offers for the last of the words. */
async function offered(...words: readonly string[]): Promise<string[]> {
  const cwd = await tempFolder({ focus: BASH });
  const typed = words.map((word) => `'${word}'`).join(" ");
  const line = `source "$1"; COMP_WORDS=(${typed}); COMP_CWORD=${words.length - 1}; _focus focus "\${COMP_WORDS[-1]}"; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout } = await promisify(execFile)("bash", ["-c", line, "bash", join(cwd, "focus")]);
  return stdout.split("\n").filter((word) => word !== "");
}

describe("completion in bash", () => {
  it("offers commands, and those below a command", async () => {
    expect(await offered("focus", "su")).toEqual(["summarize"]);
    expect(await offered("focus", "model", "p")).toEqual(["pull", "path"]);
    expect(await offered("focus", "--quiet", "cache", "")).toEqual(["ls", "list", "rm", "gc"]);
  });

  it("offers the options of the command", async () => {
    expect(await offered("focus", "summarize", "--com")).toEqual(["--combined"]);
    expect(await offered("focus", "ask", "a.pdf", "--com")).toEqual([]);
    expect(await offered("focus", "ask", "--quie")).toEqual(["--quiet"]);
  });

  it("takes no value of an option for a command", async () => {
    expect(await offered("focus", "--format", "text", "ask", "--thor")).toEqual(["--thorough"]);
    expect(await offered("focus", "--format", "=", "text", "summ")).toEqual(["summarize"]);
    expect(await offered("focus", "-m", "ask", "cache", "g")).toEqual(["gc"]);
  });

  it("offers names of collections whatever the settings are", async () => {
    const cwd = await tempFolder({ "collections/reports.txt": "/a\n", focus: BASH });
    const stub = `focus() { "${process.execPath}" "${BIN}" "$@"; }`;
    const line = `${stub}; source "$1"; COMP_WORDS=(focus ask @); COMP_CWORD=2; _focus focus @; echo "\${COMPREPLY[@]}"`;
    const { PATH = "" } = process.env;
    const env = { PATH, FOCUS_FORMAT: "json", FOCUS_OUTPUT: join(cwd, "out") };
    const { stdout } = await promisify(execFile)("bash", ["-c", line, "bash", join(cwd, "focus")], {
      env: { ...env, FOCUS_HOME: cwd, HOME: cwd },
    });
    expect(stdout).toBe("@reports\n");
  });

  it("offers the values of an option, and nothing of its own for files", async () => {
    expect(await offered("focus", "ask", "--format", "j")).toEqual(["json", "jsonl"]);
    expect(await offered("focus", "text", "--format", "")).toEqual(["text", "json", "jsonl"]);
    expect(await offered("focus", "find", "--format", "c")).toEqual(["csv"]);
    expect(await offered("focus", "ask", "--gpu", "")).toEqual(["auto", "off", "metal", "cuda", "vulkan"]);
    expect(await offered("focus", "ask", "")).toEqual([]);
    expect(await offered("focus", "--config", "")).toEqual([]);
  });
});

it("every shell's script has every command, and its own options", () => {
  for (const shell of SHELLS) {
    const script = completionScript(shell, TREE);
    for (const word of ["combined", "thorough", "password-file", "dry-run", "cache-budget", "gc", "doctor"])
      expect(script, shell).toContain(word);
  }
});

it("is printed by the command, for each shell", async () => {
  const cwd = await tempFolder();
  for (const shell of SHELLS) {
    const { code, stdout, stderr } = await focus(["completion", shell], { cwd });
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toBe(completionScript(shell, TREE));
  }
});

it("refuses a shell that focus does not know", async () => {
  const { code, stderr } = await focus(["completion", "tcsh"], { cwd: await tempFolder() });
  expect([code, stderr]).toEqual([2, expect.stringContaining("bash, zsh, fish")]);
});

for (const shell of shellsHere()) {
  it(`${shell} completes options, and names of collections with their @, as they are typed`, async () => {
    const args = await typed(shell, "focus ask @re\t--thor\tWho");
    expect(args).toEqual(["ask", "@reports", "--thorough", "Who"]);
  });
}
