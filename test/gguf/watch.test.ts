import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { focus } from "../cli/spawn-focus.ts";
import { PAPERS } from "../helpers/papers.ts";
import { tempFolder } from "../helpers/temp-folder.ts";

const { FOCUS_TEST_MODEL: MODEL = "" } = process.env;
const env = { FOCUS_READER: MODEL, FOCUS_CHUNK: "96", FOCUS_GPU: "off", FOCUS_THREADS: "1" };

it("focus read --watch reads what changes, lives through what it cannot read, and stops at Ctrl-C", async () => {
  const cwd = await tempFolder({ "in/papers.md": PAPERS, "in/notes.txt": "The coal comes in April." });
  const steps: (() => Promise<unknown>)[] = [
    () => writeFile(join(cwd, "in/notes.txt"), "The coal comes in May and in June."),
    () => writeFile(join(cwd, "in/new.pdf"), "%PDF-1.7 and no more"),
    () => rm(join(cwd, "in/papers.md")),
  ];
  const { code, stdout, stderr } = await focus(["read", "in", "--watch", "--format", "jsonl"], {
    cwd,
    env,
    onStart: (child) => {
      // One step after each sign that the one before is done.
      child.stderr?.on("data", (part: Buffer) => {
        const text = part.toString();
        if (text.includes("watching 2 files")) void steps[0]?.();
        if (text.includes("new.pdf")) void steps[2]?.();
        if (text.includes("is gone")) child.kill("SIGINT");
      });
      let lines = 0;
      child.stdout?.on("data", () => {
        lines += 1;
        if (lines === 2) void steps[1]?.();
      });
    },
  });
  expect(code).toBe(130);
  const results = stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(results.map(({ coverage }) => coverage.documents)).toEqual([2, 1]);
  expect(results[1]).toMatchObject({ command: "read", coverage: { chunks: { total: 1, read: 1 } } });
  expect(stderr).toContain("warning: in/new.pdf: ");
  expect(stderr).toContain("in/papers.md is gone");
});
