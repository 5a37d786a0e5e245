// Opens a model once and asks one question again and again, each time as a new run would: with a store of its own.
import { readFile } from "node:fs/promises";
import { ask, loadModel, loadPrompts, openBackend, openStore, readerWeights } from "../../dist/index.js";
import { listChunks } from "../../dist/kv/store/store-layout.js";
import { parseKept } from "../../dist/texts/parse-kept.js";

const QUESTION = "Which packages must not be removed, and who has to be asked before one is?";
/** Small, so that a chunk that was lost is read again soon. */
const CHUNK_TOKENS = 64;

export async function openAsker({ model: path, document, chunks, dir, budgetBytes = 1e12 }) {
  const { signal } = new AbortController();
  const backend = await openBackend({ gpu: "off", threads: 1, onLog: () => undefined });
  const base = { name: "reader", path };
  const model = await loadModel(backend, { ...base, contextTokens: 2048, signal });
  const { condenser: condenserAdapter } = await readerWeights(base);
  const prompts = await loadPrompts(undefined);
  const bytes = await readFile(document);

  /** { answer, warnings, counts, bytes }: everything that is said, as JSON, and what the store holds afterwards. */
  async function once() {
    const warnings = [];
    const store = await openStore({
      dir,
      budgetBytes,
      minFreeBytes: 1e9,
      onWarning: (text) => warnings.push(text),
    });
    const source = { path: document, bytes };
    const parsed = await parseKept(source, async () => store, {});
    const options = {
      reader: model,
      writer: model,
      store,
      prompts,
      condenserAdapter,
      chunkTokens: CHUNK_TOKENS,
      sequences: 1,
      settings: {},
      signal,
      onEvent: () => undefined,
      answerStyle: "short",
      condenseChunks: chunks,
      budgetTokens: 768,
      answerTokens: 64,
    };
    const input = { documents: [parsed], skipped: [], loadMs: 0, question: QUESTION };
    const { answer, verdict, confidence, answers, citations, window, coverage } = await ask(input, options);
    const said = JSON.stringify({ answer, verdict, confidence, answers, citations, window });
    const held = await listChunks(dir);
    return {
      answer: said,
      warnings,
      counts: coverage.chunks,
      bytes: held.reduce((sum, file) => sum + file.bytes, 0),
    };
  }

  return { ask: once, [Symbol.asyncDispose]: () => backend[Symbol.asyncDispose]() };
}
