import type { EngineEvent } from "../../src/engine/events.ts";
import type { AskOptions } from "../../src/engine/options.ts";
import { Contexts } from "../../src/engine/reader/contexts.ts";
import { type KvStore, openStore } from "../../src/kv/store/store.ts";
import type { LocalAdapter } from "../../src/model/adapters/adapter.ts";
import { loadPrompts } from "../../src/prompt/template.ts";
import { fakeModel } from "./fake-model.ts";
import { tempFolder } from "./temp-folder.ts";

/** A LoRA that makes a fake model a condenser. */
export const FAKE_CONDENSER: LocalAdapter = {
  name: "condenser",
  path: "condenser.gguf",
  sha256: "0".repeat(64),
  scale: 1,
};

export type Overrides = Partial<AskOptions> & { readonly events?: EngineEvent[] };

/** Options of a question for one fake model that reads and writes; chunks are a paragraph or so. */
export async function fakeOptions({ events = [], ...overrides }: Overrides = {}): Promise<AskOptions> {
  const reader = overrides.reader ?? fakeModel();
  return {
    reader,
    writer: reader,
    contexts: new Contexts(),
    store: undefined,
    prompts: await loadPrompts(undefined),
    chunkTokens: 48,
    sequences: 1,
    condenseChunks: 128,
    budgetTokens: 400,
    answerTokens: 48,
    answerStyle: "quote",
    settings: {},
    signal: new AbortController().signal,
    onEvent: (event) => events.push(event),
    ...overrides,
  };
}

export type FakeStore = { readonly store: KvStore; readonly dir: string; readonly warnings: string[] };

/** A store in a folder of the test's own, or opened again in one that is there. */
export async function fakeStore(dir?: string, budgetBytes = 1e9): Promise<FakeStore> {
  const warnings: string[] = [];
  const folder = dir ?? (await tempFolder());
  const onWarning = (text: string): void => void warnings.push(text);
  const store = await openStore({ dir: folder, budgetBytes, minFreeBytes: 0, onWarning });
  return { store, dir: folder, warnings };
}
