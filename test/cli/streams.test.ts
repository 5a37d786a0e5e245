import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { tempFolder } from "../helpers/temp-folder.ts";
import { focus } from "./spawn-focus.ts";

const BIN = fileURLToPath(new URL("../../bin/focus.js", import.meta.url));
const ESCAPE = "\u001b[";

/** A broken variable gives a message; a misspelt one gives a warning, which has a coloured word. */
const WARN = { FOCUS_CHUNCK: "512" };

describe("colours", () => {
  it.each([
    { name: "a pipe", env: {}, coloured: false },
    { name: "FORCE_COLOR", env: { FORCE_COLOR: "1" }, coloured: true },
    { name: "FORCE_COLOR=0", env: { FORCE_COLOR: "0" }, coloured: false },
    { name: "NO_COLOR", env: { NO_COLOR: "1", FORCE_COLOR: "1" }, coloured: false },
    { name: "an empty NO_COLOR", env: { NO_COLOR: "", FORCE_COLOR: "1" }, coloured: true },
    { name: "--no-color", env: { FORCE_COLOR: "1" }, args: ["--no-color"], coloured: false },
    { name: "FOCUS_COLOR=0", env: { FORCE_COLOR: "1", FOCUS_COLOR: "0" }, coloured: false },
    { name: "TERM=dumb", env: { TERM: "dumb" }, coloured: false },
  ])("$name", async ({ env, args = [], coloured }) => {
    const cwd = await tempFolder({ "a.txt": "Hello.\n" });
    const { stdout, stderr } = await focus(["text", "a.txt", ...args], { cwd, env: { ...WARN, ...env } });
    expect(stderr).toContain("the variable FOCUS_CHUNCK is not known");
    expect(stderr.includes(ESCAPE)).toBe(coloured);
    expect(stdout).toBe("Hello.\n");
  });
});

describe("streams", () => {
  it("ends quietly with 0 when the reader goes away", async () => {
    const cwd = await tempFolder({ "long.txt": "A line of a long text.\n".repeat(200_000) });
    const script = `"$0" "$1" text long.txt | head -n 1; echo "\${PIPESTATUS[0]}"`;
    const child = spawn("bash", ["-c", script, process.execPath, BIN], {
      cwd,
      env: { ...process.env, FOCUS_HOME: cwd },
    });
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (part) => (stdout += part));
    child.stderr.on("data", (part) => (stderr += part));
    await new Promise((done) => child.on("close", done));
    expect([stdout, stderr]).toEqual(["A line of a long text.\n0\n", ""]);
  });

  it("keeps a document's escape sequences out of standard error", async () => {
    const cwd = await tempFolder();
    const { stderr } = await focus(["text", "\u001b]0;owned\u0007\u001b[31mno.txt"], { cwd });
    expect(stderr).toBe("focus: no.txt: no such file or folder\n");
  });

  it("says nothing but warnings with -q", async () => {
    const cwd = await tempFolder({ "a.txt": "Hello.\n" });
    expect((await focus(["text", "a.txt", "-q"], { cwd })).stderr).toBe("");
    expect((await focus(["-q", "text", "a.txt"], { cwd, env: WARN })).stderr).toMatch(/^warning: [^\n]*\n$/u);
  });

  it("says with --quiet what was lost all the same", async () => {
    const cwd = await tempFolder({ "a.txt": "Hello.\n" });
    const { stderr } = await focus(["text", "a.txt", "--quiet"], { cwd, env: WARN });
    expect(stderr).toMatch(/^warning: /u);
  });
});
