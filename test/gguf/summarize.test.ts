import type { ChildProcess } from "node:child_process";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Document } from "../../src/document/document.ts";
import { parseBytes } from "../../src/document/parse.ts";
import { Corpus } from "../../src/engine/corpus.ts";
import type { EngineEvent } from "../../src/engine/events.ts";
import type { SummarizeOptions } from "../../src/engine/options.ts";
import { summarize } from "../../src/engine/summarize.ts";
import type { Summary } from "../../src/engine/summary/summary.ts";
import { openStore } from "../../src/kv/store/store.ts";
import { focus, type SpawnOptions } from "../cli/spawn-focus.ts";
import { FEW_PAPERS, PAPERS } from "../helpers/papers.ts";
import { tempFolder } from "../helpers/temp-folder.ts";
import { engineOptions, openTestEngine, type TestEngine } from "./test-engine.ts";

const { FOCUS_TEST_MODEL: PATH = "" } = process.env;

let engine: TestEngine;
let document: Document;
/** Three chunks of it, for what is written. */
let few: Document;

beforeAll(async () => {
  engine = await openTestEngine();
  document = await parseBytes(Buffer.from(PAPERS), "papers.md");
  few = await parseBytes(Buffer.from(FEW_PAPERS), "few.md");
});

afterAll(() => engine.backend[Symbol.asyncDispose]());

type Overrides = Partial<SummarizeOptions> & {
  readonly events?: EngineEvent[];
  readonly focus?: string;
  readonly of?: Document;
};

function run({ events = [], focus: wanted, of = document, ...overrides }: Overrides = {}): Promise<Summary> {
  const input = { corpus: new Corpus([of]), focus: wanted, loadMs: 0 };
  return summarize(input, { ...options(events), ...overrides });
}

function options(events: EngineEvent[]): SummarizeOptions {
  return {
    ...engineOptions(engine, events),
    answerStyle: "quote",
    depth: "quick",
    merges: false,
    budgetTokens: 512,
    language: undefined,
    layout: "paragraph",
    mostWords: 60,
    strict: false,
  };
}

/** What must not depend on where the rows came from. */
function told({ points, words, tenths, unsupported }: Summary) {
  return { points, words, tenths, unsupported };
}

/** Twenty sections, each with one fact of its own. */
const LONG = Array.from({ length: 20 }, (_, i) => {
  const keeper = `Keeper${String.fromCharCode(65 + i)}`;
  const filler =
    "The weather was fair, the lamp was lit, and nothing else is to be told of that time. ".repeat(2);
  return `# Year ${1900 + i}\n\nIn ${1900 + i} the station was kept by ${keeper}, who burned ${400 + 7 * i} litres of paraffin. ${filler}`;
}).join("\n\n");

describe("summarize, quoted", () => {
  it("is the document's own sentences, each with its place, within the length", async () => {
    const summary = await run();
    expect(summary.words).toBeLessThanOrEqual(60);
    expect(summary.points.length).toBeGreaterThan(2);
    for (const { text, citation, supported } of summary.points) {
      expect(document.text.slice(citation?.start, citation?.end)).toBe(citation?.quote);
      expect(citation?.quote.replaceAll(/\s+/gu, " ")).toBe(text);
      expect(supported).toBe(true);
    }
    const places = summary.points.map(({ citation }) => citation?.start ?? -1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(summary.coverage.chunks.searched).toBe(summary.coverage.chunks.total);
    expect(summary.tokens.computed).toMatchObject({ read: 0, condense: 0 });
  });

  it("covers every tenth of a long document", async () => {
    const of = await parseBytes(Buffer.from(LONG), "long.md");
    const summary = await run({ of, mostWords: 300, chunkTokens: 256 });
    expect(summary.tenths.every((ofTenth) => ofTenth > 0)).toBe(true);
    expect(new Set(summary.points.map(({ section }) => section)).size).toBeGreaterThanOrEqual(15);
  });

  it("looks for what it was told to look for, and says when no word of it is there", async () => {
    const summary = await run({ of: few, focus: "price of the boat in pounds", mostWords: 40 });
    expect(summary.points.map(({ text }) => text).join(" ")).toContain("340 pounds");
    expect(summary.coverage.chunks.condensed).toBe(summary.coverage.chunks.total);
    const events: EngineEvent[] = [];
    await run({ of: few, focus: "penguins", mostWords: 40, events });
    expect(events).toContainEqual(
      expect.objectContaining({ kind: "warning", message: expect.stringContaining("no word of") }),
    );
  });

  it("is the same from the store as without it, and reads nothing twice, whatever is looked for", async () => {
    const dir = await tempFolder();
    const limits = { budgetBytes: 1e9, minFreeBytes: 0 };
    const store = await openStore({ dir, ...limits, onWarning: () => undefined });
    const wanted = { of: few, focus: "what is forbidden" };
    const without = await run(wanted);
    const first = await run({ ...wanted, store });
    const second = await run({ ...wanted, store });
    expect(told(first)).toEqual(told(without));
    expect(told(second)).toEqual(told(without));
    expect(first.tokens.computed.read).toBeGreaterThan(0);
    expect(second.tokens.computed.read).toBe(0);
    expect(second.tokens.reused).toBe(second.coverage.tokens.total);
  });
});

describe("summarize, written", () => {
  it("keeps to the length, and marks every sentence that no passage bears out", async () => {
    const wanted = { of: few, answerStyle: "write", mostWords: 40 } as const;
    const summary = await run({ ...wanted, merges: true });
    expect(summary.words).toBeLessThanOrEqual(40);
    expect(summary.unsupported).toBe(summary.points.filter(({ supported }) => !supported).length);
    for (const { citation, supported, foreign } of summary.points) {
      if (supported) expect(foreign).toEqual([]);
      if (citation !== null) expect(few.text.slice(citation.start, citation.end)).toBe(citation.quote);
    }
    const strict = await run({ ...wanted, strict: true });
    expect(strict.unsupported).toBe(0);
    expect(strict.points.every(({ supported }) => supported)).toBe(true);
  });

  it.each([
    ["one word, repeated", "lorem ".repeat(160)],
    ["a table of numbers", Array.from({ length: 28 }, (_, i) => `${i} ${i * 7} ${i * i}`).join("\n")],
  ])("ends for text that will not shrink: %s", async (_, text) => {
    const of = await parseBytes(Buffer.from(text), "odd.txt");
    const summary = await run({ of, answerStyle: "write", depth: "full", merges: true, chunkTokens: 128 });
    expect(summary.words).toBeLessThanOrEqual(60);
    const { write } = summary.tokens.computed;
    const n = summary.coverage.chunks.total;
    // Chunk, instruction and note, n times; then the bound of mergeNotes; instructions take less than 120 tokens.
    const levels = 1 + Math.log(n) / Math.log(4 / 3);
    expect(write).toBeLessThan(n * (128 + 120 + 128) + n * 120 + 2 * n * 128 * levels);
  });

  it("in full depth notes every chunk from its stored rows, which are never read again", async () => {
    const dir = await tempFolder();
    const store = await openStore({ dir, budgetBytes: 1e9, minFreeBytes: 0, onWarning: () => undefined });
    const depth = { of: few, answerStyle: "write", depth: "full", store, mostWords: 30 } as const;
    const first = await run(depth);
    const second = await run({ ...depth, focus: "what is forbidden" });
    const { total: n } = first.coverage.chunks;
    expect(first.coverage.chunks).toMatchObject({ read: n, stored: 0 });
    expect(second.coverage.chunks).toMatchObject({ read: 0, stored: n });
    expect(second.tokens.computed.write).toBeLessThan(n * (120 + 128));
    for (const { notes } of [first, second]) {
      expect(notes.length).toBeLessThanOrEqual(n);
      for (const note of notes) expect(few.text.slice(note.start, note.end)).not.toBe("");
    }
    expect(first.notes.length).toBeGreaterThan(n / 2);
  });

  it("writes at once from sentences that fit the window", async () => {
    const wanted = { answerStyle: "write", depth: "once", budgetTokens: 200, mostWords: 25 } as const;
    const summary = await run(wanted);
    expect(summary).toMatchObject({ depth: "once", notes: [] });
    expect(summary.points.length).toBeGreaterThan(0);
    expect(summary.tokens.computed.write).toBeLessThan(200 + 25 * 3 + 200);
  });

  it("keeps passage and quote of what is translated, and marks numbers that come from nowhere", async () => {
    const plain = await run({ of: few, mostWords: 40 });
    const translated = await run({ of: few, mostWords: 40, language: "French" });
    expect(translated.language).toBe("French");
    expect(translated.points.map(({ original }) => original)).toEqual(plain.points.map(({ text }) => text));
    expect(translated.points.map(({ citation }) => citation)).toEqual(
      plain.points.map(({ citation }) => citation),
    );
    for (const { text, original, supported } of translated.points) {
      const known = new Set(original?.match(/\d+/gu));
      const isForeign = (text.match(/\d+/gu) ?? []).some((number) => !known.has(number));
      if (isForeign) expect(supported).toBe(false);
    }
  });
});

describe("summarize, several documents as one", () => {
  it("takes points from each, with file and place, and a section for each", async () => {
    const other = await parseBytes(Buffer.from(LONG), "long.md");
    const summary = await summarize(
      { corpus: new Corpus([document, other]), focus: undefined, loadMs: 0 },
      { ...options([]), mostWords: 120 },
    );
    expect(new Set(summary.points.map(({ citation }) => citation?.path))).toEqual(
      new Set(["papers.md", "long.md"]),
    );
    expect(summary.documents.map(({ path }) => path)).toEqual(["papers.md", "long.md"]);
    for (const { text, citation } of summary.points) {
      const { text: source } = citation?.path === "long.md" ? other : document;
      expect(source.slice(citation?.start, citation?.end).replaceAll(/\s+/gu, " ")).toBe(text);
    }
  });
});

const MODELS = {
  FOCUS_MODEL: PATH,
  FOCUS_READER: PATH,
  FOCUS_CHUNK: "96",
  FOCUS_GPU: "off",
  FOCUS_THREADS: "1",
  FOCUS_LENGTH: "40",
};

function command(cwd: string, args: readonly string[], options: Partial<SpawnOptions> = {}) {
  return focus(["summarize", ...args], { cwd, ...options, env: { ...MODELS, ...options.env } });
}

/** Three documents, and two that cannot be read. */
async function folder(): Promise<string> {
  return tempFolder({
    "in/a.md": FEW_PAPERS,
    "in/b.txt": LONG.slice(0, 600),
    "in/broken.pdf": "%PDF-1.7\nnothing",
    "in/sub/c.html": `<h1>Boats</h1><p>${PAPERS.slice(400, 700)}</p>`,
    "in/empty.txt": "",
  });
}

async function outputs(cwd: string): Promise<Map<string, string>> {
  const out = join(cwd, "out");
  const names = (await readdir(out, { recursive: true })).sort();
  const files = new Map<string, string>();
  for (const name of names) {
    if ((await stat(join(out, name))).isFile()) files.set(name, await readFile(join(out, name), "utf8"));
  }
  return files;
}

/** Kills a run as soon as it has written anything among its files. */
function killAtChange(child: ChildProcess, cwd: string): void {
  let before: string | undefined;
  const timer = setInterval(async () => {
    const now = JSON.stringify([...(await outputs(cwd).catch(() => new Map<string, string>()))]);
    if (before !== undefined && now !== before) child.kill("SIGKILL");
    before ??= now;
  }, 5);
  child.once("close", () => clearInterval(timer));
}

describe("focus summarize", () => {
  it("prints one document's summary, and nothing else, on standard output", async () => {
    const cwd = await folder();
    const { code, stdout, stderr } = await command(cwd, ["in/a.md", "--style", "bullets"]);
    expect(stdout).toMatch(/^(?:- [^\n]+ \[\d+\]\n)+\nSources\n(?:\[\d+\] in\/a\.md, line \d+\n)+$/u);
    expect(stderr).toContain("tenths of the text");
    expect(code).toBe(0);
  });

  it("looks for something in other words than the document's, and leaves out what has nothing of it", async () => {
    const cwd = await folder();
    const { code, stdout } = await command(cwd, ["in/a.md", "--focus", "who was the architect", "--quiet"]);
    const [first = ""] = stdout.split(" [1]");
    expect(first).toContain("Isobel Tarrant");
    expect(first.length).toBeLessThan(200);
    expect(code).toBe(0);
  });

  it("takes a pipe, and prints JSON", async () => {
    const cwd = await tempFolder();
    const { code, stdout } = await command(cwd, ["--json", "--quiet"], { input: PAPERS });
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      command: "summarize",
      documents: [{ path: "-" }],
      unsupported: 0,
    });
    expect(code).toBe(0);
  });

  it("makes one of several when it is told to, and refuses a language that the writer cannot write", async () => {
    const cwd = await folder();
    const args = ["in", "--combined", "--style", "outline", "--length", "80"];
    const { code, stdout, stderr } = await command(cwd, args);
    expect(stdout).toMatch(/\[\d+\] in\/a\.md, line \d+\n/u);
    expect(stdout).toMatch(/\[\d+\] in\/sub\/c\.html, line \d+\n/u);
    expect(stderr).toContain("in/broken.pdf");
    expect(code).toBe(4);
    const refused = await command(cwd, ["in/a.md", "--language", "de"]);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain("too small to translate");
  });

  it("refuses several documents without a folder to write to", async () => {
    const cwd = await folder();
    const { code, stdout, stderr } = await command(cwd, ["in"]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("-o FOLDER");
  });

  it("tells the work without doing it", async () => {
    const cwd = await folder();
    const { code, stdout } = await command(cwd, ["in", "--dry-run"]);
    expect(stdout).toMatch(/^document[\s\S]*in\/sub\/c\.html[\s\S]*\ntime [\s\S]*\nstore /u);
    expect(code).toBe(4);
  });

  it("writes a file for each that can be read, names the others, exits with 4, and does nothing twice", async () => {
    const cwd = await folder();
    const first = await command(cwd, ["in", "-o", "out"]);
    expect(first.stdout).toBe("");
    expect(first.stderr).toMatch(/warning: not summarised: in\/broken\.pdf: is not a PDF/u);
    expect(first.stderr).toContain("in/empty.txt: is empty");
    expect(first.code).toBe(4);
    const files = await outputs(cwd);
    expect([...files.keys()]).toEqual(["a.md.md", "b.txt.md", "focus-manifest.json", "sub/c.html.md"]);
    const second = await command(cwd, ["in", "-o", "out"]);
    expect(second.stderr.match(/finished before/gu)).toHaveLength(3);
    expect(second.code).toBe(4);
    const again = await command(cwd, ["in", "-o", "out", "--force"]);
    expect(again.stderr).not.toContain("finished before");
    const other = await command(cwd, ["in", "-o", "out", "--focus", "paraffin"]);
    expect(other.stderr).not.toContain("finished before");
  });

  it("takes what is attached to a mail into its summary", async () => {
    const name = "plan.txt";
    const head = "From: a@example.org\nSubject: The plan\nContent-Type: multipart/mixed; boundary=x\n";
    const mail = `${head}\n--x\n\nSee the plan.\n--x\nContent-Disposition: attachment; filename=${name}\n\n${PAPERS}\n--x--\n`;
    const cwd = await tempFolder({ "in/a.eml": mail });
    const { code, stderr } = await command(cwd, ["in", "-o", "out"]);
    expect([code, stderr.includes("not read")]).toEqual([0, false]);
    expect((await outputs(cwd)).get("a.eml.md")).toContain(`in/a.eml » ${name}`);
  });

  it("exits with 3 when nothing could be done", async () => {
    const cwd = await folder();
    const { code, stderr } = await command(cwd, ["in/broken.pdf", "-o", "out/"]);
    expect(code).toBe(3);
    expect(stderr).toContain("not summarised: in/broken.pdf");
  });

  it("killed again and again, ends with the files of an undisturbed run, byte for byte", async () => {
    const [whole, killed] = [await folder(), await folder()];
    // JSON has everything that could differ.
    const args = ["in", "-o", "out", "--json"];
    await command(whole, args);
    for (let kills = 0; kills < 3; kills++) {
      const { signal } = await command(killed, args, { onStart: (child) => killAtChange(child, killed) });
      expect(signal).toBe("SIGKILL");
    }
    const last = await command(killed, args);
    expect(last.code).toBe(4);
    const files = await outputs(killed);
    expect([...files.keys()].filter((name) => !name.endsWith(".tmp"))).toEqual([
      ...(await outputs(whole)).keys(),
    ]);
    for (const [name, text] of await outputs(whole)) expect(files.get(name), name).toBe(text);
  });
});
