// How often a short answer is right by the share of its words that stand in its passage, or before that in its chunk: an answer that
// has few of them is not told (src/engine/answer/unsaid.ts).
//
//   npm run build && node bench/unsaid.mjs [SET…] [words=DOCUMENTS] [documents=2] [questions=5] [and what bench/ask.mjs takes]
//
// SET as for bench/ask.mjs; words=DOCUMENTS are the questions of bench/own-words.mjs. Of each question the answers of the three passages
// with the highest margins, without yes and no. Right is an F1 of 0.5 with the set's answer, or what the expression matches.
import { shareSaid } from "../dist/engine/answer/unsaid.js";
import { nearestPassages } from "../dist/engine/attribution/nearest-passages.js";
import { isYesOrNo } from "../dist/engine/condenser/local-tokens.js";
import { passageMargins } from "../dist/engine/condenser/passage-margins.js";
import { order } from "../dist/engine/ranking/fuse.js";
import { argumentsOf } from "./ask/arguments.mjs";
import { condensed } from "./ask/condensed.mjs";
import { openBench } from "./ask/open.mjs";
import { askedBy } from "./find/questions.mjs";

const { given, sets } = argumentsOf(process.argv.slice(2));
const MOST = { chunks: 4, passages: 8, answers: 3 };
const BINS = [0.25, 0.5, 0.75, 1];

/** [{ share, isRight }] of a question's best passages. */
function answersOf({ corpus, question, isRightAnswer }, bench) {
  return condensed(
    { corpus, question },
    bench,
    async ({ chunks, idf, similarity, indexes, margins, condenser }) => {
      const { documents } = corpus;
      const input = { documents, chunks, question, idf, similarity, tokenizer: bench.options.reader };
      const best = order(margins).slice(0, MOST.chunks);
      const near = best.flatMap((at) => nearestPassages(indexes[at], input).slice(0, MOST.passages));
      const judged = await passageMargins(near, condenser, input);
      const asked = order(judged.map(({ margin }) => margin))
        .slice(0, MOST.answers)
        .map((i) => judged[i]);
      const texts = await condenser.answersOfParts(asked.map(({ part }) => part));
      const told = texts
        .map((text, i) => ({ text, source: asked[i] }))
        .filter(({ text }) => text !== "" && !isYesOrNo(text));
      return told.map(({ text, source }) => ({
        share: shareSaid(text, source, input),
        isRight: isRightAnswer(text),
      }));
    },
  );
}

const bench = await openBench(given);
const asked = (await askedBy({ given, sets })).filter(({ isAnswered }) => isAnswered);
const found = [];
for (const one of asked) {
  found.push(...(await answersOf(one, bench)));
  console.error(one.question);
}
await bench.options.contexts[Symbol.asyncDispose]();
await bench.backend[Symbol.asyncDispose]();

const rows = BINS.map((end, i) => {
  const within = found.filter(
    ({ share }) => share >= (BINS[i - 1] ?? 0) && (share < end || (end === 1 && share === 1)),
  );
  const right = within.filter(({ isRight }) => isRight).length;
  return [`${BINS[i - 1] ?? 0} to ${end}`, { answers: within.length, right }];
});
console.log(`${asked.length} questions`);
console.table(Object.fromEntries(rows));
