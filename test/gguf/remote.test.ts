import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Answer } from "../../src/engine/results.ts";
import { loadTokenizer } from "../../src/model/gguf-tokenizer.ts";
import type { LanguageModel } from "../../src/model/language-model.ts";
import { openRemote, type RemoteOptions } from "../../src/model/remote/open-remote.ts";
import { openDocuments, type SessionOptions } from "../../src/session/open-documents.ts";
import type { QuestionOptions, Session } from "../../src/session/session.ts";
import { FEW_PAPERS, PAPERS, QUESTION } from "../helpers/papers.ts";
import { StandInModel } from "../helpers/stand-in-model.ts";
import { StandInServer } from "../helpers/stand-in-server.ts";
import { newFolder, removeFolder } from "../helpers/temp-folder.ts";
import { openTestEngine, type TestEngine } from "./test-engine.ts";

const signal = new AbortController().signal;
const { FOCUS_TEST_MODEL: MODEL = "" } = process.env;
const QUOTE = { answerStyle: "quote" } as const;
const WRITE = { answerStyle: "write", budgetTokens: 400, answerTokens: 32 } as const;

let engine: TestEngine;
let stand: StandInModel;
let cwd: string;
/** What this machine answers with the same model, which is asked once. */
let quoted: Answer;
let written: Answer;

beforeAll(async () => {
  engine = await openTestEngine();
  stand = await StandInModel.open(engine.model, 2048);
  cwd = await newFolder({ "papers.md": PAPERS });
  quoted = await askHere(QUOTE);
  written = await askHere(WRITE);
});

afterAll(async () => {
  await removeFolder(cwd);
  await stand[Symbol.asyncDispose]();
  await engine.backend[Symbol.asyncDispose]();
});

function optionsFor(url: string): RemoteOptions {
  const own = {
    model: undefined,
    key: undefined,
    salt: undefined,
    concurrency: 4,
    onNotice: () => undefined,
  };
  return { urls: [url], kind: "auto", ...own, signal };
}

/** How likely a chunk makes a question, token by token. */
async function scored(model: LanguageModel): Promise<readonly number[]> {
  await using pool = await model.openPool({ sequences: 1, contextTokens: 1024, sliceTokens: 256 });
  return await pool.lend(async (sequence) => {
    await sequence.prefill(engine.model.tokenize(FEW_PAPERS), { signal });
    return [...(await sequence.logProbabilities(engine.model.tokenize(`\n\nQuestion: ${QUESTION}`), 1))];
  });
}

function open(options: SessionOptions): Promise<Session> {
  const folders = { models: join(cwd, "models"), kv: join(cwd, "kv"), config: cwd };
  const own = { model: MODEL, gpu: "off", threads: 1, chunkTokens: 96, cache: false } as const;
  return openDocuments("papers.md", { ...own, cwd, folders, ...options });
}

/** In a session of its own, as the server's is. */
async function askHere(options: QuestionOptions): Promise<Answer> {
  await using session = await open({ reader: MODEL, condenser: "likelihood" });
  return await session.ask(QUESTION, options);
}

/** Where a prompt is evaluated in other batches than here, values of a quantised model differ by so much, in nats. */
const TOLERANCE = { sglang: 0.02, vllm: 0.2 };

describe.each(["sglang", "vllm"] as const)("SmolLM2 at a server that speaks %s", (kind) => {
  it("scores tokens as it does here, as far as its batches are the same", async () => {
    using server = await StandInServer.start(stand, { kind });
    await using file = await loadTokenizer(engine.backend, { path: MODEL, signal });
    const opened = await openRemote(optionsFor(server.url), async () => file);
    expect(opened.compared).toEqual({ tokenizer: true, chat: true });
    const [there, here] = [await scored(opened.model), await scored(engine.model)];
    expect(there).toHaveLength(here.length);
    for (const [i, value] of there.entries())
      expect(Math.abs(value - (here[i] ?? 0)), `token ${i}`).toBeLessThan(TOLERANCE[kind]);
  });

  it("ranks and quotes as it does here", async () => {
    using server = await StandInServer.start(stand, { kind });
    await using session = await open({ engine: [server.url] });
    expect(session.models.writer).toMatchObject({
      name: "small",
      path: server.url,
      trainedContextTokens: 2048,
    });
    const remote = await session.ask(QUESTION, QUOTE);
    expect(remote.answer).toBe(quoted.answer);
    expect(remote.window.map(({ start }) => start)).toEqual(quoted.window.map(({ start }) => start));
  });

  it("writes, and what it writes has its passage", async () => {
    using server = await StandInServer.start(stand, { kind });
    await using session = await open({ engine: [server.url] });
    const remote = await session.ask(QUESTION, WRITE);
    expect(remote.answer).toBe(written.answer);
    expect(remote.citations.map(({ start }) => start)).toEqual(written.citations.map(({ start }) => start));
    expect(remote.tokens.computed).toEqual(written.tokens.computed);
  });
});
