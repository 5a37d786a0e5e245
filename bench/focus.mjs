// What `focus summarize --focus` finds: of each question of public sets, as it is and as its content words alone ("words"), whether a quoted
// summary of one document has a sentence with evidence, and which share of its sentences has.
//
//   npm run build && node bench/focus.mjs [SET…] [words=DOCUMENTS] [documents=2] [questions=3] [length=120] [write=FILE.jsonl]
//
// SET as for bench/ask.mjs; words=DOCUMENTS are the questions of bench/own-words.mjs, for which a sentence is right that the answer's expression
// matches. FOCUS_HOME names the store.
import { appendFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { contentWords } from "../dist/engine/ranking/words.js";
import { openDocuments } from "../dist/index.js";
import { argumentsOf } from "./ask/arguments.mjs";
import { meanOfSets } from "./ask/evidence.mjs";
import { readSets } from "./ask/sets.mjs";
import { rowsInOtherWords } from "./find/questions.mjs";

const { given, sets } = argumentsOf(process.argv.slice(2));
const most = { documents: Number(given.documents ?? 2), questions: Number(given.questions ?? 3) };
const summaryLength = Number(given.length ?? 120);
const FORMS = { question: (text) => text, words };

/** "What is forbidden on the pier?" → "forbidden pier" */
function words(question) {
  return contentWords(question, "eng")
    .map(({ start, end }) => question.slice(start, end))
    .join(" ");
}

/** [{ set, path, questions: [{ question, isRight: point → boolean }] }], the sets' documents as files in a folder. */
async function documentsOfSets(folder) {
  const found = [];
  for (const [at, { set, text, questions }] of (await readSets(sets, most)).entries()) {
    const path = join(folder, `${at}.txt`);
    await writeFile(path, text);
    const asked = questions.map(({ question, gold }) => {
      return {
        question,
        isRight: ({ citation }) => gold.some(([from, to]) => citation.start < to && from < citation.end),
      };
    });
    found.push({ set, path, questions: asked });
  }
  return found;
}

/** The same of the questions in other words. */
async function documentsOfWords(folder) {
  const rows = (await rowsInOtherWords()).filter(({ answer }) => answer !== undefined);
  return [...new Set(rows.map(({ document }) => document))].map((name) => {
    const own = rows.filter(({ document }) => document === name);
    const questions = own.map(({ question, answer }) => {
      return { question, isRight: ({ citation }) => new RegExp(answer, "iu").test(citation.quote) };
    });
    return { set: "other words", path: join(folder, name), questions };
  });
}

const dir = await mkdtemp(join(tmpdir(), "focus-bench-"));
const documents = [
  ...(await documentsOfSets(dir)),
  ...(given.words === undefined ? [] : await documentsOfWords(given.words)),
];
const records = [];
for (const { set, path, questions } of documents) {
  const session = await openDocuments(path, { threads: Number(given.threads ?? 1) });
  for (const { question, isRight } of questions) {
    for (const [form, of] of Object.entries(FORMS)) {
      const focus = of(question);
      // Nothing but stop words is no focus.
      if (focus === "") continue;
      const start = performance.now();
      const { points } = await session.summarize({ focus, summaryLength, answerStyle: "quote" });
      const seconds = (performance.now() - start) / 1000;
      const record = { set, form, question, found: points.map(isRight), seconds };
      records.push(record);
      if (given.write !== undefined) await appendFile(given.write, `${JSON.stringify(record)}\n`);
      const hits = record.found.map(Number).join("");
      console.log(`${set} | ${form} | ${question} | ${hits} | ${seconds.toFixed(1)}`);
    }
  }
  await session.close();
}
await rm(dir, { recursive: true });

const percent = (value) => `${(100 * value).toFixed(1)} %`;
for (const form of Object.keys(FORMS)) {
  const own = records.filter((record) => record.form === form);
  const has = meanOfSets(own, ({ found }) => Number(found.some(Boolean)));
  const share = meanOfSets(own, ({ found }) => found.filter(Boolean).length / Math.max(1, found.length));
  console.log(`${form}, ${own.length}: evidence in ${percent(has)}, ${percent(share)} of the sentences`);
}
