// What chunks and passages answer by themselves, for choosing how short answers are selected (src/engine/answer): of each
// question the best chunks by margin, what each answers, and the margins and answers of their passages: as parts of the chunk that was
// read, and each read alone.
// usage: npm run build && node bench/short.mjs SET… write=FILE.jsonl [documents=6] [questions=4] [chunks=4] [and what bench/ask.mjs takes]
//        node bench/short.mjs from=FILE.jsonl[,…]
import { appendFile } from "node:fs/promises";
import { shareOf, wordSet, wordWeights } from "../dist/engine/attribution/match.js";
import { passagesOf } from "../dist/engine/attribution/passage.js";
import { CONDENSER_WEIGHTS, fuse, order } from "../dist/engine/ranking/fuse.js";
import { partsOf } from "../dist/engine/reader/chunk-part.js";
import { Corpus } from "../dist/index.js";
import { argumentsOf } from "./ask/arguments.mjs";
import { condensed } from "./ask/condensed.mjs";
import { openBench } from "./ask/open.mjs";
import { ownChunk } from "./ask/own-chunk.mjs";
import { readRecords } from "./ask/records.mjs";
import { readSets } from "./ask/sets.mjs";
import { rules } from "./short/rules.mjs";

const { given, sets: wantedSets } = argumentsOf(process.argv.slice(2));
const MOST_PASSAGES = [16, 8]; // of the best chunk, and of another: those with most of the question's words
const MOST_HEARD = 3; // of a chunk's passages, those with the highest margins

function record({ corpus, question, answers }, bench) {
  const { documents } = corpus;
  const { options } = bench;
  return condensed(
    { corpus, question },
    bench,
    async ({ chunks, bm25, idf, indexes, margins, condenser }) => {
      const fused = fuse(bm25, new Map(indexes.map((index, i) => [index, margins[i]])), CONDENSER_WEIGHTS);
      const best = order(fused).slice(0, Number(given.chunks ?? 4));
      const texts = await condenser.answers(best.map((index) => chunks[index]));
      const weights = wordWeights(question, idf, undefined);
      const found = [];
      for (const [i, index] of best.entries()) {
        const all = passagesOf(index, { documents, chunks })
          .map((passage) => ({ ...passage, share: shareOf(weights, wordSet(passage.text, undefined)) }))
          .sort((a, b) => b.share - a.share)
          .slice(0, MOST_PASSAGES[Math.min(i, 1)]);
        const parts = partsOf(all, { documents, chunks, tokenizer: options.reader });
        const alone = all.map(({ text }) => ownChunk(text, options));
        const ofParts = await condenser.marginsOfParts(parts);
        const alones = await condenser.margins(alone);
        const best = (values) => order(values).slice(0, MOST_HEARD);
        const heard = all.map((_, at) => at).filter((at) => [...best(ofParts), ...best(alones)].includes(at));
        const said = await condenser.answersOfParts(heard.map((at) => parts[at]));
        const saidAlone = await condenser.answers(heard.map((at) => alone[at]));
        const passages = heard.map((at, k) => {
          const { text, share } = all[at];
          const own = { margin: ofParts[at], answer: said[k] };
          return { text, share, rank: at, ...own, alone: { margin: alones[at], answer: saidAlone[k] } };
        });
        found.push({
          margin: margins[indexes.indexOf(index)],
          fused: fused[index],
          bm25: bm25[index],
          answer: texts[i],
          passages,
        });
      }
      return { question, wanted: answers, chunks: found };
    },
  );
}

async function measure() {
  const sets = await readSets(wantedSets, {
    documents: Number(given.documents ?? 6),
    questions: Number(given.questions ?? 4),
  });
  const bench = await openBench(given);
  const records = [];
  for (const { set, name, text, questions } of sets) {
    const corpus = new Corpus([{ path: name, format: "text", text, pages: [], sections: [], warnings: [] }]);
    for (const asked of questions) {
      const row = { set, name, ...(await record({ corpus, ...asked }, bench)) };
      records.push(row);
      if (given.write !== undefined) await appendFile(given.write, `${JSON.stringify(row)}\n`);
    }
    console.error(`${set} ${name}: ${questions.length} questions`);
  }
  await bench.options.contexts[Symbol.asyncDispose]();
  await bench.backend[Symbol.asyncDispose]();
  return records;
}

console.table(rules(given.from === undefined ? await measure() : await readRecords(given.from)));
