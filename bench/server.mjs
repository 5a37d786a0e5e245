// How reading through a model server scales with the requests in flight, where each answer takes a fixed time, and whether
// memory stays flat over many documents. The server is a bare one that speaks SGLang's /generate and makes its values up, so
// that nothing but focus is measured.
//
//   npm run build && node bench/server.mjs [latency=100] [chunks=512] [documents=10000]
import { fork } from "node:child_process";
import { createServer } from "node:http";
import { json } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { openRemote } from "../dist/model/remote/open-remote.js";
import { argumentsOf } from "./ask/arguments.mjs";

const { given } = argumentsOf(process.argv.slice(2));
const latency = Number(given.latency ?? 100);
const [chunks, documents] = [Number(given.chunks ?? 512), Number(given.documents ?? 10_000)];
const [CHUNK_TOKENS, LOCAL_TOKENS, CHUNKS_PER_DOCUMENT] = [512, 24, 2];
const VOCABULARY = 50_000;
const { signal } = new AbortController();

/** A child that answers after so many milliseconds. */
function serve(latencyMs) {
  const server = createServer(async (request, response) => {
    const body = request.method === "POST" ? await json(request) : {};
    const { input_ids: tokens = [], logprob_start_len: start = 0 } = body;
    const reply = (status, answer) => response.writeHead(status).end(JSON.stringify(answer));
    if (request.url === "/model_info") return reply(200, { model_path: "bare" });
    if (request.url !== "/generate") return reply(404, {});
    await sleep(latencyMs);
    const values = tokens.slice(start).map((token, i) => [i === 0 ? null : -1, token, null]);
    return reply(200, { output_ids: [], meta_info: { input_token_logprobs: values } });
  });
  server.listen(0, "127.0.0.1", () => process.send(server.address().port));
}

const tokenizer = {
  chat: () => ({ tokens: Uint32Array.of(1), stopTexts: [] }),
  beginning: [],
  endTokens: [],
  tokenize: (text) => Uint32Array.from(text, (_, i) => i),
  detokenize: () => "",
  isEnd: () => false,
};

/** A model at a child that is ended with it. */
async function open(concurrency, latencyMs) {
  const child = fork(new URL(import.meta.url), ["serve", String(latencyMs)]);
  const port = await new Promise((resolve) => child.once("message", resolve));
  const options = {
    urls: [`http://127.0.0.1:${port}`],
    kind: "sglang",
    concurrency,
    signal,
    onNotice: console.log,
  };
  const metadata = { path: "none", trainedContextTokens: 4096, hasWeights: false };
  const { model } = await openRemote(options, async () => ({ tokenizer, metadata, fingerprint: "none" }));
  return { pool: await model.openPool({}), [Symbol.dispose]: () => child.kill() };
}

const made = (count) => Uint32Array.from({ length: count }, () => Math.floor(Math.random() * VOCABULARY));

async function score(_, sequence) {
  await sequence.reset();
  await sequence.prefill(made(CHUNK_TOKENS), { signal });
  await sequence.logProbabilities(made(LOCAL_TOKENS), 1);
}

async function throughput() {
  for (const inFlight of [1, 4, 16, 64]) {
    const { pool, [Symbol.dispose]: end } = await open(inFlight, latency);
    await pool.run(Array.from({ length: inFlight }), score);
    const count = Math.min(chunks, inFlight * 16);
    const [start, cpu] = [performance.now(), process.cpuUsage()];
    await pool.run(Array.from({ length: count }), score);
    const ms = performance.now() - start;
    const { user, system } = process.cpuUsage(cpu);
    const share = ((count / inFlight) * latency) / ms;
    console.log(
      `${String(inFlight).padStart(3)} in flight: ${((count * 1000) / ms).toFixed(1).padStart(6)} chunks a second, ` +
        `${(share * 100).toFixed(0)} % of the ideal; ${((user + system) / 1000 / count).toFixed(2)} ms of a core a chunk`,
    );
    end();
  }
}

async function memory() {
  const { pool, [Symbol.dispose]: end } = await open(64, 1);
  const every = Math.max(1, Math.floor(documents / 5));
  for (let done = 0; done < documents; done += every) {
    await pool.run(Array.from({ length: every * CHUNKS_PER_DOCUMENT }), score);
    const { rss, heapUsed } = process.memoryUsage();
    console.log(
      `${done + every} documents: ${(rss / 1e6).toFixed(0)} MB, heap ${(heapUsed / 1e6).toFixed(0)} MB`,
    );
  }
  end();
}

if (process.argv[2] === "serve") serve(Number(process.argv[3]));
else {
  await throughput();
  await memory();
}
