// The product's cut and llama.cpp's margins, for tests/test_condenser_agreement.py: node condenser-agree.mjs BUILD MODEL ADAPTER ASKED SCRATCH
// BUILD: focus compiled by tsc. ASKED: {text, chunkTokens, prefix, none, local: texts}. Writes results.json to SCRATCH: {chunks: [{start, end, tokens}],
// margins: of every chunk, for every local text}. The prefix and the chunk are read without the adapter, as the store has them.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { getLlama } from "node-llama-cpp";

const [, , build, modelPath, adapter, askedPath, scratch] = process.argv;
const { chunkDocument } = await import(join(build, "document", "chunk.js"));
const llama = await getLlama({ gpu: false, build: "never", logLevel: "error", maxThreads: 1 });
const model = await llama.loadModel({ modelPath });
const asked = JSON.parse(await readFile(askedPath, "utf8"));

async function sequence(options = {}) {
  const settings = { sequences: 1, contextSize: 1024, batchSize: 512, flashAttention: true, threads: 1 };
  return (await model.createContext({ ...settings, ...options })).getSequence();
}

const plain = await sequence();
const tuned = await sequence({ lora: { adapters: [{ filePath: adapter }] } });
const tokenize = (text) => Uint32Array.from(model.tokenize(text, false));
const scored = {
  generateNext: {
    token: true,
    logits: { filter: { tokens: [asked.none], includeSelected: true } },
    totalLogitWeight: true,
  },
};

/** Log odds of any token but " none" behind the local text. */
async function margin(state, local) {
  await tuned.loadStateFromFile(state, { acceptRisk: true });
  const tokens = [...tokenize(local)];
  const results = await tuned.controlledEvaluate(
    tokens.map((t, i) => (i + 1 < tokens.length ? t : [t, scored])),
  );
  const { logits, token, totalLogitWeight } = results.at(-1).next;
  const none = Math.exp(logits.get(asked.none) - logits.get(token)) / totalLogitWeight;
  return Math.log1p(-none) - Math.log(none);
}

const chunks = chunkDocument(
  { text: asked.text, sections: [] },
  { document: 0, chunkTokens: asked.chunkTokens, tokenize },
);
const margins = [];
for (const { tokens } of chunks) {
  const state = join(scratch, "state");
  await plain.clearHistory();
  await plain.evaluateWithoutGeneratingNewTokens([...asked.prefix, ...tokens]);
  await plain.saveStateToFile(state);
  const ofChunk = [];
  for (const local of asked.local) ofChunk.push(await margin(state, local));
  margins.push(ofChunk);
}
const plainChunks = chunks.map(({ start, end, tokens }) => ({ start, end, tokens: [...tokens] }));
await writeFile(join(scratch, "results.json"), JSON.stringify({ chunks: plainChunks, margins }));
process.exit(0);
