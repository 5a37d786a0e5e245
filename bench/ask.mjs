// Finding: which share of a question's evidence, in characters, stands in the window, by what ranks the chunks (arms:
// ask/arms.mjs; brackets: 95 % interval of the difference to BM25, paired bootstrap over questions). Answering: how right
// answers from whole documents are, and the verdict on questions of other documents.
// usage: npm run build && node bench/ask.mjs SET… [documents=6] [questions=4] [tokens=512] [condense=128] [scores=condenser,likelihood]
//        [styles=short,quote,write] [foreign=0] [together=0] [model=PATH] [writer=PATH] [adapter=FILE] [embedding=PATH] [store=FOLDER] [threads=1]
//        [write=FILE.jsonl]
//        node bench/ask.mjs from=FILE.jsonl[,…] [json=FILE] [plot=FILE.svg]
// together=1 joins the documents of a set to one long one.
// SET: qmsum=FILE, chroma=FOLDER, leval=FILE or qa=NAME.dev.jsonl.gz, any number. write= keeps everything, from= only reckons.
import { appendFile, rm, writeFile } from "node:fs/promises";
import { Corpus } from "../dist/index.js";
import { answersOf } from "./ask/answers.mjs";
import { argumentsOf } from "./ask/arguments.mjs";
import { openBench } from "./ask/open.mjs";
import { plot } from "./ask/plot.mjs";
import { readRecords } from "./ask/records.mjs";
import { scoresOf } from "./ask/scores.mjs";
import { readSets } from "./ask/sets.mjs";
import { answerTables, BY_BUDGET, evidenceTables } from "./ask/tables.mjs";

const { given, sets: wantedSets } = argumentsOf(process.argv.slice(2));

async function measure() {
  const sets = await readSets(wantedSets, {
    documents: Number(given.documents ?? 6),
    questions: Number(given.questions ?? 4),
    together: given.together === "1",
  });
  const bench = await openBench(given);
  const records = [];
  for (const [i, one] of sets.entries()) {
    const startMs = performance.now();
    for await (const record of recordsOf(one, othersQuestions(sets, i), bench)) {
      records.push(record);
      if (given.write !== undefined) await appendFile(given.write, `${JSON.stringify(record)}\n`);
    }
    const seconds = ((performance.now() - startMs) / 1000).toFixed(0);
    console.error(`${one.set} ${one.name}: ${one.questions.length} questions, ${seconds} s`);
  }
  await bench.options.contexts[Symbol.asyncDispose]();
  await bench.backend[Symbol.asyncDispose]();
  if (!bench.isKept) await rm(bench.dir, { recursive: true, force: true });
  return records;
}

/** Questions of another set, which the document cannot answer. */
function othersQuestions(sets, i) {
  const others = sets.filter(({ set }) => set !== sets[i].set);
  return others[(i * 7) % Math.max(1, others.length)]?.questions.slice(0, Number(given.foreign ?? 0)) ?? [];
}

async function* recordsOf({ set, name, text, questions }, foreign, bench) {
  const corpus = new Corpus([{ path: name, format: "text", text, pages: [], sections: [], warnings: [] }]);
  for (const asked of questions) {
    const input = { corpus, ...asked };
    const scores = bench.scores.includes("none") ? {} : await scoresOf(input, bench);
    yield {
      set,
      name,
      question: asked.question,
      wanted: asked.answers,
      ...scores,
      answers: await answersOf(input, bench),
    };
  }
  for (const { question } of foreign) {
    const answers = await answersOf({ corpus, question, answers: [], gold: [] }, bench);
    yield { set, name, question, foreign: true, answers };
  }
}

const records = given.from === undefined ? await measure() : await readRecords(given.from);
const found = { ...evidenceTables(records), ...answerTables(records) };
for (const [title, rows] of Object.entries(found)) {
  console.log(`\n${title}`);
  console.table(rows);
}
if (given.plot !== undefined) {
  const arms = ["the window of focus ask", "bm25 + embedding", "bm25", "embedding", "head", "oracle"];
  const rows = found[BY_BUDGET];
  await writeFile(
    given.plot,
    plot(
      rows,
      arms.filter((arm) => arm in rows),
    ),
  );
}
if (given.json !== undefined) await writeFile(given.json, `${JSON.stringify(found, undefined, 2)}\n`);
