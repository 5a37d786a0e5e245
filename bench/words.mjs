// Evidence recall by words alone (BM25 of the skim), without a model: a token counts as four characters. Brackets: 95 %
// interval of the difference to another build, paired bootstrap over questions.
// usage: npm run build && node bench/words.mjs qmsum=FILE | chroma=FOLDER | leval=FILE | qa=FILE.jsonl.gz [documents=N] [questions=N] [tokens=512] [against=OTHER/dist]
// questions=N: N of each document, by lot.
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chunkDocument } from "../dist/document/chunk.js";
import { sharesOf } from "./ask/evidence.mjs";
import { readSets } from "./ask/sets.mjs";
import { recall, table } from "./words/recall.mjs";

const CHARACTERS_PER_TOKEN = 4;
const given = Object.fromEntries(process.argv.slice(2).map((argument) => argument.split("=")));
const set = ["qmsum", "chroma", "leval", "qa"].find((kind) => given[kind] !== undefined);
if (set === undefined)
  throw new Error("name a set: qmsum=FILE, chroma=FOLDER, leval=FILE or qa=FILE.jsonl.gz");
const chunkTokens = Number(given.tokens ?? 512);
const tokenize = (text) => new Uint32Array(Math.ceil(text.length / CHARACTERS_PER_TOKEN));

/** Ranks chunks as a build of focus does: (documents, chunks, question) → indexes, best first. */
async function ranker(dist) {
  const load = (path) => import(pathToFileURL(resolve(dist, path)).href);
  const [{ skim }, { order }, words] = await Promise.all([
    load("engine/ranking/skim.js"),
    load("engine/ranking/fuse.js"),
    // Builds before it have no index that is kept.
    load("engine/ranking/word-index.js").catch(() => undefined),
  ]);
  if (words === undefined) return (...input) => order(skim(...input).scores);
  return (documents, chunks, question) =>
    order(skim(new words.WordIndex(documents, chunks), question).scores);
}

const arms = { words: await ranker(new URL("../dist", import.meta.url).pathname) };
if (given.against !== undefined) arms.against = await ranker(given.against);
const found = Object.fromEntries(Object.keys(arms).map((arm) => [arm, []]));
const started = performance.now();
const most = { documents: Number(given.documents ?? 1e9), questions: Number(given.questions ?? 1e9) };
for (const { name, text, questions } of await readSets([[set, given[set]]], most)) {
  const document = { path: name, format: "text", text, pages: [], sections: [], warnings: [] };
  const chunks = chunkDocument(document, { document: 0, chunkTokens, tokenize });
  for (const { question, gold } of questions) {
    const shares = sharesOf(chunks, gold);
    for (const [arm, rank] of Object.entries(arms))
      found[arm].push(recall(rank([document], chunks, question), shares));
  }
}
console.table(table(found, given.against === undefined ? "words" : "against"));
console.log(`${((performance.now() - started) / 1000).toFixed(1)} s`);
