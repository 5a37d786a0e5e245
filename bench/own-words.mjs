// Questions in words that their documents do not use, asked of whole documents through a session: is the first line right, is
// the first quoted passage, is any; how often a question that is answered is called absent, and one that is not.
//
//   npm run build && node bench/own-words.mjs DOCUMENTS [model=WRITER.gguf] [document=NAME] [answerStyle=short] [budget=2048] [condense=32] [chunk=512] [write=FILE.jsonl]
//        [together=1] [questions=languages|tables] [reader=READER.gguf]
//
// DOCUMENTS is a folder with what own-words/questions.jsonl names; letter.txt lies beside it, the others come from public sets:
// capital-maintenance.txt and affiliate.txt are CUAD's VARIABLESEPARATEACCOUNT_04_30_2014 and UnionDentalHoldingsInc_20050204,
// obesity.txt is COVID-QA's document 1563, meeting.txt the meeting of QMSum's validation set that starts "Okay . So welcome back .",
// live-manual.en.epub and fhs-3.0.txt are Debian's live-manual-epub and debian-policy. `answer` is a regular expression that
// the right answer matches; without one the document does not answer. questions=languages has 12 of them in each of five languages:
// chapters 1 to 3 (from the heading 1.1 behind the contents to 4.1) of Debian's installation guide as install.de.txt, .fr, .es, .ja, .ru.
// questions=tables has 23 about tables of twelve PDFs of the ICDAR 2013 table competition, which tabula-java keeps among its tests.
// together=1 asks each question of all documents.
// Read the lines: an expression can be right by chance.
import { appendFile, readFile } from "node:fs/promises";
import { join } from "node:path";
import { openDocuments } from "../dist/index.js";
import { argumentsOf } from "./ask/arguments.mjs";

const { given, files } = argumentsOf(process.argv.slice(2));
const [folder] = files;
if (folder === undefined) throw new Error("usage: node bench/own-words.mjs DOCUMENTS [name=value …]");
const list = new URL(`own-words/${given.questions ?? "questions"}.jsonl`, import.meta.url);
const all = (await readFile(list, "utf8")).trim().split("\n").map(JSON.parse);
const asked = all.filter(({ document }) => given.document === undefined || document === given.document);

const settings = {
  threads: Number(given.threads ?? 1),
  ...(given.model === undefined ? {} : { model: given.model }),
  ...(given.reader === undefined ? {} : { reader: given.reader }),
  ...(given.answerStyle === undefined ? {} : { answerStyle: given.answerStyle }),
  ...(given.budget === undefined ? {} : { budgetTokens: Number(given.budget) }),
  ...(given.condense === undefined ? {} : { condenseChunks: Number(given.condense) }),
  ...(given.chunk === undefined ? {} : { chunkTokens: Number(given.chunk) }),
};

/** What came, and where the right answer stood in it. */
function judge({ question, answer, document }, result) {
  const right = (text) => answer !== undefined && new RegExp(answer, "iu").test(text);
  const [first = "", ...others] = result.citations.map(({ quote }) => quote);
  const line = result.answer.split("\n")[0];
  const { verdict, confidence } = result;
  const places = { line: right(line), first: right(first), any: right([first, ...others].join("\n")) };
  return {
    document,
    question,
    isAnswered: answer !== undefined,
    verdict,
    confidence,
    ...places,
    said: line,
    quote: first,
  };
}

const records = [];
const names = [...new Set(asked.map(({ document }) => document))];
const paths = names.map((name) => join(folder, name));
const ofAll = given.together === undefined ? undefined : await openDocuments(paths, settings);
for (const name of names) {
  const session = ofAll ?? (await openDocuments(join(folder, name), settings));
  for (const one of asked.filter(({ document }) => document === name)) {
    const record = judge(one, await session.ask(one.question));
    records.push(record);
    if (given.write !== undefined) await appendFile(given.write, `${JSON.stringify(record)}\n`);
    const mark = (["line", "first", "any"].find((place) => record[place]) ?? "–").padEnd(5);
    const sure = `${record.verdict.padEnd(9)} ${record.confidence.toFixed(2)}`;
    console.log(
      `${mark} ${sure} | ${record.question} | ${record.said.slice(0, 80)} | ${record.quote.slice(0, 80).replaceAll("\n", " ")}`,
    );
  }
  if (ofAll === undefined) await session.close();
}
await ofAll?.close();

const count = (some, what) => some.filter(what).length;
console.log(
  "\ndocument | questions | first line | first quote | any quote | called absent | not answered: absent, uncertain, answered",
);
for (const name of [...new Set(records.map(({ document }) => document)), undefined]) {
  const some = records.filter(({ document }) => name === undefined || document === name);
  const [yes, no] = [some.filter((r) => r.isAnswered), some.filter((r) => !r.isAnswered)];
  const found = [
    (r) => r.line,
    (r) => r.line || r.first,
    (r) => r.line || r.any,
    (r) => r.verdict === "absent",
  ];
  const verdicts = ["absent", "uncertain", "answered"].map((verdict) =>
    count(no, (r) => r.verdict === verdict),
  );
  console.log(
    [name ?? "all", yes.length, ...found.map((what) => count(yes, what)), verdicts.join(", ")].join(" | "),
  );
}
process.exit(0);
