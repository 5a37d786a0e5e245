// Fits how sure an answer is, and checks it on sources that it was not fitted to.
//
//   npm run build && node bench/calibrate.mjs MODEL.gguf DATA_FOLDER [adapter=FILE.gguf] [size=16] [fit=a,b,…] [check=c,d,…] [form=words] [out=FILE.json] [from=FILE.json]
//
// DATA_FOLDER has NAME.dev.jsonl.gz files: a question, a passage, answers and whether it is answerable, a line each. Of
// every source `size` passages are read, and each of their questions is asked of each of them: a document of any number of
// these passages has the best of their margins, with the right passage or without it. `form` is what becomes of the
// questions (ask/forms.mjs), to see what a phrase does that `focus summarize --focus` looks for.
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { argumentsOf } from "./ask/arguments.mjs";
import { formOf } from "./ask/forms.mjs";
import { openBench } from "./ask/open.mjs";
import { rowsOf } from "./calibrate/measure.mjs";
import { readSource } from "./calibrate/questions.mjs";
import { report } from "./calibrate/report.mjs";

const { given, files } = argumentsOf(process.argv.slice(2));
const [model, folder] = files;
if (folder === undefined)
  throw new Error(
    "usage: node bench/calibrate.mjs MODEL.gguf DATA_FOLDER [adapter=…] [size=16] [fit=…] [check=…] [out=…] [from=…]",
  );
const names = (await readdir(folder))
  .filter((name) => name.endsWith(".dev.jsonl.gz"))
  .map((name) => name.split(".")[0]);
const wanted = (list) => (list === undefined ? [] : list.split(","));
const [toFit, toCheck] = [wanted(given.fit), wanted(given.check)];
const form = formOf(given.form ?? "question");
const sources = toFit.length + toCheck.length > 0 ? [...toFit, ...toCheck] : names;

async function measure() {
  const { backend, dir, options, adapter } = await openBench({ ...given, model });
  const all = [];
  for (const name of sources) {
    const size = Number(given.size ?? 16);
    const source = await readSource(join(folder, `${name}.dev.jsonl.gz`), { size, seed: 5, form });
    if (source.asked.length < 2) {
      console.log(`${name}: ${source.asked.length} answerable questions that fit, left out`);
      continue;
    }
    const rows = await rowsOf(source, { options, adapter });
    all.push(...rows.map((row) => ({ name, ...row })));
    const count = (wanted) => rows.filter(({ kind }) => kind === wanted).length;
    console.log(
      `${name}: ${count("gold")} rows with the right passage, ${count("other")} without, ${count("near")} near misses`,
    );
    if (given.out !== undefined) await writeFile(given.out, JSON.stringify(all));
  }
  await options.contexts[Symbol.asyncDispose]();
  await backend[Symbol.asyncDispose]();
  await rm(dir, { recursive: true });
  return all;
}

const rows = given.from === undefined ? await measure() : JSON.parse(await readFile(given.from, "utf8"));
report(
  rows.filter(({ name }) => toFit.length === 0 || toFit.includes(name)),
  rows.filter(({ name }) => toCheck.includes(name)),
);
