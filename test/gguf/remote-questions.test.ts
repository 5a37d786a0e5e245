import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseBytes } from "../../src/document/parse.ts";
import { ask } from "../../src/engine/ask.ts";
import { Corpus } from "../../src/engine/corpus.ts";
import { order } from "../../src/engine/ranking/fuse.ts";
import { readAndCondense } from "../../src/engine/ranking/likelihood.ts";
import { skim } from "../../src/engine/ranking/skim.ts";
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
/** A word's weight times what its values may differ by, in nats; vLLM evaluates prompts in other batches than this machine. */
const TOLERANCE = { sglang: 0.02, vllm: 1 };

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

/** The score of each chunk, their order, and the quoted answer with its place. */
async function answered(question: string, model: LanguageModel, contexts: Contexts) {
  const options = { ...engineOptions(engine, []), reader: model, writer: model, contexts };
  const { documents } = corpus;
  const chunks = await corpus.chunks(engine.model, options.chunkTokens);
  const { idf } = skim(corpus.words(chunks), question);
  const indexes = chunks.map((_, i) => i);
  const asked = { documents, chunks, question, prompts: options.prompts, chat: model.chat };
  const { scores } = await readAndCondense(asked, { indexes, idf }, options);
  const quoting = { ...options, answerStyle: "quote" as const };
  const { answer, citations } = await ask({ corpus, question, loadMs: 0 }, quoting);
  const values = indexes.map((index) => scores.get(index) ?? 0);
  return { values, order: order(values), answer, places: citations.map(({ start }) => start) };
}

describe.each(["sglang", "vllm"] as const)("20 questions to SmolLM2 at a server that speaks %s", (kind) => {
  it("rank the same chunks first and are answered as here", async () => {
    using server = await StandInServer.start(stand, { kind });
    await using file = await loadTokenizer(engine.backend, { path: PATH, signal });
    const own = { model: undefined, key: undefined, salt: undefined, concurrency: 1 };
    const options = { urls: [server.url], kind: "auto" as const, ...own, onNotice: () => undefined, signal };
    const { model } = await openRemote(options, async () => file);
    await using contexts = new Contexts();
    expect(QUESTIONS).toHaveLength(20);
    for (const question of QUESTIONS) {
      const here = await answered(question, engine.model, engine.contexts);
      const there = await answered(question, model, contexts);
      for (const [i, value] of here.values.entries())
        expect(Math.abs(value - (there.values[i] ?? 0)), question).toBeLessThan(TOLERANCE[kind]);
      expect(there.order[0], question).toBe(here.order[0]);
      if (kind === "sglang") expect(there.order, question).toEqual(here.order);
      expect({ answer: there.answer, places: there.places }, question).toEqual({
        answer: here.answer,
        places: here.places,
      });
    }
  });
});
