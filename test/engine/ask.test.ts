import { open, readdir } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { Document } from "../../src/document/document.ts";
import { parseBytes } from "../../src/document/parse.ts";
import { ask } from "../../src/engine/ask.ts";
import { Corpus } from "../../src/engine/corpus.ts";
import type { EngineEvent } from "../../src/engine/events.ts";
import type { AskOptions } from "../../src/engine/options.ts";
import type { Answer } from "../../src/engine/results.ts";
import { FAKE_CONDENSER, fakeOptions, fakeStore } from "../helpers/fake-engine.ts";
import { fakeModel } from "../helpers/fake-model.ts";
import { PAPERS, QUESTION } from "../helpers/papers.ts";

let documents: Document[];

beforeAll(async () => {
  documents = [await parseBytes(Buffer.from(PAPERS), "papers.md")];
});

function run(options: AskOptions, question = QUESTION): Promise<Answer> {
  return ask({ corpus: new Corpus(documents), loadMs: 0, question }, options);
}

/** What must not depend on where rows came from. */
function told({ answer, answers, verdict, confidence, citations, window }: Answer) {
  return { answer, answers, verdict, confidence, citations, window };
}

describe("ask, on a model without weights", () => {
  it("quotes the passage that answers, where it stands", async () => {
    const { answer, citations, condenser } = await run(await fakeOptions());
    expect(condenser).toBe("likelihood");
    expect(answer).toContain("designed by Isobel Tarrant");
    const [first] = citations;
    expect(first?.quote).toBe(documents[0]?.text.slice(first?.start, first?.end));
  });

  it("answers in a few words under a condenser, with their passage", async () => {
    const found = await run(await fakeOptions({ condenserAdapter: FAKE_CONDENSER, answerStyle: "short" }));
    expect(found).toMatchObject({ answer: "Isobel Tarrant", condenser: "answer", verdict: "answered" });
    expect(found.citations[0]?.quote).toContain("designed by Isobel Tarrant");
  });

  it.each(["short", "quote"] as const)(
    "counts all tokens that go through the model, in style %s and without a store",
    async (style) => {
      const reader = fakeModel();
      const by = { reader, condenserAdapter: FAKE_CONDENSER, answerStyle: style, condenseChunks: 6 };
      const { tokens, coverage } = await run(await fakeOptions(by));
      const counted = Object.values(tokens.computed).reduce((sum, one) => sum + one, 0);
      expect(counted).toBe(reader.evaluated());
      expect(coverage.chunks.read).toBeGreaterThanOrEqual(6);
    },
  );

  it("says that nothing answers where no chunk does", async () => {
    const options = await fakeOptions({ condenserAdapter: FAKE_CONDENSER, answerStyle: "short" });
    const found = await run(options, "Where do penguins spend the winter months?");
    expect(found).toMatchObject({ answer: "", verdict: "absent", answers: [] });
  });

  it("writes in pieces that join to the answer, whose sentences have passages", async () => {
    const events: EngineEvent[] = [];
    const { answer, citations } = await run(await fakeOptions({ answerStyle: "write", events }));
    expect(answer).toBe("The tower of the Sandrevoe light was designed by Isobel Tarrant.");
    expect(citations[0]?.quote).toContain("Isobel Tarrant");
    const pieces = events.flatMap((event) => (event.kind === "text" ? [event.text] : []));
    expect(pieces.length).toBeGreaterThan(3);
    expect(pieces.join("").trim()).toBe(answer);
  });

  it("tells a writer what the condenser found, and cites its passage", async () => {
    const written = { answerStyle: "write" } as const;
    const alone = await run(await fakeOptions(written));
    const told = await run(
      await fakeOptions({ ...written, condenserAdapter: FAKE_CONDENSER, tellsWriter: true }),
    );
    expect(told.answer).toBe(alone.answer);
    expect(told.tokens.computed.window).toBeGreaterThan(alone.tokens.computed.window);
    expect(told.tokens.computed.attribute).toBe(0);
    expect(told.citations[0]?.quote).toContain("designed by Isobel Tarrant");
  });

  it("reads the chunks that it condenses, and no others, and counts them", async () => {
    const { coverage, tokens } = await run(await fakeOptions({ condenseChunks: 2 }));
    expect(coverage.chunks).toMatchObject({
      searched: coverage.chunks.total,
      condensed: 2,
      read: 2,
      stored: 0,
    });
    expect(coverage.tokens.read).toBeLessThan(coverage.tokens.total);
    expect(tokens.computed.read).toBeGreaterThanOrEqual(coverage.tokens.read);
  });

  it.each([
    ["likelihood", {}],
    ["a condenser", { condenserAdapter: FAKE_CONDENSER, answerStyle: "short" }],
  ] as const)("says the same with stored rows as without, by %s, and reads nothing twice", async (_, by) => {
    const { store } = await fakeStore();
    const without = await run(await fakeOptions(by));
    const first = await run(await fakeOptions({ ...by, store }));
    const second = await run(await fakeOptions({ ...by, store }));
    expect(told(first)).toEqual(told(without));
    expect(told(second)).toEqual(told(without));
    expect(first.tokens.reused).toBe(0);
    expect(second.tokens).toMatchObject({ computed: { read: 0 }, reused: second.coverage.tokens.total });
  });

  it("reads a stored chunk again that was damaged, and says so", async () => {
    const { store, dir } = await fakeStore();
    const first = await run(await fakeOptions({ store }));
    const [name = ""] = (await readdir(dir, { recursive: true })).filter((one) => one.endsWith(".kv"));
    await using file = await open(join(dir, name), "r+");
    await file.write(Buffer.from("damage"), 0, 6, 20);
    const again = await fakeStore(dir);
    const second = await run(await fakeOptions({ store: again.store }));
    expect(told(second)).toEqual(told(first));
    expect(second.coverage.chunks).toMatchObject({ read: 1 });
    expect(again.warnings).toEqual([expect.stringContaining("damaged")]);
  });

  it("keeps what the store has room for, and reads the rest again", async () => {
    const { store } = await fakeStore(undefined, 20_000);
    const events: EngineEvent[] = [];
    await run(await fakeOptions({ store, events }));
    expect(events).toContainEqual(
      expect.objectContaining({ kind: "warning", message: expect.stringContaining("has room for") }),
    );
    const { coverage } = await run(await fakeOptions({ store }));
    expect(coverage.chunks.stored).toBeGreaterThan(0);
    expect(coverage.chunks.read).toBeGreaterThan(0);
  });

  it("tells those who look for a cause what the store had, and how chunks were ranked", async () => {
    const { store } = await fakeStore();
    const heard = async (): Promise<string[]> => {
      const events: EngineEvent[] = [];
      await run(await fakeOptions({ store, events, condenseChunks: 2 }));
      return events.flatMap((event) => (event.kind === "debug" ? [event.message] : []));
    };
    const [first, second] = [await heard(), await heard()];
    expect(first.filter((line) => line.endsWith(": read, and kept in the store"))).toHaveLength(2);
    expect(second.filter((line) => line.endsWith(": from the store")).length).toBeGreaterThanOrEqual(2);
    expect(second).toContainEqual(
      expect.stringMatching(/^1\. papers\.md, chunk \d: words [\d.]+, retrieved [\d.]+, condensed /u),
    );
  });

  it("gives the same answer with two sequences as with one", async () => {
    const one = await run(await fakeOptions());
    const two = await run(await fakeOptions({ sequences: 2 }));
    expect(told(two)).toEqual(told(one));
  });

  it("refuses models that lack what a stage needs, and names it", async () => {
    const mute = fakeModel({ name: "mute", capabilities: ["rows", "score"] });
    await expect(run(await fakeOptions({ writer: mute, answerStyle: "write" }))).rejects.toThrow(
      "mute cannot write, which is needed here",
    );
    const blind = fakeModel({ name: "blind", capabilities: ["generate"] });
    await expect(run(await fakeOptions({ reader: blind }))).rejects.toThrow(
      "blind cannot tell how likely given tokens are",
    );
  });

  it("keeps no rows of a model that cannot take them up again", async () => {
    const { store, dir } = await fakeStore();
    const forgetful = fakeModel({ capabilities: ["score", "generate"] });
    await run(await fakeOptions({ reader: forgetful, store }));
    const { coverage } = await run(await fakeOptions({ reader: forgetful, store }));
    expect(coverage.chunks.stored).toBe(0);
    expect((await readdir(dir, { recursive: true })).filter((one) => one.endsWith(".kv"))).toEqual([]);
  });
});
