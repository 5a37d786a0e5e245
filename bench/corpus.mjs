// Every document of a folder: does it crash, hang or take too much memory, and are its words those that pdftotext finds?
//
//   npm run build && node bench/corpus.mjs FOLDER [ending=.pdf] [seconds=60] [words=50] [records=FILE.jsonl]
//
// Each file is parsed in a process of its own, which is ended after so many seconds, and tried again. PDFs are compared with `pdftotext`
// (poppler-utils): F1 over words, each counted as often as it stands there. One line says how many were read, refused,
// hung or crashed, the longest time of a core and the largest memory; then stand the ten files that differ most among
// those with so many words on one side. records=: one line a file, with a few of the words that only one side has.
import { execFile } from "node:child_process";
import { createWriteStream } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { argumentsOf } from "./ask/arguments.mjs";
import { parseApart } from "./corpus/parse-apart.mjs";
import { f1Of, missing, wordsOf } from "./words/overlap.mjs";

const { given, files: folders } = argumentsOf(process.argv.slice(2));
const [folder] = folders;
if (folder === undefined) throw new Error("usage: node bench/corpus.mjs FOLDER [ending=.pdf] [records=FILE]");
const { ending = ".pdf", seconds = "60", words = "50" } = given;
const MOST_BYTES = 2 ** 28;
/** How many words that only one side has are noted of each file. */
const NOTED = 30;

const names = (await readdir(folder, { recursive: true })).filter((name) =>
  name.toLowerCase().endsWith(ending),
);
const records = given.records === undefined ? undefined : createWriteStream(given.records);
const files = [];
for (const name of names.sort()) {
  const path = join(folder, name);
  const { text, ...read } = await parseTwice(path);
  const other = ending === ".pdf" ? await pdftotext(path) : undefined;
  const file = { name, ...read, ...compare(text, other) };
  records?.write(`${JSON.stringify(file)}\n`);
  files.push(file);
}
records?.end();

const counts = {};
for (const { outcome } of files) counts[outcome] = (counts[outcome] ?? 0) + 1;
const compared = files.filter(({ theirs }) => theirs > 0);
const largest = (field) => Math.max(...files.map((file) => file[field] ?? 0));
console.log(
  JSON.stringify({
    files: files.length,
    ...counts,
    overTenSeconds: files.filter((file) => file.seconds > 10).length,
    overOneGigabyte: files.filter((file) => file.megabytes > 1000).length,
    seconds: largest("seconds"),
    megabytes: largest("megabytes"),
    compared: compared.length,
    medianF1: compared.map(({ f1 }) => f1).sort((a, b) => a - b)[Math.floor(compared.length / 2)],
    below90: compared.filter(({ f1 }) => f1 < 0.9).length,
  }),
);
const enough = files.filter(({ ours, theirs }) => Math.max(ours, theirs) >= Number(words));
for (const file of enough.sort((a, b) => a.f1 - b.f1).slice(0, 10)) console.log(JSON.stringify(file));

/** Again where it hung: other work may have taken the core. */
async function parseTwice(path) {
  const first = await parseApart(path, Number(seconds));
  return first.outcome === "hung" ? parseApart(path, Number(seconds)) : first;
}

/** Undefined where it gives none. */
async function pdftotext(path) {
  const options = { maxBuffer: MOST_BYTES, timeout: Number(seconds) * 1000 };
  return promisify(execFile)("pdftotext", ["-enc", "UTF-8", path, "-"], options).then(
    ({ stdout }) => stdout,
    () => undefined,
  );
}

function compare(text, other) {
  if (other === undefined) return {};
  const [ours, theirs] = [wordsOf(text ?? ""), wordsOf(other)];
  const some = (list) => list.slice(0, NOTED).join(" ");
  return {
    ours: ours.length,
    theirs: theirs.length,
    f1: Math.round(1000 * f1Of(theirs, ours)) / 1000,
    lacks: some(missing(theirs, ours)),
    adds: some(missing(ours, theirs)),
  };
}
