// What a written answer's confidence can stand on: a writer answers questions about single passages, and near misses, and what is
// measured of each answer is fitted to whether it is right (logistic regression), on some sources, checked on others. An answer
// agrees when it says a short answer of the condenser word for word.
// usage: npm run build && node bench/writer.mjs DATA_FOLDER model=READER.gguf writer=WRITER.gguf fit=a,b,… check=c,d,… [size=4] [write=FILE.jsonl]
//        node bench/writer.mjs from=FILE.jsonl fit=a,b,… check=c,d,…
import { appendFile } from "node:fs/promises";
import { join } from "node:path";
import { isRefusal } from "../dist/engine/attribution/refusal.js";
import { sourceTold } from "../dist/engine/attribution/told.js";
import { BEST_MARGIN } from "../dist/engine/condenser/confidence.js";
import { ask, Corpus } from "../dist/index.js";
import { argumentsOf } from "./ask/arguments.mjs";
import { mean } from "./ask/evidence.mjs";
import { openBench } from "./ask/open.mjs";
import { readRecords } from "./ask/records.mjs";
import { contains, f1, words } from "./ask/words.mjs";
import { auroc, fitLogistic, probabilityOf } from "./calibrate/fit.mjs";
import { readSource } from "./calibrate/questions.mjs";

const { given, files } = argumentsOf(process.argv.slice(2));
const [folder] = files;
const list = (text = "") => text.split(",").filter(Boolean);
const LONGEST = 900; // characters of a passage: a writer of 1.5B takes seconds for it

/** { source, answerable, question, wanted, answer, isRight, margin, agrees, support, overlap, seconds } */
async function answered(
  { source, question, passage, answers, answerable },
  { options, adapter, writer, most },
) {
  const document = { path: source, format: "text", text: passage, pages: [], sections: [], warnings: [] };
  const corpus = new Corpus([document]);
  const by = { ...options, writer, condenserAdapter: adapter, condenseChunks: most, tellsWriter: true };
  const sizes = { budgetTokens: 2048, answerTokens: 96 };
  const input = { corpus, loadMs: 0, question };
  const short = await ask(input, { ...by, ...sizes, answerStyle: "short" });
  const answer = await ask(input, { ...by, ...sizes, answerStyle: "write" });
  const told = short.answers.map(({ text }) => ({ text, source: {} }));
  const text = new Set(words(passage));
  const said = words(answer.answer).filter((word) => word.length > 3);
  const wanted = answers ?? [];
  return {
    source,
    answerable,
    question,
    wanted,
    answer: answer.answer,
    isRight: answerable && (contains(answer.answer, wanted) > 0 || f1(answer.answer, wanted) >= 0.5),
    declined: isRefusal(answer.answer),
    margin: (Math.log(short.confidence / (1 - short.confidence)) - BEST_MARGIN.bias) / BEST_MARGIN.slope,
    agrees: sourceTold(answer.answer, told) !== undefined,
    support: Math.max(0, ...answer.citations.map(({ support }) => support)),
    overlap: said.filter((word) => text.has(word)).length / Math.max(1, said.length),
    seconds: answer.timings.totalMs / 1000,
  };
}

async function measure() {
  const bench = await openBench(given);
  const records = [];
  for (const name of [...list(given.fit), ...list(given.check)]) {
    const path = join(folder, `${name}.dev.jsonl.gz`);
    const { asked, nearMisses } = await readSource(path, {
      size: Number(given.size ?? 4),
      seed: 3,
      longest: LONGEST,
    });
    for (const row of [...asked, ...nearMisses]) {
      const record = await answered({ ...row, source: name }, bench);
      records.push(record);
      if (given.write !== undefined) await appendFile(given.write, `${JSON.stringify(record)}\n`);
      console.error(name, record.answerable, record.seconds.toFixed(0), record.question, "|", record.answer);
    }
  }
  await bench.options.contexts[Symbol.asyncDispose]();
  await bench.backend[Symbol.asyncDispose]();
  return records;
}

const FEATURES = {
  margin: ({ margin }) => [margin],
  "margin, agrees": ({ margin, agrees }) => [margin, Number(agrees)],
  "margin, agrees, support": ({ margin, agrees, support }) => [margin, Number(agrees), Math.log1p(support)],
  "margin, agrees, overlap": ({ margin, agrees, overlap }) => [margin, Number(agrees), overlap],
  "support, overlap": ({ support, overlap }) => [Math.log1p(support), overlap],
};

const all = given.from === undefined ? await measure() : await readRecords(given.from);
const kept = all.filter(({ declined }) => !declined);
const part = (names) => kept.filter(({ source }) => names.includes(source));
const share = (rows, value) => (100 * mean(rows.map((row) => Number(value(row))))).toFixed(0);
const answerable = all.filter((row) => row.answerable);
const nearMisses = all.filter((row) => !row.answerable);
const countOf = (agrees, isRight) =>
  kept.filter((row) => row.agrees === agrees && row.isRight === isRight).length;
console.log({
  answerable: answerable.length,
  "near misses": nearMisses.length,
  right: share(answerable, ({ isRight }) => isRight),
  f1: share(answerable, ({ answer, wanted }) => f1(answer, wanted)),
  "declined, answerable": share(answerable, ({ declined }) => declined),
  "declined, near misses": share(nearMisses, ({ declined }) => declined),
  "says a short answer: right, not": [countOf(true, true), countOf(true, false)],
  "says none: right, not": [countOf(false, true), countOf(false, false)],
});

/** How well features tell right answers from others, fitted on some sources: on these, and on the others. */
function judged(features) {
  const [fit, check] = [part(list(given.fit)), part(list(given.check))];
  const fitted = fitLogistic(fit.map((row) => ({ x: features(row), y: Number(row.isRight) })));
  const of = (rows, isRight) =>
    rows.filter((row) => row.isRight === isRight).map((row) => probabilityOf(fitted, features(row)));
  const auc = (rows) => (100 * auroc(of(rows, true), of(rows, false))).toFixed(1);
  return {
    weights: [...fitted.weights, fitted.bias].map((w) => w.toFixed(2)).join(" "),
    "auroc fitted": auc(fit),
    "auroc checked": auc(check),
    "right called uncertain, checked": share(of(check, true), (probability) => probability < 0.5),
    "others called answered, checked": share(of(check, false), (probability) => probability >= 0.5),
  };
}

console.table(Object.fromEntries(Object.entries(FEATURES).map(([name, of]) => [name, judged(of)])));
