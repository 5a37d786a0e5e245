// How reading through a model server scales with the requests in flight, where each answer takes a fixed time, who takes how
// much of a core, and whether memory stays flat over many documents. The server is a bare one (server/bare.mjs).
//
//   npm run build && node bench/server.mjs [latency=100] [chunks=512] [documents=10000] [inFlight=1,4,16,64]
import { openRemote } from "../dist/model/remote/open-remote.js";
import { argumentsOf } from "./ask/arguments.mjs";
import { startBare } from "./server/bare.mjs";

const { given } = argumentsOf(process.argv.slice(2));
const latency = Number(given.latency ?? 100);
const [chunks, documents] = [Number(given.chunks ?? 512), Number(given.documents ?? 10_000)];
const [CHUNK_TOKENS, LOCAL_TOKENS, CHUNKS_PER_DOCUMENT] = [512, 24, 2];
const VOCABULARY = 50_000;
const { signal } = new AbortController();

const tokenizer = {
  chat: () => ({ tokens: Uint32Array.of(1), stopTexts: [] }),
  beginning: [],
  endTokens: [],
  tokenize: (text) => Uint32Array.from(text, (_, i) => i),
  detokenize: () => "",
  isEnd: () => false,
};

async function openPool(url, concurrency) {
  const options = { urls: [url], kind: "sglang", concurrency, signal, onNotice: console.log };
  const metadata = { path: "none", trainedContextTokens: 4096, hasWeights: false };
  const { model } = await openRemote(options, async () => ({ tokenizer, metadata, fingerprint: "none" }));
  return model.openPool({});
}

const made = (count) => Uint32Array.from({ length: count }, () => Math.floor(Math.random() * VOCABULARY));

async function score(_, sequence) {
  await sequence.reset();
  await sequence.prefill(made(CHUNK_TOKENS), { signal });
  await sequence.logProbabilities(made(LOCAL_TOKENS), 1);
}

function ownCpuMs() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

async function throughput(inFlight) {
  const server = await startBare(latency);
  const pool = await openPool(server.url, inFlight);
  // Connections and compiled code: neither is there at the start.
  await pool.run(Array.from({ length: inFlight * 4 }), score);
  const count = Math.min(chunks, inFlight * 16);
  const [start, own, others] = [performance.now(), ownCpuMs(), await server.cpuMs()];
  await pool.run(Array.from({ length: count }), score);
  const ms = performance.now() - start;
  const [here, there] = [(ownCpuMs() - own) / count, ((await server.cpuMs()) - others) / count];
  const share = ((count / inFlight) * latency) / ms;
  console.log(
    `${String(inFlight).padStart(3)} in flight: ${((count * 1000) / ms).toFixed(1).padStart(6)} chunks a second, ` +
      `${(share * 100).toFixed(0)} % of the ideal; of a core, a chunk: ${here.toFixed(2)} ms here, ` +
      `${there.toFixed(2)} ms of the server`,
  );
  server.end();
}

async function memory() {
  const server = await startBare(1);
  const pool = await openPool(server.url, 64);
  const every = Math.max(1, Math.floor(documents / 5));
  for (let done = 0; done < documents; done += every) {
    await pool.run(Array.from({ length: every * CHUNKS_PER_DOCUMENT }), score);
    const { rss, heapUsed } = process.memoryUsage();
    console.log(
      `${done + every} documents: ${(rss / 1e6).toFixed(0)} MB, heap ${(heapUsed / 1e6).toFixed(0)} MB`,
    );
  }
  server.end();
}

for (const inFlight of (given.inFlight ?? "1,4,16,64").split(",")) await throughput(Number(inFlight));
if (documents > 0) await memory();
