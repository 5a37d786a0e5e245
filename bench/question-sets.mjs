// Writes question sets for training/rank_recall.py: chunks, and each question with the share of its evidence in every chunk.
// usage: npm run build && node bench/question-sets.mjs SET… out=FILE.json [documents=N] [questions=N] [tokens=512] [model=PATH]
// SET: qmsum=FILE, chroma=FOLDER, leval=FILE or qa=NAME.dev.jsonl.gz, any number.
import { writeFile } from "node:fs/promises";
import { chunkDocuments, loadModel, openBackend } from "../dist/index.js";
import { argumentsOf } from "./ask/arguments.mjs";
import { sharesOf } from "./ask/evidence.mjs";
import { readSets } from "./ask/sets.mjs";

const { given, sets: wantedSets } = argumentsOf(process.argv.slice(2));
const path = given.model ?? process.env.FOCUS_MODEL;
if (path === undefined) throw new Error("name the model's GGUF: model=PATH or FOCUS_MODEL");
if (given.out === undefined) throw new Error("name the file to write: out=FILE.json");

const { signal } = new AbortController();
const backend = await openBackend({ gpu: "off", threads: 1, onLog: () => undefined });
const reader = await loadModel(backend, { name: "reader", path, contextTokens: 512, signal });
const all = { documents: Number(given.documents ?? 1e9), questions: Number(given.questions ?? 1e9) };
const sets = await readSets(wantedSets, all);
const written = sets.map(({ name, text, questions }) => {
  const document = { path: name, format: "text", text, pages: [], sections: [], warnings: [] };
  const cut = { chunkTokens: Number(given.tokens ?? 512), tokenize: (part) => reader.tokenize(part) };
  const chunks = chunkDocuments([document], cut);
  const asked = questions.map(({ question, gold }) => ({ question, shares: sharesOf(chunks, gold) }));
  return { name, chunks: chunks.map(({ start, end }) => text.slice(start, end)), asked };
});
await writeFile(given.out, JSON.stringify(written));
await backend[Symbol.asyncDispose]();
