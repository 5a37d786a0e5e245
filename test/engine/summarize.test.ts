import { beforeAll, describe, expect, it } from "vitest";
import type { Document } from "../../src/document/document.ts";
import { parseBytes } from "../../src/document/parse.ts";
import { Corpus } from "../../src/engine/corpus.ts";
import type { EngineEvent } from "../../src/engine/events.ts";
import type { SummarizeOptions } from "../../src/engine/options.ts";
import { summarize } from "../../src/engine/summarize.ts";
import type { Summary } from "../../src/engine/summary/summary.ts";
import { FAKE_CONDENSER, fakeOptions, fakeStore } from "../helpers/fake-engine.ts";
import { fakeModel } from "../helpers/fake-model.ts";
import { PAPERS } from "../helpers/papers.ts";

let document: Document;

beforeAll(async () => {
  document = await parseBytes(Buffer.from(PAPERS), "papers.md");
});

type Overrides = Partial<SummarizeOptions> & {
  readonly events?: EngineEvent[];
  readonly focus?: string;
  readonly corpus?: Corpus;
};

async function run({ focus, corpus, events = [], ...overrides }: Overrides = {}): Promise<Summary> {
  const { answerStyle: _, ...read } = await fakeOptions({ events });
  const options: SummarizeOptions = {
    ...read,
    answerStyle: "quote",
    depth: "quick",
    merges: false,
    layout: "paragraph",
    language: undefined,
    mostWords: 60,
    strict: false,
    ...overrides,
  };
  return summarize({ corpus: corpus ?? new Corpus([document]), focus, loadMs: 0 }, options);
}

describe("summarize, on a model without weights", () => {
  it("quotes sentences from everywhere, and needs no model for that", async () => {
    const reader = fakeModel();
    const { points, words, tokens } = await run({ reader, writer: reader });
    expect(words).toBeLessThanOrEqual(60);
    expect(points.length).toBeGreaterThan(2);
    for (const { citation } of points)
      expect(document.text.slice(citation?.start, citation?.end)).toBe(citation?.quote);
    expect(tokens.computed).toMatchObject({ read: 0, condense: 0, write: 0 });
    expect(reader.opened).toEqual([]);
  });

  it("keeps to the length in Chinese, two characters of which are a word", async () => {
    const sentence = (i: number) => `第${i}号码头的租金由港务局在每年三月以前向所有船东统一收取。`;
    const text = Array.from({ length: 40 }, (_, i) => sentence(i)).join("\n\n");
    const chinese = await parseBytes(Buffer.from(text), "harbour.txt");
    const { points, words } = await run({ corpus: new Corpus([chinese]), mostWords: 60 });
    expect(points.length).toBeGreaterThan(1);
    expect(points.length).toBeLessThan(6);
    expect(words).toBeGreaterThan(30);
  });

  it("looks for what it is told to look for, and says when no word of it stands there", async () => {
    const { points } = await run({ focus: "price of the boat in pounds", mostWords: 30 });
    expect(points.map(({ text }) => text).join(" ")).toContain("340 pounds");
    const events: EngineEvent[] = [];
    await run({ focus: "penguins", events });
    expect(events).toContainEqual(
      expect.objectContaining({ kind: "warning", message: expect.stringContaining("no word of") }),
    );
  });

  it("quotes the passages that answer what is looked for, and nothing that does not, with a condenser", async () => {
    const filler = "The lamp was lit and the boats came home on every evening of that week. ".repeat(6);
    const minutes = ["The keeper of the light was Anders Moe.", filler, "Nothing else was said of him."];
    const corpus = new Corpus([await parseBytes(Buffer.from(minutes.join("\n\n")), "minutes.md")]);
    const asked = { focus: "keeper of the light", mostWords: 60, corpus };
    const texts = async (overrides: Overrides): Promise<string[]> =>
      (await run({ ...asked, ...overrides })).points.map(({ text }) => text);
    expect(await texts({ condenserAdapter: FAKE_CONDENSER })).toEqual(minutes.slice(0, 1));
    expect((await texts({})).length).toBeGreaterThan(1);
  });

  it("counts all tokens that go through the model for what is looked for", async () => {
    const reader = fakeModel();
    const looking = { reader, writer: reader, condenserAdapter: FAKE_CONDENSER, condenseChunks: 9 };
    const { tokens, coverage } = await run({ ...looking, focus: "price of the boat" });
    expect(tokens.computed.read + tokens.computed.condense).toBe(reader.evaluated());
    expect(coverage.chunks).toMatchObject({ condensed: 6 });
  });

  it("takes the sentence that says it, not the one that leads into it", async () => {
    const text =
      "The keeper of the northern light on the outer skerry was Anders Moe. He receives 240 pounds.";
    const corpus = new Corpus([await parseBytes(Buffer.from(text), "wages.md")]);
    const asked = { focus: "receives pounds", condenserAdapter: FAKE_CONDENSER, mostWords: 5, corpus };
    expect((await run(asked)).points.map((point) => point.text)).toEqual(["He receives 240 pounds."]);
  });

  it("says when no word of what to look for stands there, with a condenser that finds nothing either", async () => {
    const events: EngineEvent[] = [];
    await run({ focus: "penguins", condenserAdapter: FAKE_CONDENSER, events });
    expect(events.filter(({ kind }) => kind === "warning")).toHaveLength(1);
  });

  it("judges whether the documents speak of what is looked for, as an answer is judged", async () => {
    const text = "The keeper of the northern light was Anders Moe. He receives 240 pounds.";
    const corpus = new Corpus([await parseBytes(Buffer.from(text), "wages.md")]);
    const asked = { condenserAdapter: FAKE_CONDENSER, corpus };
    const [there, nowhere] = [
      await run({ ...asked, focus: "receives pounds" }),
      await run({ ...asked, focus: "penguins" }),
    ];
    expect(there.confidence).toBeGreaterThan(nowhere.confidence ?? 1);
    expect(nowhere.verdict).not.toBe("answered");
    const others = [await run(asked), await run({ corpus, focus: "receives pounds" })];
    for (const { verdict, confidence } of others) expect([verdict, confidence]).toEqual([null, null]);
  });

  it("keeps its reader for what is looked for where the writer reads all", async () => {
    const [reader, writer] = [fakeModel({ name: "reader" }), fakeModel({ name: "writer" })];
    const written = {
      answerStyle: "write",
      depth: "full",
      reader,
      writer,
      focus: "price of the boat",
    } as const;
    expect((await run({ ...written, condenserAdapter: FAKE_CONDENSER })).models.reader.name).toBe("reader");
    expect((await run(written)).models.reader.name).toBe("writer");
  });

  it("notes chunks from their rows, and in full depth reads none twice", async () => {
    const { store } = await fakeStore();
    const written = { answerStyle: "write", depth: "full", store } as const;
    const first = await run(written);
    const second = await run(written);
    const { total } = first.coverage.chunks;
    expect(first.coverage.chunks).toMatchObject({ read: total, stored: 0 });
    expect(second.coverage.chunks).toMatchObject({ read: 0, stored: total });
    expect(first.tokens.reused).toBe(0);
    expect(second.tokens.reused).toBe(second.coverage.tokens.read);
    expect(second.points).toEqual(first.points);
    expect(first.notes.length).toBeGreaterThan(2);
    for (const { citation, supported } of first.points) expect(supported).toBe(citation !== null);
  });

  it("has the writer merge its notes within the length", async () => {
    const { words, points } = await run({ answerStyle: "write", merges: true, mostWords: 40 });
    expect(words).toBeLessThanOrEqual(40);
    expect(points.length).toBeGreaterThan(0);
  });

  it("writes at once from the most salient sentences", async () => {
    const { depth, notes, points } = await run({ answerStyle: "write", depth: "once" });
    expect({ depth, notes }).toEqual({ depth: "once", notes: [] });
    expect(points[0]?.citation?.quote).toContain(points[0]?.text ?? "-");
  });
});
