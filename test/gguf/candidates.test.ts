import { cp, open, readdir, stat, truncate } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Document } from "../../src/document/document.ts";
import { parseBytes } from "../../src/document/parse.ts";
import { ask } from "../../src/engine/ask.ts";
import { Corpus } from "../../src/engine/corpus.ts";
import type { EngineEvent } from "../../src/engine/events.ts";
import type { AskOptions, CandidateOptions } from "../../src/engine/options.ts";
import type { Answer } from "../../src/engine/results.ts";
import type { Adapter } from "../../src/model/adapters/adapter.ts";
import { resolveAdapter } from "../../src/model/adapters/adapters.ts";
import { FEW_PAPERS, PAPERS } from "../helpers/papers.ts";
import { newFolder, removeFolder, tempFolder } from "../helpers/temp-folder.ts";
import { engineOptions, openTestEngine, openTestStore, type TestEngine } from "./test-engine.ts";

const { FOCUS_TEST_MODEL: PATH = "" } = process.env;
const FACT = "The access code of the silver harbor is 48213.";
const CODE = "48213";
const QUESTION = "What is the access code of the silver harbor?";
/** The fact stands in the fourth of six chunks. */
const TEXT = PAPERS.replace("# Stores", `${FACT}\n\n# Stores`);
/** The fact stands in the second of three chunks. */
const SHORT = FEW_PAPERS.replace("# The boat", `${FACT}\n\n# The boat`);

let engine: TestEngine;
let adapter: Adapter;
let documents: Document[];
/** What a store holds that the question about SHORT has filled. */
let filled: string;
/** What was said then, and what is said without a store. */
let first: Answer;
let without: Answer;

beforeAll(async () => {
  engine = await openTestEngine();
  adapter = await resolveAdapter(undefined, { name: "smollm2-135m", path: PATH });
  documents = [await parseBytes(Buffer.from(TEXT), "papers.md")];
  without = await answer({ text: SHORT });
  filled = await newFolder();
  const { store } = await openTestStore([], filled);
  first = await answer({ text: SHORT, store });
});

afterAll(async () => {
  await removeFolder(filled);
  await engine.backend[Symbol.asyncDispose]();
});

/** A copy that a test may change. */
async function copyOfFilled(): Promise<string> {
  const dir = await tempFolder();
  await cp(filled, dir, { recursive: true });
  return dir;
}

type Overrides = Partial<Omit<AskOptions, "candidates">> &
  Partial<CandidateOptions> & { readonly events?: EngineEvent[]; readonly text?: string };

async function answer({ events = [], text, ...overrides }: Overrides = {}): Promise<Answer> {
  const { condenser = "candidates", refreshTokens, adapter: own = adapter, ...options } = overrides;
  const read = text === undefined ? documents : [await parseBytes(Buffer.from(text), "papers.md")];
  return ask(
    { corpus: new Corpus(read), loadMs: 0, question: QUESTION },
    {
      ...engineOptions(engine, events),
      answerTokens: 24,
      ...options,
      candidates: { condenser, refreshTokens, adapter: own },
    },
  );
}

function said({ answer: text, verdict, citations, unsupported }: Answer) {
  return { text, verdict, citations, unsupported };
}

describe("an answer from candidate tokens alone", () => {
  it("has what one of the chunks says, with place and quote, and no window", async () => {
    const found = await answer();
    expect(found.answer).toContain(CODE);
    expect(found).toMatchObject({ verdict: "answered", condenser: "candidates", window: [], style: "write" });
    expect(found.candidates).toMatchObject({
      chunks: found.coverage.chunks.total,
      perChunk: adapter.perChunk,
      reusedChunks: 0,
      refreshes: 0,
    });
    expect(found.coverage.chunks.total).toBeGreaterThanOrEqual(6);
    expect(found.citations[0]).toMatchObject({ quote: FACT, path: "papers.md" });
  });

  it("does not have what the adapter's training alone brings to it", async () => {
    expect((await answer({ text: SHORT, adapter: { ...adapter, scale: 0 } })).answer).not.toContain(CODE);
  });

  it("cannot be had from a document that does not say it, and is called uncertain then", async () => {
    const found = await answer({ text: FEW_PAPERS });
    expect(found.answer).not.toContain(CODE);
    expect(found.verdict).toBe("uncertain");
  });

  it("costs no pass over the chunks when the same question comes again", async () => {
    const { store } = await openTestStore([], await copyOfFilled());
    const second = await answer({ text: SHORT, store });
    expect(said(first)).toEqual(said(without));
    expect(said(second)).toEqual(said(without));
    expect(first.candidates?.reusedChunks).toBe(0);
    expect(second.candidates?.reusedChunks).toBe(second.candidates?.chunks);
    const chunks = second.candidates?.chunks ?? 0;
    expect(first.tokens.computed.condense - second.tokens.computed.condense).toBeGreaterThanOrEqual(
      chunks * adapter.perChunk,
    );
    const other = await answer({ text: SHORT, store, adapter: { ...adapter, scale: 0.5 } });
    expect(other.candidates?.reusedChunks).toBe(0);
  });

  it.each([
    ["cut short", async (path: string) => truncate(path, (await stat(path)).size - 100)],
    ["changed in one byte", flipByte],
  ])("computes stored candidates again that were %s, and says so", async (_, damage) => {
    const warnings: string[] = [];
    const dir = await copyOfFilled();
    const sizes = await sizesIn(dir);
    const smallest = Math.min(...sizes.map(({ bytes }) => bytes)) * 1.5;
    const rows = sizes.filter(({ bytes }) => bytes < smallest);
    expect(rows).toHaveLength(first.candidates?.chunks ?? 0);
    await damage(rows[0]?.path ?? "");
    const { store } = await openTestStore(warnings, dir);
    const second = await answer({ text: SHORT, store });
    expect(said(second)).toEqual(said(first));
    expect(second.candidates?.reusedChunks).toBe(rows.length - 1);
    expect(warnings).toHaveLength(1);
  });

  it("has those of the most relevant chunks where not all find room, and says so", async () => {
    const events: EngineEvent[] = [];
    const trained = engine.model.metadata.trainedContextTokens;
    const found = await answer({ events, answerTokens: trained - 64 });
    expect(found.candidates?.chunks).toBeLessThan(found.coverage.chunks.total);
    expect(found.candidates?.chunks).toBeGreaterThan(0);
    expect(found.answer).toContain(CODE);
    expect(events).toContainEqual(
      expect.objectContaining({
        kind: "warning",
        message: expect.stringMatching(/candidate tokens exceed the \d+ tokens .* most relevant chunks/u),
      }),
    );
  });

  it("is refused where no candidate finds room", async () => {
    const { trainedContextTokens: answerTokens } = engine.model.metadata;
    await expect(answer({ answerTokens })).rejects.toMatchObject({
      name: "UsageError",
      message: expect.stringContaining("no candidate token finds room"),
    });
  });
});

describe("an answer from candidates and a window", () => {
  it("has both, within the budget", async () => {
    const found = await answer({ condenser: "both", budgetTokens: 300 });
    expect(found).toMatchObject({ condenser: "both", verdict: "answered" });
    expect(found.window.length).toBeGreaterThan(0);
    expect(found.window.length).toBeLessThan(found.coverage.chunks.total);
    expect(found.answer).toContain(CODE);
  });
});

describe("candidates that are computed anew", () => {
  it("are so after each token, as in the paper, or after so many; the first token is the same", async () => {
    const wanted = { text: SHORT, store: (await openTestStore()).store, answerTokens: 5 };
    const [never, every, third] = [
      await answer(wanted),
      await answer({ ...wanted, refreshTokens: 1 }),
      await answer({ ...wanted, refreshTokens: 3 }),
    ];
    expect(never.candidates?.refreshes).toBe(0);
    expect(every.candidates?.refreshes).toBe(wanted.answerTokens - 1);
    expect(third.candidates?.refreshes).toBe(1);
    const start = (found: Answer): string => found.answer.split(" ")[0] ?? "";
    expect(start(every)).toBe(start(never));
    // Until the first refresh nothing differs.
    expect(third.answer.slice(0, 8)).toBe(never.answer.slice(0, 8));
    expect(every.tokens.computed.condense).toBeGreaterThan(2 * third.tokens.computed.condense);
  });

  it("say that every time reads the document where nothing is kept", async () => {
    const events: EngineEvent[] = [];
    await answer({ events, text: FACT, refreshTokens: 3, answerTokens: 4 });
    expect(events).toContainEqual(
      expect.objectContaining({ kind: "warning", message: expect.stringContaining("without a KV store") }),
    );
  });
});

describe("an adapter", () => {
  it("that llama.cpp refuses is an error that names it, not the end of the process", async () => {
    const path = join(await tempFolder({ "bad.gguf": "GGUF and nothing else" }), "bad.gguf");
    await expect(answer({ adapter: { ...adapter, path } })).rejects.toMatchObject({
      name: "ModelError",
      message: expect.stringContaining(`cannot use the adapter ${path}`),
    });
  });
});

async function sizesIn(dir: string): Promise<{ path: string; bytes: number }[]> {
  const names = (await readdir(dir, { recursive: true })).filter((name) => name.endsWith(".kv"));
  return Promise.all(
    names.map(async (name) => ({ path: join(dir, name), bytes: (await stat(join(dir, name))).size })),
  );
}

async function flipByte(path: string): Promise<void> {
  await using file = await open(path, "r+");
  const at = (await file.stat()).size - 2000;
  const byte = new Uint8Array(1);
  await file.read(byte, 0, 1, at);
  await file.write(Uint8Array.of((byte[0] ?? 0) ^ 0xff), 0, 1, at);
}
