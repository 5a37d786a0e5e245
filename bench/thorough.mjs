// What judging every chunk finds that judging the best of retrieval does not: the same questions asked of one document in both ways.
// Two answers have the same passage where their first quotes share text.
//
//   npm run build && node bench/thorough.mjs DOCUMENT QUESTIONS.jsonl [condense=N] [threads=1] [write=FILE.jsonl]
//
// QUESTIONS.jsonl has { question, answer } a line, answer being a regular expression that the right answer matches;
// thorough/cplusplus.jsonl asks Debian's c++-annotations-pdf. Read the document first (`focus read`), or the times are those of reading.
import { appendFile, readFile } from "node:fs/promises";
import { openDocuments } from "../dist/index.js";
import { argumentsOf } from "./ask/arguments.mjs";

const { given, files } = argumentsOf(process.argv.slice(2));
const [document, list] = files;
if (list === undefined)
  throw new Error("usage: node bench/thorough.mjs DOCUMENT QUESTIONS.jsonl [name=value …]");
const condenseChunks = given.condense === undefined ? {} : { condenseChunks: Number(given.condense) };
const session = await openDocuments(document, { threads: Number(given.threads ?? 1), ...condenseChunks });

/** What came of a question, and whether it is right. */
async function outcome({ question, answer }, options) {
  const start = performance.now();
  const result = await session.ask(question, options);
  const right = (text) => new RegExp(answer, "iu").test(text);
  const quotes = result.citations.map(({ quote, start, end, page }) => ({ quote, start, end, page }));
  const line = result.answer.split("\n")[0];
  return {
    line,
    verdict: result.verdict,
    condensed: result.coverage.chunks.condensed,
    seconds: (performance.now() - start) / 1000,
    isRight: right(line),
    anyRight: [line, ...quotes.map(({ quote }) => quote)].some(right),
    quotes,
  };
}

const share = (a, b) => a.start < b.end && b.start < a.end;
function relation({ isSame, isAmong }) {
  if (isSame) return "same";
  return isAmong ? "among" : "other";
}

function told({ isRight, anyRight, condensed, seconds, line }) {
  const place = ["–", "below", "right"][isRight ? 2 : Number(anyRight)];
  return `${place}, ${condensed} chunks, ${seconds.toFixed(1)} s: ${line.slice(0, 60)}`;
}

const records = [];
for (const asked of (await readFile(list, "utf8")).trim().split("\n").map(JSON.parse)) {
  const best = await outcome(asked, {});
  const thorough = await outcome(asked, { thorough: true });
  const [first] = best.quotes;
  const isSame = first !== undefined && thorough.quotes[0] !== undefined && share(first, thorough.quotes[0]);
  const isAmong = first !== undefined && thorough.quotes.some((quote) => share(first, quote));
  records.push({ ...asked, best, thorough, isSame, isAmong });
  if (given.write !== undefined) await appendFile(given.write, `${JSON.stringify(records.at(-1))}\n`);
  console.log([relation(records.at(-1)), asked.question, told(best), told(thorough)].join(" | "));
}
await session.close();

const count = (what) => records.filter(what).length;
const mean = (of) => (records.reduce((sum, record) => sum + of(record), 0) / records.length).toFixed(1);
console.log(
  `\n${records.length} questions: same first passage ${count((r) => r.isSame)}, among them ${count((r) => r.isAmong)}`,
);
console.log("judged | first line right | or a quote | chunks | seconds");
for (const way of ["best", "thorough"]) {
  const rights = [count((r) => r[way].isRight), count((r) => r[way].anyRight)];
  console.log([way, ...rights, mean((r) => r[way].condensed), mean((r) => r[way].seconds)].join(" | "));
}
process.exit(0);
