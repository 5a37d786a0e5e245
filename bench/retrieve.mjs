// How often a chunk with the answer is among the first so many that the first stage would have judged, without any forward pass: by the
// question's words (BM25), by the static embedding, and by both, which is what focus does.
//
//   npm run build && node bench/retrieve.mjs [SET…] [words=DOCUMENTS] [model=READER.gguf] [documents=24] [questions=3]
//
// SET as for bench/ask.mjs: each set's documents make one long one. words=DOCUMENTS are the questions of bench/own-words.mjs, asked of all
// its documents together.
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { order } from "../dist/engine/ranking/fuse.js";
import { retrieve } from "../dist/engine/ranking/retrieve.js";
import { skim } from "../dist/engine/ranking/skim.js";
import { argumentsOf } from "./ask/arguments.mjs";
import { openBench } from "./ask/open.mjs";
import { askedOfAll, askedOfJoined } from "./retrieve/questions.mjs";

const FIRST = [8, 16, 32, 64];

const { given, sets } = argumentsOf(process.argv.slice(2));
const { options } = await openBench({
  store: await mkdtemp(join(tmpdir(), "focus-retrieve-")),
  ...given,
});
const { vectors } = options;
if (vectors === undefined) throw new Error(`focus has no embedding for ${options.reader.name}`);
const most = { documents: Number(given.documents ?? 24), questions: Number(given.questions ?? 3) };
const asked = [
  ...(given.words === undefined ? [] : await askedOfAll(given.words)),
  ...(await askedOfJoined(sets, most)),
];

/** arm → how many chunks come before the first that answers; undefined where none does. */
async function before({ corpus, question, isRight }) {
  const chunks = await corpus.chunks(options.reader, options.chunkTokens);
  const right = new Set(chunks.flatMap((chunk, i) => (isRight(chunk) ? [i] : [])));
  if (right.size === 0) return undefined;
  const lists = {
    words: skim(corpus.words(chunks), question).scores,
    embedding: corpus.windows(chunks, vectors).similarities(vectors.ofText(question, "eng")),
    both: retrieve(corpus, { chunks, question }, vectors).relevance,
  };
  const first = (scores) => order(scores).findIndex((index) => right.has(index));
  return Object.fromEntries(Object.entries(lists).map(([arm, scores]) => [arm, first(scores)]));
}

const bySet = new Map();
for (const one of asked) {
  const found = await before(one);
  if (found !== undefined) bySet.set(one.set, [...(bySet.get(one.set) ?? []), found]);
}

const percent = (some) => (100 * some.reduce((sum, value) => sum + value, 0)) / some.length;
const show = (values) => values.map((value) => value.toFixed(1)).join(", ");
const arms = ["words", "embedding", "both"];
const recall = (found, arm) => FIRST.map((k) => percent(found.map((ranks) => Number(ranks[arm] < k))));
console.log(`set | questions | ${arms.map((arm) => `${arm}: of the first ${FIRST.join(", ")}`).join(" | ")}`);
for (const [set, found] of bySet) {
  console.log([set, found.length, ...arms.map((arm) => show(recall(found, arm)))].join(" | "));
}
const means = arms.map((arm) => {
  const all = [...bySet.values()].map((found) => recall(found, arm));
  return show(FIRST.map((_, k) => percent(all.map((values) => values[k] / 100))));
});
console.log(["mean", [...bySet.values()].flat().length, ...means].join(" | "));
process.exit(0);
