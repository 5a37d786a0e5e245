// What a written answer's confidence can stand on: a writer answers questions about single passages, and near misses, and
// what is measured of each answer is fitted to whether the passage answers (logistic regression), on some sources, checked on others.
// usage: npm run build && node bench/writer.mjs DATA_FOLDER model=READER.gguf writer=WRITER.gguf fit=a,b,… check=c,d,… [size=4] [write=FILE.jsonl]
//        node bench/writer.mjs from=FILE.jsonl fit=a,b,… check=c,d,…
import { appendFile } from "node:fs/promises";
import { join } from "node:path";
import { isRefusal } from "../dist/engine/attribution/refusal.js";
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

/** { source, answerable, question, wanted, answer, margin, support, overlap, seconds } */
async function answered(
  { source, question, passage, answers, answerable },
  { options, adapter, writer, most },
) {
  const document = { path: source, format: "text", text: passage, pages: [], sections: [], warnings: [] };
  const answer = await ask(
    { corpus: new Corpus([document]), loadMs: 0, question },
    {
      ...options,
      writer,
      condenserAdapter: adapter,
      condenseChunks: most,
      answerStyle: "write",
      budgetTokens: 2048,
      answerTokens: 96,
    },
  );
  const p = answer.confidence;
  const text = new Set(words(passage));
  const said = words(answer.answer).filter((word) => word.length > 3);
  return {
    source,
    answerable,
    question,
    wanted: answers,
    answer: answer.answer,
    declined: isRefusal(answer.answer),
    odds: Math.log(p / (1 - p)),
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
  "odds of the margin": ({ odds }) => [odds],
  "odds, support": ({ odds, support }) => [odds, Math.log1p(support)],
  "odds, support, overlap": ({ odds, support, overlap }) => [odds, Math.log1p(support), overlap],
  "support, overlap": ({ support, overlap }) => [Math.log1p(support), overlap],
};

const all = given.from === undefined ? await measure() : await readRecords(given.from);
const kept = all.filter(({ declined }) => !declined);
const part = (names) => kept.filter(({ source }) => names.includes(source));
const share = (rows, value) => (100 * mean(rows.map(value))).toFixed(0);
const right = all.filter(({ answerable }) => answerable);
console.log({
  answerable: right.length,
  f1: share(right, ({ answer, wanted }) => f1(answer, wanted)),
  contains: share(right, ({ answer, wanted }) => contains(answer, wanted)),
  "declined, answerable": share(right, ({ declined }) => Number(declined)),
  "declined, near misses": share(
    all.filter(({ answerable }) => !answerable),
    ({ declined }) => Number(declined),
  ),
});
console.table(
  Object.fromEntries(
    Object.entries(FEATURES).map(([name, features]) => {
      const fitted = fitLogistic(
        part(list(given.fit)).map((row) => ({ x: features(row), y: Number(row.answerable) })),
      );
      const of = (rows, answerable) =>
        rows
          .filter((row) => row.answerable === answerable)
          .map((row) => probabilityOf(fitted, features(row)));
      const on = (rows) => (100 * auroc(of(rows, true), of(rows, false))).toFixed(1);
      const fit = part(list(given.fit));
      const check = part(list(given.check));
      return [
        name,
        {
          weights: [...fitted.weights, fitted.bias].map((w) => w.toFixed(2)).join(" "),
          "auroc fitted": on(fit),
          "auroc checked": on(check),
          "right called uncertain, checked": share(of(check, true), (probability) =>
            Number(probability < 0.5),
          ),
          "near misses called uncertain, checked": share(of(check, false), (probability) =>
            Number(probability < 0.5),
          ),
        },
      ];
    }),
  ),
);
