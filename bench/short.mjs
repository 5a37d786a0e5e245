// What chunks and passages answer by themselves, for choosing how short answers are selected (src/engine/answer): of each
// question the best chunks by margin, what each answers, and the margins and answers of their passages.
// usage: npm run build && node bench/short.mjs SET… write=FILE.jsonl [documents=6] [questions=4] [chunks=6] [and what bench/ask.mjs takes]
//        node bench/short.mjs from=FILE.jsonl[,…]
import { appendFile, readFile } from "node:fs/promises";
import { shareOf, wordSet, wordWeights } from "../dist/engine/attribution/match.js";
import { passagesOf } from "../dist/engine/attribution/passage.js";
import { fuse, order } from "../dist/engine/ranking/fuse.js";
import { skim } from "../dist/engine/ranking/skim.js";
import { Condenser, chunkDocuments } from "../dist/index.js";
import { openBench } from "./ask/open.mjs";
import { readSets, SETS } from "./ask/sets.mjs";
import { rules } from "./short/rules.mjs";

const pairs = process.argv.slice(2).map((argument) => argument.split(/=(.*)/su).slice(0, 2));
const given = Object.fromEntries(pairs);
const MOST_PASSAGES = 12; // of a chunk

async function record({ document, chunks, question, answers }, { options, adapter, most }) {
  const documents = [document];
  const { scores: bm25, idf } = skim(documents, chunks, question);
  const indexes = order(bm25).slice(0, most);
  const condenser = await Condenser.open({ question, adapter, totalTokens: 0 }, options);
  try {
    const margins = await condenser.margins(indexes.map((index) => chunks[index]));
    const fused = fuse(bm25, new Map(indexes.map((index, i) => [index, margins[i]])), {
      bm25: 1,
      condensed: 2,
    });
    const byFused = order(fused).slice(0, Number(given.chunks ?? 6));
    const byMargin = order(margins)
      .slice(0, Number(given.chunks ?? 6))
      .map((i) => indexes[i]);
    const best = [...new Set([...byFused, ...byMargin])];
    const texts = await condenser.answers(best.map((index) => chunks[index]));
    const weights = wordWeights(question, idf, undefined);
    const found = [];
    for (const [i, index] of best.entries()) {
      const all = passagesOf(index, { documents, chunks })
        .map((passage) => ({ ...passage, share: shareOf(weights, wordSet(passage.text, undefined)) }))
        .sort((a, b) => b.share - a.share)
        .slice(0, MOST_PASSAGES);
      const own = all.map(({ text }) => text);
      const [ofPassages, said] = [await condenser.marginsOfTexts(own), await condenser.answersOfTexts(own)];
      const supports = texts[i] === "" ? [] : await condenser.supports(own, texts[i]);
      found.push({
        margin: margins[indexes.indexOf(index)],
        fused: fused[index],
        bm25: bm25[index],
        answer: texts[i],
        passages: all.map(({ text, share }, at) => {
          return { text, share, margin: ofPassages[at], answer: said[at], support: supports[at] ?? null };
        }),
      });
    }
    return { question, wanted: answers, chunks: found };
  } finally {
    await condenser[Symbol.asyncDispose]();
  }
}

async function measure() {
  const sets = await readSets(
    pairs.filter(([kind]) => kind in SETS),
    { documents: Number(given.documents ?? 6), questions: Number(given.questions ?? 4) },
  );
  const bench = await openBench(given);
  const { chunkTokens, reader } = bench.options;
  const records = [];
  for (const { set, name, text, questions } of sets) {
    const document = { path: name, format: "text", text, pages: [], sections: [], warnings: [] };
    const chunks = chunkDocuments([document], { chunkTokens, tokenize: (part) => reader.tokenize(part) });
    for (const asked of questions) {
      const row = { set, name, ...(await record({ document, chunks, ...asked }, bench)) };
      records.push(row);
      if (given.write !== undefined) await appendFile(given.write, `${JSON.stringify(row)}\n`);
    }
    console.error(`${set} ${name}: ${questions.length} questions`);
  }
  await bench.backend[Symbol.asyncDispose]();
  return records;
}

async function read(files) {
  const texts = await Promise.all(files.map((file) => readFile(file, "utf8")));
  return texts.flatMap((text) => text.trim().split("\n").map(JSON.parse));
}

console.table(rules(given.from === undefined ? await measure() : await read(given.from.split(","))));
