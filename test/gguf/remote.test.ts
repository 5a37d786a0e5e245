import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SessionEvent } from "../../src/session/events.ts";
import { openDocuments, type SessionOptions } from "../../src/session/open-documents.ts";
import type { Session } from "../../src/session/session.ts";
import { PAPERS, QUESTION } from "../helpers/papers.ts";
import { StandInModel } from "../helpers/stand-in-model.ts";
import { StandInServer } from "../helpers/stand-in-server.ts";
import { tempFolder } from "../helpers/temp-folder.ts";
import { openTestEngine, type TestEngine } from "./test-engine.ts";

const { FOCUS_TEST_MODEL: MODEL = "" } = process.env;

let engine: TestEngine;
let stand: StandInModel;

beforeAll(async () => {
  engine = await openTestEngine();
  stand = await StandInModel.open(engine.model, 2048);
});

afterAll(async () => {
  await stand[Symbol.asyncDispose]();
  await engine.backend[Symbol.asyncDispose]();
});

async function open(options: SessionOptions): Promise<Session> {
  const cwd = await tempFolder({ "papers.md": PAPERS });
  const folders = { models: join(cwd, "models"), kv: join(cwd, "kv"), config: cwd };
  const own = { model: MODEL, gpu: "off", threads: 1, chunkTokens: 96, cache: false } as const;
  return openDocuments("papers.md", { ...own, cwd, folders, ...options });
}

describe.each(["sglang", "vllm"] as const)("SmolLM2 at a server that speaks %s", (kind) => {
  it("scores tokens as it does here, to within 0.02 nats", async () => {
    using server = await StandInServer.start(stand, { kind });
    const events: SessionEvent[] = [];
    await using session = await open({ engine: [server.url], onEvent: (event) => events.push(event) });
    const { writer } = session.models;
    expect(writer).toMatchObject({ name: "small", path: server.url, trainedContextTokens: 2048 });
    const remote = await session.ask(QUESTION, { answerStyle: "quote" });
    await using here = await open({ reader: MODEL, condenser: "likelihood" });
    const local = await here.ask(QUESTION, { answerStyle: "quote" });
    expect(remote.answer).toBe(local.answer);
    expect(remote.window.map(({ start }) => start)).toEqual(local.window.map(({ start }) => start));
  });

  it("writes, and what it writes has its passage", async () => {
    using server = await StandInServer.start(stand, { kind });
    const options = { answerStyle: "write", budgetTokens: 400, answerTokens: 32 } as const;
    await using session = await open({ engine: [server.url], ...options });
    const remote = await session.ask(QUESTION);
    await using here = await open({ reader: MODEL, condenser: "likelihood", ...options });
    const local = await here.ask(QUESTION);
    expect(remote.answer).toBe(local.answer);
    expect(remote.citations.map(({ start }) => start)).toEqual(local.citations.map(({ start }) => start));
    expect(remote.tokens.computed).toEqual(local.tokens.computed);
  });
});
