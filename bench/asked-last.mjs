// What is asked last, since it names what a document says elsewhere or says nothing: signatures, and lists of contents without pages.
// Of documents.jsonl.gz files how many sentences are taken for a signature, with examples; of other files their lists of contents,
// the beginning and the end of each. To be read: what is wrongly taken is asked only where a chunk has nothing else.
//
//   npm run build && node bench/asked-last.mjs FILE… [documents=60] [examples=12]
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { gunzipSync } from "node:zlib";
import { contentsRuns } from "../dist/document/contents-runs.js";
import { parseFile } from "../dist/document/parse.js";
import { sentences } from "../dist/document/sentences.js";
import { isIdleSignature } from "../dist/engine/answer/signature.js";
import { argumentsOf } from "./ask/arguments.mjs";

const { given, files } = argumentsOf(process.argv.slice(2));
if (files.length === 0)
  throw new Error("usage: node bench/asked-last.mjs FILE… [documents=60] [examples=12]");
const YES_OR_NO = "Is it?"; // no signature answers that

async function signatures(path) {
  const lines = gunzipSync(await readFile(path))
    .toString()
    .trim()
    .split("\n");
  const texts = lines.slice(0, Number(given.documents ?? 60)).map((line) => JSON.parse(line).text);
  const all = texts.flatMap((text) =>
    sentences(text, { start: 0, end: text.length }).map(({ start, end }) => text.slice(start, end)),
  );
  const taken = all.filter((sentence) => isIdleSignature(sentence, YES_OR_NO));
  console.log(`${basename(path)}: ${taken.length} of ${all.length} sentences are taken for a signature`);
  const step = Math.ceil(taken.length / Number(given.examples ?? 12));
  for (const [i, sentence] of taken.entries())
    if (i % step === 0) console.log(`  ${JSON.stringify(sentence.slice(0, 200))}`);
}

async function contents(path) {
  const document = await parseFile(path);
  const runs = contentsRuns(document);
  console.log(`${basename(path)}: ${runs.length} lists of contents`);
  for (const { start, end } of runs) {
    const [first, last] = [document.text.slice(start, start + 60), document.text.slice(end - 40, end)];
    console.log(`  ${start}–${end} ${JSON.stringify(first)} … ${JSON.stringify(last)}`);
  }
}

for (const path of files) await (path.endsWith(".jsonl.gz") ? signatures(path) : contents(path));
