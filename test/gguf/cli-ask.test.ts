import { type ChildProcess, spawn } from "node:child_process";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { main } from "../../src/cli/main.ts";
import { fakeHost } from "../cli/fake-host.ts";
import { focus, type SpawnOptions } from "../cli/spawn-focus.ts";
import { answerSchema } from "../format/answer-schema.ts";
import { FEW_PAPERS, QUESTION } from "../helpers/papers.ts";
import { tempFolder } from "../helpers/temp-folder.ts";
import { makeGguf, modelValues } from "../model/make-gguf.ts";

const { FOCUS_TEST_MODEL: MODEL = "" } = process.env;

const BIN = fileURLToPath(new URL("../../bin/focus.js", import.meta.url));

/** The models by path, so that a test's home holds nothing but its store. */
const MODELS = {
  FOCUS_MODEL: MODEL,
  FOCUS_READER: MODEL,
  FOCUS_CHUNK: "96",
  FOCUS_BUDGET: "400",
  FOCUS_GPU: "off",
};

async function home(files: Readonly<Record<string, string | Uint8Array>> = {}): Promise<string> {
  return tempFolder({ "papers.md": FEW_PAPERS, ...files });
}

function run(cwd: string, args: readonly string[], options: Partial<SpawnOptions> = {}) {
  return focus(args, { cwd, ...options, env: { ...MODELS, ...options.env } });
}

describe("focus ask", () => {
  it("prints the answer and its sources, and nothing else, on standard output", async () => {
    const cwd = await home();
    const { code, stdout, stderr } = await run(cwd, ["ask", "papers.md", QUESTION]);
    expect(stdout).toMatch(
      /^Isobel Tarrant\n“The tower of the Sandrevoe light was designed by Isobel Tarrant\.[^”]*”\n {4}papers\.md, line 3\n/u,
    );
    expect(stderr).toContain("searched 1 document");
    expect(code).toBe(0);
  });

  it("prints JSON of the documented schema, whose quotes stand in the text of focus text", async () => {
    const cwd = await home();
    const { stdout } = await run(cwd, ["ask", "papers.md", QUESTION, "--json", "--quiet"]);
    const answer = answerSchema.parse(JSON.parse(stdout));
    const { text } = JSON.parse((await run(cwd, ["text", "papers.md", "--json"])).stdout);
    for (const { quote, start, end } of answer.citations) expect(text.slice(start, end)).toBe(quote);
    expect(answer.citations.length).toBeGreaterThan(0);
  });

  it("prints events, one a line, and the answer as the last of them with --format jsonl", async () => {
    const cwd = await home();
    const { stdout } = await run(cwd, [
      ...["ask", "papers.md", QUESTION, "--format", "jsonl", "--answer", "write", "--max-answer", "24"],
    ]);
    const events = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    const { event, ...answer } = events.pop();
    expect(event).toBe("answer");
    expect(answerSchema.parse(answer).style).toBe("write");
    const of = (kind: string) => events.filter((one) => one.event === kind);
    const said = of("token").map(({ text }) => text);
    expect(said.length).toBeGreaterThan(3);
    expect(said.join("").trim()).toBe(answer.answer);
    expect(of("progress").map(({ stage }) => stage)).toContain("read");
    const [best] = of("passage").toReversed();
    expect(FEW_PAPERS.slice(best.start, best.end)).toContain("Isobel Tarrant");
  });

  it("shows a written answer on a terminal as it is written, then its sources", async () => {
    const cwd = await home();
    const host = fakeHost({ cwd, env: { ...MODELS, NO_COLOR: "1" } });
    const shown: string[] = [];
    const { stdout } = host;
    const write = stdout.write.bind(stdout);
    stdout.write = ((text: string, done: () => void) => {
      shown.push(text);
      return write(text, done);
    }) as typeof stdout.write;
    const args = ["ask", join(cwd, "papers.md"), QUESTION, "--answer", "write", "--max-answer", "24"];
    expect(await main(args, host)).toBe(0);
    const { stdout: whole } = await run(cwd, ["ask", "papers.md", QUESTION, ...args.slice(3), "-q"]);
    expect(shown.length).toBeGreaterThan(5);
    // Wrapped at the terminal's 60 columns, and with the whole path; otherwise what a pipe gets.
    const flat = (text: string) => text.replaceAll(`${cwd}/`, "").replaceAll(/\s+/gu, " ");
    expect(flat(host.out())).toBe(flat(whole));
    for (const line of host.out().split("\n")) expect(line.length).toBeLessThanOrEqual(60);
  });

  it("takes a pipe, and says absent with exit code 10 when it is asked to", async () => {
    const cwd = await home();
    const args = ["ask", "Who won the football world cup in 1998?", "--fail-if-absent", "--quiet"];
    const { code, stdout } = await run(cwd, args, { input: FEW_PAPERS });
    expect(stdout).toMatch(/^Not in the document\./u);
    expect(code).toBe(10);
  });

  it("goes on with 4 when one of several documents cannot be read, and names it", async () => {
    const cwd = await home({ "broken.pdf": "%PDF-1.7\nnothing" });
    const { code, stdout, stderr } = await run(cwd, ["ask", "papers.md", "broken.pdf", QUESTION]);
    expect(stdout).toContain("Isobel Tarrant");
    expect(stderr).toMatch(/warning: not read: broken\.pdf: /u);
    expect(code).toBe(4);
  });

  it("answers without a store when the store cannot be written, and says so once", async () => {
    const cwd = await home({ file: "in the way" });
    const { code, stdout, stderr } = await run(cwd, ["ask", "papers.md", QUESTION], {
      env: { FOCUS_CACHE_DIR: "file" },
    });
    expect(stdout).toContain("Isobel Tarrant");
    expect(stderr.match(/cannot be written/gu)).toHaveLength(1);
    expect(code).toBe(0);
  });

  it("ends quietly when nobody reads on", async () => {
    const cwd = await home();
    const child = spawn(
      "sh",
      ["-c", `"$0" "$1" ask papers.md "${QUESTION}" --quiet | head -c 1`, process.execPath, BIN],
      {
        cwd,
        env: { ...process.env, ...MODELS, HOME: cwd, FOCUS_HOME: cwd },
      },
    );
    expect(await outcome(child)).toEqual({ code: 0, stderr: "" });
  });
});

describe("focus read", () => {
  it("exits with 6 when the store cannot be written", async () => {
    const cwd = await home({ file: "in the way" });
    const { code, stderr } = await run(cwd, ["read", "papers.md"], { env: { FOCUS_CACHE_DIR: "file" } });
    expect(stderr).toContain("focus: the KV store cannot be written");
    expect(code).toBe(6);
  });

  it("makes the next question read nothing", async () => {
    const cwd = await home();
    expect((await run(cwd, ["read", "papers.md"])).stdout).toMatch(/^read 1 document, [\s\S]*\nkept /u);
    const { stdout } = await run(cwd, ["ask", "papers.md", QUESTION, "--json", "--quiet"]);
    const { tokens, coverage } = JSON.parse(stdout);
    expect(tokens).toMatchObject({ computed: { read: 0 }, reused: coverage.tokens.total });
  });
});

describe("a run that is stopped", () => {
  const LONG = Array.from({ length: 120 }, (_, i) => `Entry ${i}. ${FEW_PAPERS}`).join("\n\n");

  it.each([
    { by: "--timeout", expected: 124, args: ["--timeout", "3s"], signal: undefined },
    { by: "Ctrl-C", expected: 130, args: [], signal: "SIGINT" },
    { by: "SIGTERM", expected: 143, args: [], signal: "SIGTERM" },
  ] as const)("by $by exits with $expected within a second or so", async ({ expected, args, signal }) => {
    const cwd = await home({ "long.md": LONG });
    let sentMs = 0;
    const onStart = (child: ChildProcess): void => {
      if (signal === undefined) return;
      setTimeout(() => {
        sentMs = performance.now();
        child.kill(signal);
      }, 3000);
    };
    const { code, elapsedMs, stdout } = await run(cwd, ["ask", "long.md", QUESTION, ...args], { onStart });
    expect(code).toBe(expected);
    expect(stdout).toBe("");
    const tookMs = signal === undefined ? elapsedMs - 3000 : performance.now() - sentMs;
    expect(tookMs).toBeLessThan(2500);
  });

  it("by kill -9 loses at most the chunk in flight, and the next one answers right", async () => {
    const cwd = await home();
    for (const afterMs of [700, 1500, 2200]) {
      const onStart = (child: ChildProcess): void => void setTimeout(() => child.kill("SIGKILL"), afterMs);
      await run(cwd, ["read", "papers.md"], { onStart });
    }
    const kept = (await readdir(cwd, { recursive: true })).filter((name) => name.endsWith(".kv")).length;
    const { stdout, code } = await run(cwd, ["ask", "papers.md", QUESTION, "--json", "--quiet"]);
    const { answer, tokens, coverage } = JSON.parse(stdout);
    expect(answer).toContain("Isobel Tarrant");
    const readNow = coverage.chunks.total - kept;
    expect(tokens.computed.read > 0).toBe(readNow > 0);
    expect(code).toBe(0);
  });

  it("beside another on the same document does not disturb it", async () => {
    const cwd = await home();
    const both = await Promise.all(
      [0, 1].map(() => run(cwd, ["ask", "papers.md", QUESTION, "--json", "--quiet", "--threads", "1"])),
    );
    const answers = both.map(({ stdout }) => JSON.parse(stdout).answer);
    expect(answers[0]).toContain("Isobel Tarrant");
    expect(answers[1]).toBe(answers[0]);
  });
});

describe("a model that will not do", () => {
  it("is refused with 5: not a GGUF, cut off, a reader with a sliding window", async () => {
    const cwd = await home({
      "text.gguf": "just text",
      "cut.gguf": (await readFile(MODEL)).subarray(0, 3_000_000),
    });
    const window = { "gemma3.attention.sliding_window": 512 };
    await writeFile(join(cwd, "window.gguf"), makeGguf({ values: modelValues("gemma3", window) }));
    const refusals = [
      [["--reader", "text.gguf"], /is not a GGUF file/u],
      [["--reader", "cut.gguf"], /but the file has 3000000 bytes/u],
      [["--reader", "window.gguf"], /sliding window/u],
    ] as const;
    for (const [args, message] of refusals) {
      const { code, stderr, stdout } = await run(cwd, ["ask", "papers.md", QUESTION, ...args]);
      expect(stderr).toMatch(message);
      expect(stderr).not.toContain("    at ");
      expect([code, stdout]).toEqual([5, ""]);
    }
  });
});

async function outcome(child: ChildProcess): Promise<{ code: number | null; stderr: string }> {
  const err: Buffer[] = [];
  child.stderr?.on("data", (part: Buffer) => err.push(part));
  const code = await new Promise<number | null>((done) => child.on("close", done));
  return { code, stderr: Buffer.concat(err).toString() };
}
