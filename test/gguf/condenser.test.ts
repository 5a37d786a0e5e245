import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Document } from "../../src/document/document.ts";
import { parseBytes } from "../../src/document/parse.ts";
import { ask } from "../../src/engine/ask.ts";
import { Condenser } from "../../src/engine/condenser/condenser.ts";
import { Corpus } from "../../src/engine/corpus.ts";
import type { AskOptions } from "../../src/engine/options.ts";
import type { LocalAdapter } from "../../src/model/adapters/adapter.ts";
import { readerWeights } from "../../src/model/adapters/reader-weights.ts";
import { chunkOf } from "../helpers/chunk-of.ts";
import { FEW_PAPERS, QUESTION } from "../helpers/papers.ts";
import { engineOptions, openTestEngine, openTestStore, type TestEngine } from "./test-engine.ts";

let engine: TestEngine;
let adapter: LocalAdapter;
let documents: Document[];

beforeAll(async () => {
  engine = await openTestEngine();
  const { condenser } = await readerWeights(engine.model);
  if (condenser === undefined) throw new Error("no condenser comes with focus for the embedded model");
  adapter = condenser;
  documents = [await parseBytes(Buffer.from(FEW_PAPERS), "papers.md")];
});

afterAll(() => engine.backend[Symbol.asyncDispose]());

function options(overrides: Partial<AskOptions> = {}): AskOptions {
  return { ...engineOptions(engine, []), answerStyle: "short", condenserAdapter: adapter, ...overrides };
}

const question = (text = QUESTION) => ({ corpus: new Corpus(documents), loadMs: 0, question: text });

const PASSAGES = [
  "The harbour office is open from nine to four. The clerk is Anders Moe.",
  "The season's fee is 1,450 crowns. It is due before 15 April.",
  "Boats are painted every spring with a paint that keeps weeds away.",
];

describe("the condenser", () => {
  it("gives the passage that answers the highest margin, and says its answer", async () => {
    const input = { question: "Who is the clerk of the harbour office?", adapter, totalTokens: 0 };
    const { parts } = await chunkOf(PASSAGES, engine.model);
    await using condenser = await Condenser.open(input, options());
    const margins = await condenser.marginsOfParts(parts);
    expect(margins.indexOf(Math.max(...margins))).toBe(0);
    expect(Math.max(...margins.slice(1))).toBeLessThan((margins[0] ?? 0) - 2);
    const supports = await condenser.supports(parts, "Anders Moe");
    expect(supports.indexOf(Math.max(...supports))).toBe(0);
  });
});

describe("an answer to a question for a date", () => {
  it("has a number where the passage has one, and what else it says where it is not asked for one", async () => {
    const passage =
      "The lamp was lit for the first time on 19 October 1871, seven weeks late, because the lens had been held up by ice.";
    const { parts } = await chunkOf([passage], engine.model);
    for (const question of [
      "On which date was the lamp lit for the first time?",
      "In which year was it lit?",
    ]) {
      await using condenser = await Condenser.open({ question, adapter, totalTokens: 0 }, options());
      expect((await condenser.answersOfParts(parts))[0]).toContain("1871");
    }
    const why = { question: "Why was the lamp lit late?", adapter, totalTokens: 0 };
    await using condenser = await Condenser.open(why, options());
    expect((await condenser.answersOfParts(parts))[0]).toContain("ice");
  });
});

describe("a short answer", () => {
  it("is said in a few words, with the passage that says it", async () => {
    const answer = await ask(question(), options());
    expect(answer.answer).toContain("Isobel Tarrant");
    expect(answer).toMatchObject({ style: "short", condenser: "answer" });
    expect(answer.verdict).not.toBe("absent");
    expect(answer.answers[0]?.citations).toContain(1);
    expect(answer.citations[0]?.quote).toContain("designed by Isobel Tarrant");
  });

  it("is none where no chunk answers, and the nearest passage is told", async () => {
    const answer = await ask(
      question("How do penguins sleep in Antarctica?"),
      options({ chunkTokens: 512, budgetTokens: 1024 }),
    );
    expect(answer).toMatchObject({ verdict: "absent", answer: "", answers: [] });
    expect(answer.citations.length).toBeGreaterThan(0);
  });

  it("reads the chunks that it condenses, and no others; the store makes no difference to what is said", async () => {
    const { store } = await openTestStore();
    const told = ({ answer, answers, citations, window, confidence }: Awaited<ReturnType<typeof ask>>) => {
      return { answer, answers, citations, window, confidence };
    };
    const without = await ask(question(), options({ condenseChunks: 2 }));
    const first = await ask(question(), options({ store, condenseChunks: 2 }));
    const second = await ask(question(), options({ store, condenseChunks: 2 }));
    expect(first.coverage.chunks).toMatchObject({
      searched: first.coverage.chunks.total,
      condensed: 2,
      read: 2,
    });
    expect(second.coverage.chunks).toMatchObject({ read: 0, stored: 2 });
    expect(first.coverage.tokens.read).toBeLessThan(first.coverage.tokens.total);
    expect(second.tokens.computed.read).toBe(0);
    expect(told(first)).toEqual(told(without));
    expect(told(second)).toEqual(told(without));
  });

  it("is quoted in whole passages when it is asked to, the first of which answers", async () => {
    const answer = await ask(question(), options({ answerStyle: "quote" }));
    expect(answer.citations[0]?.quote).toContain("designed by Isobel Tarrant");
    for (const { quote, start, end } of answer.citations)
      expect(documents[0]?.text.slice(start, end)).toBe(quote);
  });
});
