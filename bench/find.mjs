// Which passages answer, for choosing what `focus find` shows and what short answers are asked of: of each question the best chunks by
// margin with the margins of their passages, and which hold the answer. Two tables: for several least margins and numbers, how many
// questions have a right place, how many places are wrong, and what is shown where the document does not answer; and, for several
// choices of chunks and passages that are asked, how often the best one holds the answer, or one of the best three.
//
//   npm run build && node bench/find.mjs [SET…] [words=DOCUMENTS] [write=FILE.jsonl] [documents=2] [questions=5] [and what bench/ask.mjs takes]
//   node bench/find.mjs from=FILE.jsonl[,…]
//
// SET as for bench/ask.mjs; words=DOCUMENTS are the questions of bench/own-words.mjs.
import { appendFile } from "node:fs/promises";
import { nearestPassages } from "../dist/engine/attribution/nearest-passages.js";
import { leastPlaceMargin } from "../dist/engine/condenser/confidence.js";
import { passageMargins } from "../dist/engine/condenser/passage-margins.js";
import { order } from "../dist/engine/ranking/fuse.js";
import { argumentsOf } from "./ask/arguments.mjs";
import { condensed } from "./ask/condensed.mjs";
import { openBench } from "./ask/open.mjs";
import { readRecords } from "./ask/records.mjs";
import { askedAs } from "./find/asked.mjs";
import { askedBy } from "./find/questions.mjs";
import { shownAs } from "./find/shown.mjs";

const { given, sets } = argumentsOf(process.argv.slice(2));
const MOST = { chunks: 8, passages: 12 };

/** { set, isAnswered, least, chunks: [{ margin, passages: [{ margin, share, similarity, isRight }] }] }, best chunk first. */
function record({ set, corpus, question, isAnswered, isRight }, bench) {
  return condensed(
    { corpus, question },
    bench,
    async ({ chunks, idf, similarity, indexes, margins, condenser }) => {
      const input = {
        documents: corpus.documents,
        chunks,
        question,
        idf,
        similarity,
        tokenizer: bench.options.reader,
      };
      const found = [];
      for (const at of order(margins).slice(0, MOST.chunks)) {
        const near = nearestPassages(indexes[at], input).slice(0, MOST.passages);
        const judged = await passageMargins(near, condenser, input);
        const passages = judged.map(({ margin, share, similarity, ...passage }) => {
          return { margin, share, similarity, isRight: isRight(passage) };
        });
        found.push({ margin: margins[at], passages });
      }
      return { set, question, isAnswered, least: leastPlaceMargin(Math.max(...margins)), chunks: found };
    },
  );
}

async function measure() {
  const bench = await openBench(given);
  const asked = await askedBy({ given, sets });
  const records = [];
  for (const one of asked) {
    records.push(await record(one, bench));
    if (given.write !== undefined) await appendFile(given.write, `${JSON.stringify(records.at(-1))}\n`);
    console.error(`${one.set}: ${one.question}`);
  }
  await bench.options.contexts[Symbol.asyncDispose]();
  await bench.backend[Symbol.asyncDispose]();
  return records;
}

const records = given.from === undefined ? await measure() : await readRecords(given.from);
console.table(shownAs(records));
console.table(askedAs(records));
