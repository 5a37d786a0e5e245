// The product's path in llama.cpp, for tests/test_agreement.py: node agree.mjs BUILD MODEL ADAPTER SAMPLES SCRATCH
// BUILD: focus compiled by tsc. SAMPLES: {texts, samples: [{prefix, chunks, local, answer}] of token ids}. Writes
// results.jsonl to SCRATCH: {tokens: of each text}, then a line for each sample: {keys, values: (nLayers, k * m * rowBytes) f16 in base64 at the positions where they were computed, logprobs}.
import { open, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { getLlama } from "node-llama-cpp";

const [, , build, modelPath, adapter, samples, scratch] = process.argv;
const kv = (name) => import(join(build, "kv", `${name}.js`));
const { fileSource } = await kv("byte-source");
const { parseState, f16Geometry } = await kv("state-file");
const { readRows } = await kv("rows");
const { composeState } = await kv("composed-state");

const M = 8;
const CELLS = 2048;
const llama = await getLlama({ gpu: false, build: "never", logLevel: "error", maxThreads: 1 });
const model = await llama.loadModel({ modelPath });
const { llama: hyper } = model.fileInfo.metadata;
const headDim = hyper.embedding_length / hyper.attention.head_count;
const rope = {
  pairing: "norm",
  headDim,
  dimensionCount: headDim,
  base: hyper.rope.freq_base,
  linearScale: 1,
};
const shape = { nLayers: hyper.block_count, nKvHeads: hyper.attention.head_count_kv, headDim };
const expectation = { ...f16Geometry(shape), nStream: 1, capacityCells: CELLS };

async function sequence(options = {}) {
  const settings = { sequences: 1, contextSize: CELLS, batchSize: 512, flashAttention: true, threads: 1 };
  return (await model.createContext({ ...settings, ...options })).getSequence();
}

const plain = await sequence();
const tuned = await sequence({ lora: { adapters: [{ filePath: adapter }] } });

/** Candidates of one chunk: a piece of a state, at the positions where they were computed. */
async function candidates({ prefix, local }, chunk, name) {
  const head = [...prefix, ...chunk, ...local.slice(0, -M)];
  const path = join(scratch, name);
  await plain.clearHistory();
  await plain.evaluateWithoutGeneratingNewTokens(head);
  await plain.saveStateToFile(path);
  await tuned.loadStateFromFile(path, { acceptRisk: true });
  await tuned.evaluateWithoutGeneratingNewTokens(local.slice(-M));
  await tuned.saveStateToFile(path);
  const file = await open(path);
  const source = await fileSource(file, path);
  const state = await parseState(source, expectation);
  const order = [...state.positions.keys()].sort((a, b) => state.positions[a] - state.positions[b]);
  const at = (low, high) =>
    Uint32Array.from(order.filter((i) => state.positions[i] >= low && state.positions[i] < high));
  return {
    file,
    source,
    state,
    prefix: at(0, prefix.length),
    cells: at(head.length, Infinity),
    position: head.length,
  };
}

const base64 = async (pieces, rowsOf) =>
  Buffer.from(
    await readRows(pieces.map((p) => ({ source: p.source, rows: rowsOf(p.state), cells: p.cells }))),
  ).toString("base64");

const scoring = (token) => ({
  generateNext: {
    token: true,
    logits: { filter: { tokens: [token], includeSelected: true } },
    totalLogitWeight: true,
  },
});

async function logProbabilities(sequence, tokens, from) {
  const input = tokens.slice(0, -1).map((t, i) => (i + 1 < from ? t : [t, scoring(tokens[i + 1])]));
  const results = await sequence.controlledEvaluate(input);
  return tokens.slice(from).map((token, i) => {
    const { logits, token: best, totalLogitWeight } = results[from + i - 1].next;
    return logits.get(token) - logits.get(best) - Math.log(totalLogitWeight);
  });
}

const asked = JSON.parse(await readFile(samples, "utf8"));
const lines = [JSON.stringify({ tokens: asked.texts.map((text) => [...model.tokenize(text, false)]) })];
for (const sample of asked.samples) {
  const pieces = [];
  for (const [i, chunk] of sample.chunks.entries())
    pieces.push(await candidates(sample, chunk, `chunk-${i}`));
  const P = sample.prefix.length;
  const composed = join(scratch, "composed");
  const first = { ...pieces[0], cells: pieces[0].prefix, offset: 0 };
  const moved = pieces.map((piece, i) => ({ ...piece, offset: P + i * M - piece.position }));
  await composeState(composed, [first, ...moved], { rope, nStream: 1 });
  await plain.loadStateFromFile(composed, { acceptRisk: true });
  await rm(composed);
  const logprobs = await logProbabilities(plain, [...sample.local, ...sample.answer], sample.local.length);
  const layers = Array.from({ length: shape.nLayers }, (_, l) => l);
  const keys = await Promise.all(layers.map((l) => base64(pieces, (state) => state.keys[l])));
  const values = await Promise.all(layers.map((l) => base64(pieces, (state) => state.values[l])));
  for (const { file } of pieces) await file.close();
  lines.push(JSON.stringify({ keys, values, logprobs }));
}
await writeFile(join(scratch, "results.jsonl"), lines.join("\n"));
process.exit(0);
