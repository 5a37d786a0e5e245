// What `focus summarize --focus` finds: of each question of public sets, as it is and as its content words alone (or in other forms of
// ask/forms.mjs), whether a quoted summary of one document has a sentence with evidence, and which share of its sentences has; and its
// verdict, of questions that the document does not answer, too.
//
//   npm run build && node bench/focus.mjs [SET…] [words=DOCUMENTS] [documents=2] [questions=3] [length=120] [forms=question,words] [write=FILE.jsonl]
//
// SET as for bench/ask.mjs; words=DOCUMENTS are the questions of bench/own-words.mjs, for which a sentence is right that the answer's expression
// matches. FOCUS_HOME names the store.
import { appendFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDocuments } from "../dist/index.js";
import { argumentsOf } from "./ask/arguments.mjs";
import { meanOfSets } from "./ask/evidence.mjs";
import { formOf } from "./ask/forms.mjs";
import { askedBy } from "./find/questions.mjs";

const { given, sets } = argumentsOf(process.argv.slice(2));
const summaryLength = Number(given.length ?? 120);
const forms = (given.forms ?? "question,words").split(",").map((name) => [name, formOf(name)]);

const dir = await mkdtemp(join(tmpdir(), "focus-bench-"));
const asked = await askedBy({ given: { questions: 3, ...given }, sets });
const records = [];
for (const [at, corpus] of [...new Set(asked.map((one) => one.corpus))].entries()) {
  const own = asked.filter((one) => one.corpus === corpus);
  const session = await openDocuments(await fileOf(own[0], at), { threads: Number(given.threads ?? 1) });
  for (const { set, question, isAnswered, isRight } of own) {
    for (const [form, of] of forms) {
      const focus = of(question);
      // Nothing but stop words is no focus.
      if (focus === "") continue;
      const start = performance.now();
      const { points, verdict, confidence } = await session.summarize({
        focus,
        summaryLength,
        answerStyle: "quote",
      });
      const seconds = (performance.now() - start) / 1000;
      const found = points.map(({ citation }) => isRight({ quote: citation, text: citation.quote }));
      const record = { set, form, question, isAnswered, verdict, confidence, found, seconds };
      records.push(record);
      if (given.write !== undefined) await appendFile(given.write, `${JSON.stringify(record)}\n`);
      console.log(
        `${set} | ${form} | ${question} | ${verdict} ${confidence.toFixed(2)} | ${found.map(Number).join("")} | ${seconds.toFixed(1)}`,
      );
    }
  }
  await session.close();
}
await rm(dir, { recursive: true });

/** The document of a question as a file: its own, or of a set one that is written. */
async function fileOf({ set, corpus }, at) {
  const [{ path, text }] = corpus.documents;
  if (set === "other words") return join(given.words, path);
  const written = join(dir, `${at}.txt`);
  await writeFile(written, text);
  return written;
}

const percent = (value) => `${(100 * value).toFixed(1)} %`;
for (const [form] of forms) {
  const ofForm = records.filter((record) => record.form === form);
  const own = ofForm.filter(({ isAnswered }) => isAnswered);
  const has = meanOfSets(own, ({ found }) => Number(found.some(Boolean)));
  const share = meanOfSets(own, ({ found }) => found.filter(Boolean).length / Math.max(1, found.length));
  console.log(`${form}, ${own.length}: evidence in ${percent(has)}, ${percent(share)} of the sentences`);
  for (const [name, some] of [
    ["answered", own],
    ["not answered", ofForm.filter(({ isAnswered }) => !isAnswered)],
  ]) {
    const count = (wanted) => some.filter(({ verdict }) => verdict === wanted).length;
    const counts = ["absent", "uncertain", "answered"].map((verdict) => `${verdict} ${count(verdict)}`);
    console.log(`  ${some.length} ${name}: ${counts.join(", ")}`);
  }
}
