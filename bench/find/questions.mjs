// Questions for bench/find.mjs and bench/unsaid.mjs: each with its document, and which passages and short answers are right.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Corpus, parseBytes } from "../../dist/index.js";
import { readSets } from "../ask/sets.mjs";
import { f1 } from "../ask/words.mjs";

const LEAST_F1 = 0.5;

/** The questions that a bench's arguments name: SET…, and words=DOCUMENTS. */
export async function askedBy({ given, sets }) {
  const most = { documents: Number(given.documents ?? 2), questions: Number(given.questions ?? 5) };
  return [
    ...(await askedOfSets(sets, most)),
    ...(given.words === undefined ? [] : await askedOfWords(given.words)),
  ];
}

/** [{ document, question, answer? }] of bench/own-words.mjs. */
export async function rowsInOtherWords() {
  const list = new URL("../own-words/questions.jsonl", import.meta.url);
  return (await readFile(list, "utf8")).trim().split("\n").map(JSON.parse);
}

/** Of public sets: a passage is right that has some of the evidence, an answer with an F1 of a half or more. */
async function askedOfSets(wanted, most) {
  const sets = await readSets(wanted, most);
  return sets.flatMap(({ set, name, text, questions }) => {
    const corpus = new Corpus([{ path: name, format: "text", text, pages: [], sections: [], warnings: [] }]);
    return questions.map(({ question, gold, answers = [] }) => ({
      set,
      corpus,
      question,
      isAnswered: true,
      isRightAnswer: (said) => f1(said, answers) >= LEAST_F1,
      isRight: ({ quote }) => gold.some(([from, to]) => quote.start < to && from < quote.end),
    }));
  });
}

/** In other words than the documents' (own-words/questions.jsonl): a passage or an answer is right that the answer's expression matches. */
async function askedOfWords(folder) {
  const rows = await rowsInOtherWords();
  const corpora = new Map();
  for (const name of new Set(rows.map(({ document }) => document))) {
    corpora.set(name, new Corpus([await parseBytes(await readFile(join(folder, name)), name)]));
  }
  return rows.map(({ document, question, answer }) => {
    const isRightAnswer = (text) => answer !== undefined && new RegExp(answer, "iu").test(text);
    return {
      set: "other words",
      corpus: corpora.get(document),
      question,
      isAnswered: answer !== undefined,
      isRightAnswer,
      isRight: ({ text }) => isRightAnswer(text),
    };
  });
}
