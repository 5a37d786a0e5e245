// Evidence recall: which share of a question's evidence, in characters, stands in the best k chunks; by what ranks them.
// BM25, the frozen reader's score (clipped lift of the question's likelihood), and both as `focus ask` fuses them.
// Brackets: 95 % interval of the difference to BM25, paired bootstrap over questions.
// usage: npm run build && node bench/recall.mjs qmsum=FILE | chroma=FOLDER | leval=FILE | qa=FILE.jsonl.gz [documents=N] [questions=N] [tokens=512] [model=PATH] [write=FILE]
// write=FILE: chunks, and each question with the share of its evidence in every chunk, as JSON; nothing is ranked.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fuse, order } from "../dist/engine/ranking/fuse.js";
import { readAndCondense } from "../dist/engine/ranking/likelihood.js";
import { skim } from "../dist/engine/ranking/skim.js";
import { WordIndex } from "../dist/engine/ranking/word-index.js";
import { Contexts, chunkDocuments, loadModel, loadPrompts, openBackend, openStore } from "../dist/index.js";
import { recall, sharesOf, table } from "./recall/recall.mjs";
import { readSet } from "./recall/sets.mjs";

const given = Object.fromEntries(process.argv.slice(2).map((argument) => argument.split("=")));
const set = ["qmsum", "chroma", "leval", "qa"].find((kind) => given[kind] !== undefined);
const documents = (await readSet(set, given[set])).slice(0, Number(given.documents ?? 1e9));
const chunkTokens = Number(given.tokens ?? 512);
const { signal } = new AbortController();

const backend = await openBackend({ gpu: "off", threads: 1, onLog: () => undefined });
const path = given.model ?? process.env.FOCUS_MODEL;
if (path === undefined) throw new Error("name the model's GGUF: model=PATH or FOCUS_MODEL");
const reader = await loadModel(backend, { name: "reader", path, contextTokens: 2048, signal });
const prompts = await loadPrompts(undefined);
const dir = await mkdtemp(join(tmpdir(), "focus-bench-"));
const store = await openStore({ dir, budgetBytes: 40e9, minFreeBytes: 1e9, onWarning: console.error });
const options = {
  reader,
  contexts: new Contexts(),
  store,
  prompts,
  chunkTokens,
  sequences: 1,
  settings: {},
  signal,
  onEvent: () => undefined,
};

async function rankings(document, chunks, question) {
  const { scores: bm25, idf } = skim(new WordIndex([document], chunks), question);
  const asked = { documents: [document], chunks, question, prompts, chat: reader.chat };
  const { scores } = await readAndCondense(asked, { indexes: chunks.map((_, i) => i), idf }, options);
  const likelihood = chunks.map((_, i) => scores.get(i) ?? 0);
  return { bm25: order(bm25), score: order(likelihood), fused: order(fuse(bm25, scores)) };
}

function cut({ name, text, questions }) {
  const document = { path: name, format: "text", text, pages: [], sections: [], warnings: [] };
  const chunks = chunkDocuments([document], { chunkTokens, tokenize: (part) => reader.tokenize(part) });
  const asked = questions.slice(0, Number(given.questions ?? 1e9)).map(({ question, gold }) => {
    return { question, shares: sharesOf(chunks, gold) };
  });
  return { name, document, chunks, asked };
}

async function measure() {
  const found = { bm25: [], score: [], fused: [] };
  for (const { name, document, chunks, asked } of documents.map(cut)) {
    for (const { question, shares } of asked) {
      const ranked = await rankings(document, chunks, question);
      for (const [arm, ranking] of Object.entries(ranked)) found[arm].push(recall(ranking, shares));
    }
    console.error(`${name}: ${chunks.length} chunks, ${found.bm25.length} questions so far`);
  }
  console.table(table(found, "bm25"));
}

async function write() {
  const all = documents.map(cut).map(({ name, document: { text }, chunks, asked }) => {
    return { name, chunks: chunks.map(({ start, end }) => text.slice(start, end)), asked };
  });
  await writeFile(given.write, JSON.stringify(all));
}

try {
  await (given.write === undefined ? measure() : write());
} finally {
  await backend[Symbol.asyncDispose]();
  await rm(dir, { recursive: true, force: true });
}
