import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { focus } from "../cli/spawn-focus.ts";
import { answerSchema } from "../format/answer-schema.ts";
import { PAPERS } from "../helpers/papers.ts";
import { tempFolder } from "../helpers/temp-folder.ts";
import { makeModel } from "../model/make-gguf.ts";

const { FOCUS_TEST_MODEL: MODEL = "" } = process.env;
const ADAPTER = fileURLToPath(new URL("../../adapters/smollm2-135m.candidates.gguf", import.meta.url));
const FACT = "The access code of the silver harbor is 48213.";
const ARGS = [
  "ask",
  "papers.md",
  "What is the access code of the silver harbor?",
  "--condenser",
  "candidates",
];
const ENV = { FOCUS_MODEL: MODEL, FOCUS_CHUNK: "96", FOCUS_GPU: "off", FOCUS_THREADS: "1" };

async function run(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const cwd = await tempFolder({
    "papers.md": `${PAPERS}\n\n${FACT}`,
    "cut.gguf": (await readFile(ADAPTER)).subarray(0, 500_000),
    "other.gguf": makeModel("llama"),
  });
  return focus([...ARGS, ...args], { cwd, env: { ...ENV, FOCUS_ADAPTER: ADAPTER, ...env } });
}

describe("focus ask --condenser candidates", () => {
  it("prints the answer with its source, says what it stands on, and that one model does both", async () => {
    const { code, stdout, stderr } = await run([]);
    expect(stdout).toContain("48213");
    expect(stdout).toContain(`“${FACT}”`);
    expect(stderr).toMatch(
      /answered from 8 candidate tokens of each of \d+ chunks \(adapter smollm2-135m\.candidates\)/u,
    );
    expect(stderr).toContain("reads as well: candidate tokens need one model that reads and writes");
    expect(code).toBe(0);
  });

  it("prints JSON of the documented schema", async () => {
    const { stdout } = await run(["--json", "--quiet", "--max-answer", "16"]);
    const { candidates, condenser } = answerSchema.parse(JSON.parse(stdout));
    expect(condenser).toBe("candidates");
    expect(candidates?.adapter).toMatchObject({ name: "smollm2-135m.candidates", path: ADAPTER });
  });

  it.each([
    ["a damaged adapter", ["--adapter", "cut.gguf"], /the adapter cannot be used: .*cut\.gguf is damaged/u],
    ["another model", ["-m", "other.gguf"], /was trained on .*, but other is to read and write/u],
    ["a name that means nothing", ["--adapter", "nobody"], /there is no adapter "nobody"/u],
  ])("refuses %s with exit code 5 and a next step, before anything is read", async (_, args, message) => {
    const { code, stdout, stderr } = await run(args);
    expect(stderr).toMatch(message);
    expect(stderr).toContain("\nhint: ");
    expect(stderr).not.toContain("this is a bug");
    expect([code, stdout]).toEqual([5, ""]);
  });

  it("refuses two models for what one must do", async () => {
    const { code, stderr } = await run(["--reader", "other.gguf"]);
    expect(stderr).toContain("needs one model that reads and writes, but other.gguf is to read and");
    expect(code).toBe(2);
  });
});
