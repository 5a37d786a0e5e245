// What `focus summarize --focus` finds: of each question of public sets, as it is and as its content words alone ("words"), whether a quoted
// summary of one document has a sentence with evidence, and which share of its sentences has.
//
//   npm run build && node bench/focus.mjs SET… [documents=2] [questions=3] [length=120] [write=FILE.jsonl]
//
// SET as for bench/ask.mjs. FOCUS_HOME names the store.
import { appendFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { contentWords } from "../dist/engine/ranking/words.js";
import { openDocuments } from "../dist/index.js";
import { argumentsOf } from "./ask/arguments.mjs";
import { meanOfSets } from "./ask/evidence.mjs";
import { readSets } from "./ask/sets.mjs";

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

/** Of every sentence of the summary whether it shares text with the evidence. */
async function hits(session, focus, gold) {
  const { points } = await session.summarize({ focus, summaryLength, answerStyle: "quote" });
  const isEvidence = ({ citation }) => gold.some(([from, to]) => citation.start < to && from < citation.end);
  return points.map(isEvidence);
}

const dir = await mkdtemp(join(tmpdir(), "focus-bench-"));
const records = [];
for (const [at, { set, text, questions }] of (await readSets(sets, most)).entries()) {
  const path = join(dir, `${at}.txt`);
  await writeFile(path, text);
  const session = await openDocuments(path, { threads: Number(given.threads ?? 1) });
  for (const { question, gold } of questions) {
    for (const [form, of] of Object.entries(FORMS)) {
      // Nothing but stop words is no focus.
      if (of(question) === "") continue;
      const start = performance.now();
      const found = await hits(session, of(question), gold);
      const record = { set, form, question, found, seconds: (performance.now() - start) / 1000 };
      records.push(record);
      if (given.write !== undefined) await appendFile(given.write, `${JSON.stringify(record)}\n`);
      console.log(
        `${set} | ${form} | ${question} | ${found.map(Number).join("")} | ${record.seconds.toFixed(1)}`,
      );
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
