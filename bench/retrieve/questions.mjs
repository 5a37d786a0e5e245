// Questions for bench/retrieve.mjs: { set, corpus, question, isRight(chunk) }.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Corpus, parseBytes } from "../../dist/index.js";
import { readSets } from "../ask/sets.mjs";
import { rowsInOtherWords } from "../find/questions.mjs";

/** Of public sets, the documents of each joined into one. */
export async function askedOfJoined(sets, most) {
  const joined = await readSets(sets, { ...most, together: true });
  return joined.flatMap(({ set, name, text, questions }) => {
    const corpus = new Corpus([{ path: name, format: "text", text, pages: [], sections: [], warnings: [] }]);
    return questions.map(({ question, gold }) => ({
      set,
      corpus,
      question,
      isRight: ({ start, end }) => gold.some(([from, to]) => start < to && from < end),
    }));
  });
}

/** In other words than the documents' (own-words/questions.jsonl), asked of all of them. */
export async function askedOfAll(folder) {
  const rows = await rowsInOtherWords();
  const names = [...new Set(rows.map(({ document }) => document))];
  const documents = await Promise.all(
    names.map(async (name) => ({
      ...(await parseBytes(await readFile(join(folder, name)), name)),
      path: name,
    })),
  );
  const corpus = new Corpus(documents);
  return rows
    .filter(({ answer }) => answer !== undefined)
    .map(({ document, question, answer }) => ({
      set: "other words",
      corpus,
      question,
      isRight: ({ document: index, start, end }) =>
        names[index] === document && new RegExp(answer, "iu").test(documents[index].text.slice(start, end)),
    }));
}
