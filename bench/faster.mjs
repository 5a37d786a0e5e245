// What the faster copy of a Q4_1 model gains, and whether it costs likelihood: the file itself and its copy in turns, each with
// a chunk of 512 tokens, 20 tokens behind it, and the mean log-likelihood of a text.
//
//   npm run build && node bench/faster.mjs MODEL.gguf TEXT.txt… [threads=1]
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadModel, openBackend } from "../dist/index.js";
import { argumentsOf } from "./ask/arguments.mjs";

const { given, files } = argumentsOf(process.argv.slice(2));
const [path, ...texts] = files;
if (texts.length === 0) throw new Error("usage: node bench/faster.mjs MODEL.gguf TEXT.txt… [threads=1]");
const { threads = 1 } = given;
const [CHUNK, BEHIND, ROUNDS] = [512, 20, 12];

const { signal } = new AbortController();
const backend = await openBackend({ gpu: "off", threads: Number(threads), onLog: () => undefined });
const dir = await mkdtemp(join(tmpdir(), "focus-faster-"));
const open = (copies) => loadModel(backend, { path, name: "reader", contextTokens: 2048, signal, ...copies });
const arms = {
  "the file": await open({}),
  "its copy": await open({ copies: { dir, onNotice: console.error } }),
};
const samples = await Promise.all(texts.map(async (file) => (await readFile(file, "utf8")).slice(0, 20_000)));

const pools = {};
for (const [name, model] of Object.entries(arms)) {
  pools[name] = await model.openPool({ sequences: 1, contextTokens: CHUNK + BEHIND + 8, sliceTokens: CHUNK });
}

async function timed(job) {
  const start = performance.now();
  await job();
  return performance.now() - start;
}

const best = {};
for (let round = 0; round < ROUNDS; round += 1) {
  for (const [name, model] of Object.entries(arms)) {
    const tokens = model.tokenize(samples[round % samples.length]);
    const [read, behind] = await pools[name].lend(async (sequence) => {
      await sequence.reset();
      return [
        await timed(() => sequence.prefill(tokens.subarray(0, CHUNK), { signal })),
        await timed(() => sequence.logProbabilities(tokens.subarray(CHUNK, CHUNK + BEHIND + 1), BEHIND)),
      ];
    });
    const before = best[name] ?? [Infinity, Infinity];
    best[name] = [Math.min(before[0], read), Math.min(before[1], behind)];
  }
}

console.log(`model | ${CHUNK} tokens, ms | ${BEHIND} behind them, ms | nats a token, by text`);
for (const [name, model] of Object.entries(arms)) {
  const nats = [];
  for (const sample of samples) {
    const tokens = model.tokenize(sample).subarray(0, CHUNK);
    const values = await pools[name].lend(async (sequence) => {
      await sequence.reset();
      return sequence.logProbabilities(tokens, 1);
    });
    nats.push(-values.reduce((sum, value) => sum + value, 0) / values.length);
  }
  const [read, behind] = best[name];
  console.log(
    `${name} | ${read.toFixed(0)} | ${behind.toFixed(0)} | ${nats.map((value) => value.toFixed(3)).join(" ")}`,
  );
}
await backend[Symbol.asyncDispose]();
await rm(dir, { recursive: true });
