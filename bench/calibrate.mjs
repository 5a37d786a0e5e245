// Fits how sure a margin is, and checks it on sources that it was not fitted to.
//
//   npm run build && node bench/calibrate.mjs MODEL.gguf DATA_FOLDER [adapter=FILE.gguf] [size=16] [fit=a,b,…] [check=c,d,…] [out=FILE.json] [from=FILE.json]
//
// DATA_FOLDER has NAME.dev.jsonl.gz files: a question, a passage, answers and whether it is answerable, a line each. Of
// every source `size` passages are read, and each of their questions is asked of each of them: a document of any number of
// these passages has the best of their margins, with the right passage or without it.
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { shareOf, wordSet } from "../dist/engine/attribution/match.js";
import {
  Condenser,
  Contexts,
  loadModel,
  loadPrompts,
  openBackend,
  openStore,
  readCondenser,
  shippedCondenser,
} from "../dist/index.js";
import { copies } from "./ask/open.mjs";
import { random } from "./ask/random.mjs";
import { auroc, fitPlatt, quantile } from "./calibrate/fit.mjs";
import { readSource } from "./calibrate/questions.mjs";

const [model, folder, ...rest] = process.argv.slice(2);
if (folder === undefined)
  throw new Error(
    "usage: node bench/calibrate.mjs MODEL.gguf DATA_FOLDER [adapter=…] [size=16] [fit=…] [check=…] [out=…]",
  );
const given = Object.fromEntries(rest.map((pair) => pair.split(/=(.*)/su).slice(0, 2)));
const size = Number(given.size ?? 16);
/** Questions that share less of their content words with the right passage are asked in other words. */
const OTHER_WORDS = 0.34;
const names = (await readdir(folder))
  .filter((name) => name.endsWith(".dev.jsonl.gz"))
  .map((name) => name.split(".")[0]);
const wanted = (list) => (list === undefined ? [] : list.split(","));
const [toFit, toCheck] = [wanted(given.fit), wanted(given.check)];
const sources = toFit.length + toCheck.length > 0 ? [...toFit, ...toCheck] : names;

const signal = new AbortController().signal;
const backend = await openBackend({
  gpu: "off",
  threads: Number(given.threads ?? 2),
  onLog: () => undefined,
});
const base = { path: model, name: "reader" };
const reader = await loadModel(backend, { ...base, contextTokens: 2048, signal, copies });
const adapter =
  given.adapter === undefined
    ? await shippedCondenser(base)
    : await readCondenser({ path: given.adapter, name: "given" }, base);
if (adapter === undefined)
  throw new Error("no condenser comes with focus for this model: name one with adapter=FILE.gguf");
// Passages are read once: their rows wait in a store of this run.
const dir = await mkdtemp(join(tmpdir(), "focus-calibrate-"));
const store = await openStore({ dir, budgetBytes: 4e9, minFreeBytes: 1e9, onWarning: console.error });
const options = {
  reader,
  contexts: new Contexts(),
  store,
  prompts: await loadPrompts(undefined),
  chunkTokens: 512,
  sequences: 1,
  settings: {},
  signal,
  onEvent: () => undefined,
};

/** A passage as a chunk of a document of its own, cut where a chunk is full. */
function asChunk(passage, index) {
  const tokens = reader.tokenize(passage).subarray(0, options.chunkTokens);
  return { document: 0, index, start: 0, end: passage.length, tokens, heading: "" };
}

/** (nPassages) margins of one question. */
async function margins(question, passages) {
  const condenser = await Condenser.open({ question, adapter, totalTokens: 0 }, options);
  try {
    return await condenser.margins(passages.map(asChunk));
  } finally {
    await condenser[Symbol.asyncDispose]();
  }
}

// from=FILE: margins of an earlier run with out=FILE, fitted anew.
const measured = given.from === undefined ? [] : JSON.parse(await readFile(given.from, "utf8"));
for (const name of given.from === undefined ? sources : []) {
  const { asked, nearMisses } = await readSource(join(folder, `${name}.dev.jsonl.gz`), { size, seed: 5 });
  if (asked.length < 2) {
    console.log(`${name}: ${asked.length} answerable questions that fit, left out`);
    continue;
  }
  const passages = asked.map(({ passage }) => passage);
  const matrix = [];
  for (const { question } of asked) matrix.push(await margins(question, passages));
  const near = [];
  for (const { question, passage } of nearMisses) near.push((await margins(question, [passage]))[0]);
  const shares = asked.map(({ question, passage }) => sharedWords(question, passage));
  measured.push({ name, matrix, near, shares });
  console.log(line({ name, matrix, near }));
  if (given.out !== undefined) await writeFile(given.out, JSON.stringify(measured));
}

function line({ name, matrix, near }) {
  const gold = matrix.map((row, i) => row[i]);
  const others = matrix.flatMap((row, i) => row.filter((_, j) => j !== i));
  const top = matrix.filter((row, i) => row.every((value, j) => j === i || value < row[i])).length;
  const figures = [
    `gold ${quantile(gold, 0.02).toFixed(1)} ${quantile(gold, 0.5).toFixed(1)}`,
    `others ${quantile(others, 0.5).toFixed(1)} ${quantile(others, 0.98).toFixed(1)}`,
    `AUROC others ${auroc(gold, others).toFixed(3)}`,
    `near misses ${near.length < 8 ? "–" : `${auroc(gold, near).toFixed(3)} (${near.length})`}`,
    `first ${top}/${matrix.length}`,
  ];
  return `${name.padEnd(20)} ${figures.join("  ")}`;
}

/** Share (0 … 1) of the question's content words that the passage has. */
function sharedWords(question, passage) {
  return shareOf(new Map([...wordSet(question)].map((form) => [form, 1])), wordSet(passage));
}

/** Documents of n passages: with the gold one (y = 1), without it (0), and near misses beside one (0). */
function rowsOf({ name, matrix, near, shares }) {
  const rows = near.map((margin) => ({ name, margin, n: 1, y: 0, kind: "near" }));
  const draw = random(9);
  for (const [i, row] of matrix.entries()) {
    const rest = row.filter((_, j) => j !== i).sort(() => draw() - 0.5);
    for (const n of [1, 4, 10].filter((count) => count <= row.length)) {
      const share = shares?.[i] ?? 1;
      rows.push({ name, margin: Math.max(row[i], ...rest.slice(0, n - 1)), n, y: 1, kind: "gold", share });
      rows.push({ name, margin: Math.max(...rest.slice(0, n)), n, y: 0, kind: "other" });
    }
  }
  return rows;
}

const fitted = measured.filter(({ name }) => toFit.length === 0 || toFit.includes(name)).flatMap(rowsOf);
const platt = fitPlatt(fitted);
console.log("fitted", JSON.stringify(platt));
const p = ({ margin }) => 1 / (1 + Math.exp(-(platt.slope * margin + platt.bias)));
for (const [title, list] of [
  ["fitted on", fitted],
  ["checked on", measured.filter(({ name }) => toCheck.includes(name)).flatMap(rowsOf)],
]) {
  if (list.length === 0) continue;
  const of = (kind, n) => list.filter((row) => row.kind === kind && (n === undefined || row.n === n)).map(p);
  const [gold, other, near] = [of("gold"), of("other"), of("near")];
  const foreign = list.filter(({ kind, share }) => kind === "gold" && share < OTHER_WORDS).map(p);
  console.log(
    `${title}: ${new Set(list.map(({ name }) => name)).size} sources; AUROC others ${auroc(gold, other).toFixed(3)}, near misses ${auroc(of("gold", 1), near).toFixed(3)}`,
  );
  for (const least of [0.02, 0.03, 0.05, 0.1, 0.2, 0.3, 0.5]) {
    const below = (values) =>
      ((100 * values.filter((value) => value < least).length) / Math.max(1, values.length)).toFixed(1);
    console.log(
      `  below ${least}: gold ${below(gold)} %  in other words ${below(foreign)} % of ${foreign.length}  others ${below(other)} %  near misses ${below(near)} %`,
    );
  }
}
await backend[Symbol.asyncDispose]();
await rm(dir, { recursive: true });
