// Models, store and settings of a run, as `focus ask` opens them.
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  Contexts,
  loadModel,
  loadPrompts,
  openBackend,
  openStore,
  readCondenser,
  readerWeights,
  WordVectors,
} from "../../dist/index.js";
import { openEmbedder } from "./embedder.mjs";

const CONTEXT_TOKENS = 4096;
/** As a session has them, beside the models. */
export const copies = { dir: join(tmpdir(), "focus-faster"), onNotice: console.error };
const list = (value) => (value === undefined ? [] : value.split(","));

export async function openBench(given) {
  const path = given.model ?? process.env.FOCUS_MODEL;
  if (path === undefined) throw new Error("name the reader's GGUF: model=PATH or FOCUS_MODEL");
  const { signal } = new AbortController();
  const backend = await openBackend({
    gpu: "off",
    threads: Number(given.threads ?? 1),
    onLog: () => undefined,
  });
  const load = (file) =>
    loadModel(backend, { path: file, name: file, contextTokens: CONTEXT_TOKENS, signal, copies });
  const base = { path, name: "reader" };
  const dir = given.store ?? (await mkdtemp(join(tmpdir(), "focus-bench-")));
  const reader = await load(path);
  const { condenser, embedding } = await readerWeights(base);
  return {
    backend,
    dir,
    isKept: given.store !== undefined,
    options: {
      reader,
      store: await openStore({ dir, budgetBytes: 40e9, minFreeBytes: 1e9, onWarning: console.error }),
      prompts: await loadPrompts(undefined),
      vectors: embedding && given.vectors !== "none" ? new WordVectors(embedding, reader) : undefined,
      chunkTokens: Number(given.tokens ?? 512),
      sequences: 1,
      contexts: new Contexts(),
      settings: {},
      signal,
      onEvent: () => undefined,
    },
    writer: given.writer === undefined ? reader : await load(given.writer),
    adapter:
      given.adapter === undefined
        ? condenser
        : await readCondenser({ path: given.adapter, name: "given" }, base),
    embedder: given.embedding === undefined ? undefined : await openEmbedder(backend, given.embedding),
    most: Number(given.condense ?? 128),
    scores: list(given.scores ?? "condenser"),
    parts: list(given.parts).map(Number),
    styles: list(given.styles),
  };
}
