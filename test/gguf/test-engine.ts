import type { EngineEvent } from "../../src/engine/events.ts";
import { Contexts } from "../../src/engine/reader/contexts.ts";
import { type KvStore, openStore } from "../../src/kv/store/store.ts";
import { type Backend, openBackend } from "../../src/model/backend.ts";
import { loadModel } from "../../src/model/gguf-model.ts";
import type { LanguageModel } from "../../src/model/language-model.ts";
import { loadPrompts, type Prompts } from "../../src/prompt/template.ts";
import { tempFolder } from "../helpers/temp-folder.ts";

const { FOCUS_TEST_MODEL: PATH = "", FOCUS_TEST_COPIES: COPIES = "" } = process.env;

/** A real model, in the form that a session loads, and the prompts that come with focus. */
export type TestEngine = {
  readonly backend: Backend;
  readonly model: LanguageModel;
  readonly contexts: Contexts;
  readonly prompts: Prompts;
};

/** Throws ModelError where FOCUS_TEST_MODEL names no model: nothing is skipped. */
export async function openTestEngine(): Promise<TestEngine> {
  const backend = await openBackend({ gpu: "off", threads: 1, onLog: () => undefined });
  const { signal } = new AbortController();
  const copies = { dir: COPIES, onNotice: console.error };
  const options = { path: PATH, name: "smollm2-135m", contextTokens: 2048, signal, copies };
  const model = await loadModel(backend, options);
  return { backend, model, contexts: new Contexts(), prompts: await loadPrompts(undefined) };
}

/** What asking and summarising have in common: short chunks, so that a page of text is several of them. */
export function engineOptions({ model, contexts, prompts }: TestEngine, events: EngineEvent[]) {
  return {
    reader: model,
    writer: model,
    contexts,
    store: undefined,
    prompts,
    chunkTokens: 96,
    sequences: 1,
    condenseChunks: 128,
    budgetTokens: 400,
    answerTokens: 48,
    answerStyle: "write" as const,
    settings: {},
    signal: new AbortController().signal,
    onEvent: (event: EngineEvent) => events.push(event),
  };
}

/** In a folder that is removed when the test is done, or in `dir`. */
export async function openTestStore(
  warnings: string[] = [],
  folder?: string,
): Promise<{ store: KvStore; dir: string }> {
  const dir = folder ?? (await tempFolder());
  const limits = { budgetBytes: 1e9, minFreeBytes: 0 };
  return { dir, store: await openStore({ dir, ...limits, onWarning: (text) => warnings.push(text) }) };
}
