import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseBytes } from "../../src/document/parse.ts";
import { ask } from "../../src/engine/ask.ts";
import { Corpus } from "../../src/engine/corpus.ts";
import { Contexts } from "../../src/engine/reader/contexts.ts";
import { loadTokenizer } from "../../src/model/gguf-tokenizer.ts";
import type { LanguageModel } from "../../src/model/language-model.ts";
import { openRemote } from "../../src/model/remote/open-remote.ts";
import { PAPERS, QUESTIONS } from "../helpers/papers.ts";
import { StandInModel } from "../helpers/stand-in-model.ts";
import { StandInServer } from "../helpers/stand-in-server.ts";
import { engineOptions, openTestEngine, type TestEngine } from "./test-engine.ts";

const { FOCUS_TEST_MODEL: PATH = "" } = process.env;
const signal = new AbortController().signal;
/** Every fifth question, which takes a minute or two on a slow machine; all of them where FOCUS_TEST_QUESTIONS is "all". */
const { FOCUS_TEST_QUESTIONS: WHICH } = process.env;
const ASKED = QUESTIONS.filter((_, i) => WHICH === "all" || i % 5 === 0);
/** Nats that a token's log-likelihood may differ by. */
const TOLERANCE = 0.02;

let engine: TestEngine;
let stand: StandInModel;
let corpus: Corpus;

beforeAll(async () => {
  engine = await openTestEngine();
  stand = await StandInModel.open(engine.model, 2048);
  corpus = new Corpus([await parseBytes(Buffer.from(PAPERS), "papers.md")]);
});

afterAll(async () => {
  await stand[Symbol.asyncDispose]();
  await engine.backend[Symbol.asyncDispose]();
});

/** log P of a question's tokens behind the first chunk, the best chunk, and the quoted answer with its place. */
async function answered(question: string, model: LanguageModel, contexts: Contexts) {
  const options = { ...engineOptions(engine, []), reader: model, writer: model, contexts };
  const [first] = await corpus.chunks(engine.model, options.chunkTokens);
  await using pool = await model.openPool({ sequences: 1, contextTokens: 1024, sliceTokens: 256 });
  const values = await pool.lend(async (sequence) => {
    await sequence.prefill(first?.tokens ?? [], { signal });
    return sequence.logProbabilities(engine.model.tokenize(`\n\nQuestion: ${question}`), 1);
  });
  const quoting = { ...options, answerStyle: "quote" as const };
  const { answer, citations, window } = await ask({ corpus, question, loadMs: 0 }, quoting);
  // Here rows go through 8 bits: of six chunks, two that tell nothing may change places, as they do in one of the questions.
  const [best] = window.toSorted((a, b) => b.score - a.score);
  return { values, told: { best: best?.chunk, answer, places: citations.map(({ start }) => start) } };
}

describe("questions to SmolLM2 at a server", () => {
  it("rank the same chunk first and are answered as here", async () => {
    using server = await StandInServer.start(stand, { kind: "sglang" });
    await using file = await loadTokenizer(engine.backend, { path: PATH, signal });
    const own = { model: undefined, key: undefined, salt: undefined, concurrency: 1 };
    const options = { urls: [server.url], kind: "auto" as const, ...own, onNotice: () => undefined, signal };
    const { model } = await openRemote(options, async () => file);
    await using contexts = new Contexts();
    for (const question of ASKED) {
      const here = await answered(question, engine.model, engine.contexts);
      const there = await answered(question, model, contexts);
      expect(there.told, question).toEqual(here.told);
      for (const [i, value] of here.values.entries())
        expect(Math.abs(value - (there.values[i] ?? 0)), question).toBeLessThan(TOLERANCE);
    }
  }, 900_000);
});
