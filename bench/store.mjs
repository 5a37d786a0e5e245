// What the store costs and saves: opening a document twice, looking for all its chunks, and one chunk's way to the disk and back.
//
//   npm run build && node bench/store.mjs MODEL.gguf DOCUMENT
import { mkdir, mkdtemp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { openReading } from "../dist/engine/reader/reading.js";
import { loadModel, openBackend, openStore, stateBytes } from "../dist/index.js";
import { unpackState } from "../dist/kv/state/packed-state.js";
import { TRAILER_BYTES } from "../dist/kv/store/sealed-file.js";
import { chunkPath } from "../dist/kv/store/store-layout.js";
import { giveState, takeState } from "../dist/kv/store/transfer.js";
import { cutDocuments } from "../dist/texts/cut-documents.js";
import { parseKept } from "../dist/texts/parse-kept.js";

const [path, document] = process.argv.slice(2);
if (document === undefined) throw new Error("usage: node bench/store.mjs MODEL.gguf DOCUMENT");
const { signal } = new AbortController();
const dir = await mkdtemp(join(tmpdir(), "focus-bench-"));
const backend = await openBackend({ gpu: "off", threads: 1, onLog: () => undefined });
const reader = await loadModel(backend, { name: "reader", path, contextTokens: 2048, signal });

async function timed(name, work) {
  const [start, before] = [performance.now(), process.cpuUsage()];
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  const [wall, cpu] = [performance.now() - start, (user + system) / 1000];
  console.log(
    `${name.padEnd(44)} ${wall.toFixed(1).padStart(9)} ms, ${cpu.toFixed(1).padStart(8)} ms of a core`,
  );
  return result;
}

function open() {
  return openStore({ dir, budgetBytes: 1e13, minFreeBytes: 0, onWarning: console.error });
}

async function cut(time) {
  const store = await open();
  const bytes = await readFile(document);
  const parsed = await timed(`document opened, ${time} time`, () =>
    parseKept({ path: document, bytes }, async () => store, {}),
  );
  return timed(`chunks cut, ${time} time`, () => cutDocuments([parsed], reader, 512));
}

async function lookFor(chunks, { keyOf, bytesOf }) {
  for (const chunk of chunks) {
    const file = chunkPath(dir, keyOf(chunk));
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, "");
    // No blocks: as long as a chunk's file, and as empty as nothing.
    await truncate(file, bytesOf(chunk) + TRAILER_BYTES);
  }
  const store = await open();
  const all = async () => {
    let found = 0;
    for (const chunk of chunks) if (await store.has(keyOf(chunk), bytesOf(chunk))) found += 1;
    if (found !== chunks.length) throw new Error(`${found} of ${chunks.length} chunks found`);
  };
  await timed(`store.has of ${chunks.length} chunks, with the listing`, all);
  await timed(`store.has of ${chunks.length} chunks, again`, all);
}

async function oneChunk(chunk, reading) {
  const { pool, prefix, expectation, keyOf } = reading;
  const store = await open();
  await pool.lend(async (sequence) => {
    await sequence.reset();
    await timed(`a chunk of ${chunk.tokens.length} tokens read`, () =>
      sequence.prefill([...prefix, ...chunk.tokens], { signal }),
    );
    const packed = await timed("saved and packed", () => takeState((to) => sequence.save(to), expectation));
    await timed("kept", () => store.keep(keyOf(chunk), packed));
    const loaded = await timed("taken from the store, hashed", () => store.load(keyOf(chunk)));
    await timed("taken again", () => store.load(keyOf(chunk)));
    const state = await timed("unpacked", () => unpackState(loaded, expectation));
    await timed("written and loaded", () => giveState(state, { sequence, nStream: 1 }));
    const nTokens = prefix.length + chunk.tokens.length;
    const plain = stateBytes(reader.metadata, nTokens);
    console.log(
      `${(packed.length / nTokens).toFixed(0)} bytes a token; f16 ${(plain / nTokens).toFixed(0)}: ${(packed.length / plain).toFixed(3)}`,
    );
  });
}

try {
  await cut("first");
  const chunks = await cut("second");
  const options = {
    store: undefined,
    prefix: "Passage:\n",
    chunkTokens: 512,
    localTokens: 0,
    sequences: 1,
    signal,
  };
  const reading = await openReading(reader, options);
  await lookFor(chunks, reading);
  await rm(dir, { recursive: true });
  for (const chunk of chunks.slice(20, 23)) await oneChunk(chunk, reading);
  await reading.pool[Symbol.asyncDispose]();
} finally {
  await backend[Symbol.asyncDispose]();
  await rm(dir, { recursive: true, force: true });
}
