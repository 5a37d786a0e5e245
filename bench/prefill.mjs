// Reading through focus against a bare loop over node-llama-cpp, on the same chunks, in turns; and the tokens of one
// question as counted by the engine beside what the method calls for.
// usage: npm run build && node bench/prefill.mjs MODEL.gguf [threads]
import { fileURLToPath } from "node:url";
import { getLlama } from "node-llama-cpp";
import {
  ask,
  Contexts,
  Corpus,
  chunkDocuments,
  loadModel,
  loadPrompts,
  openBackend,
  parseFile,
  readDocuments,
} from "../dist/index.js";

const ROUNDS = 3;
const CHUNKS = 10;
const SLICE_TOKENS = 256;
const CHUNK_TOKENS = 512;
const [modelPath, threads = "2"] = process.argv.slice(2);
const signal = new AbortController().signal;

const backend = await openBackend({ gpu: "off", threads: Number(threads), onLog: () => {} });
const reader = await loadModel(backend, { path: modelPath, name: "reader", contextTokens: 2048, signal });
const prompts = await loadPrompts();
const book = await parseFile(fileURLToPath(new URL("../examples/handbook.pdf", import.meta.url)));
const tokenize = (text) => reader.tokenize(text);
const all = chunkDocuments([book], { chunkTokens: CHUNK_TOKENS, tokenize });
const document = { ...book, text: book.text.slice(0, all[CHUNKS - 1].end), pages: [], sections: [] };
const chunks = chunkDocuments([document], { chunkTokens: CHUNK_TOKENS, tokenize });
const prefix = [...reader.beginning, ...tokenize(prompts.prefix)];
const chunkTokens = chunks.reduce((sum, { tokens }) => sum + tokens.length, 0);

const options = {
  reader,
  writer: reader,
  contexts: new Contexts(),
  store: undefined,
  prompts,
  chunkTokens: CHUNK_TOKENS,
  sequences: 1,
  condenseChunks: 128,
  answerStyle: "write",
  budgetTokens: 1024,
  answerTokens: 32,
  settings: {},
  signal,
  onEvent: () => {},
};
const input = { corpus: new Corpus([document]), loadMs: 0 };

const llama = await getLlama({ gpu: false, build: "never", maxThreads: Number(threads) });
const model = await llama.loadModel({ modelPath });
const context = await model.createContext({
  contextSize: CHUNK_TOKENS + prefix.length + 1,
  batchSize: SLICE_TOKENS,
  flashAttention: true,
  threads: Number(threads),
});
const sequence = context.getSequence();

async function bare() {
  const startMs = performance.now();
  for (const { tokens } of chunks) {
    await sequence.clearHistory();
    await sequence.evaluateWithoutGeneratingNewTokens([...prefix, ...tokens]);
  }
  return (chunkTokens / (performance.now() - startMs)) * 1000;
}

async function focus() {
  const { timings } = await readDocuments(input, options);
  return (chunkTokens / timings.readMs) * 1000;
}

const rates = { bare: [], focus: [] };
for (let round = 0; round < ROUNDS; round += 1) {
  rates.bare.push(await bare());
  rates.focus.push(await focus());
}
const best = { bare: Math.max(...rates.bare), focus: Math.max(...rates.focus) };
console.log(`tokens/s, best of ${ROUNDS}: bare loop ${best.bare.toFixed(0)}, focus ${best.focus.toFixed(0)}`);
console.log(`ratio ${(best.focus / best.bare).toFixed(3)}`);

const question = "Why does a model forget the middle of a long text?";
const { tokens, coverage } = await ask({ ...input, question }, options);
const local =
  tokenize(prompts.condense.split("{{question}}")[0].trimEnd()).length + tokenize(` ${question}`).length;
const called = {
  read: chunkTokens + chunks.length * prefix.length,
  condense: coverage.chunks.condensed * (local - 1) + prefix.length + local - 1,
};
console.log("tokens of one question  counted  called for");
console.log(`  read: chunks + prefixes  ${tokens.computed.read}  ${called.read}`);
console.log(`  condense: chunks × local ${tokens.computed.condense}  ${called.condense}`);
console.log(
  `  window, answer, attribute ${tokens.computed.window}, ${tokens.computed.answer}, ${tokens.computed.attribute}`,
);
await llama.dispose();
await backend[Symbol.asyncDispose]();
