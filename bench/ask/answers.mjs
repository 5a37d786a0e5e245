// Answers of `focus ask` from whole documents, and how right they are.
import { ask } from "../../dist/index.js";

/** Lower case, without articles and punctuation: SQuAD's normalisation (Rajpurkar et al. 2016). */
const words = (text) =>
  text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, " ")
    .split(" ")
    .filter((word) => word !== "" && !["a", "an", "the"].includes(word));

function f1(said, wanted) {
  const left = new Map();
  for (const word of wanted) left.set(word, (left.get(word) ?? 0) + 1);
  let same = 0;
  for (const word of said) {
    if ((left.get(word) ?? 0) === 0) continue;
    same += 1;
    left.set(word, left.get(word) - 1);
  }
  return same === 0 ? 0 : (2 * same) / (said.length + wanted.length);
}

const best = (answers, score) => Math.max(0, ...answers.map(score));
const contains = (text, answers) => {
  const said = ` ${words(text).join(" ")} `;
  return best(answers, (answer) => Number(said.includes(` ${words(answer).join(" ")} `)));
};

/** { style: { answer, verdict, confidence, exact, f1, contains, quoted, evidence, seconds, tokens } } */
export async function answersOf(
  { document, question, answers, gold },
  { options, adapter, writer, most, styles },
) {
  const found = {};
  for (const style of styles) {
    const answer = await ask(
      { documents: [document], skipped: [], loadMs: 0, question },
      {
        ...options,
        writer: style === "write" ? writer : options.reader,
        condenserAdapter: adapter,
        condenseChunks: most,
        answerStyle: style,
        budgetTokens: 2048,
        answerTokens: 160,
      },
    );
    const first = answer.answer.split("\n")[0];
    const { computed } = answer.tokens;
    found[style] = {
      answer: answer.answer,
      verdict: answer.verdict,
      confidence: answer.confidence,
      exact: best(answers, (wanted) => Number(words(first).join(" ") === words(wanted).join(" "))),
      f1: best(answers, (wanted) => f1(words(first), words(wanted))),
      contains: contains(first, answers),
      // What the user can read: the answer and its first three quotes.
      quoted: contains(
        [answer.answer, ...answer.citations.slice(0, 3).map(({ quote }) => quote)].join("\n"),
        answers,
      ),
      evidence: Number(
        answer.citations.some(({ start, end }) => gold.some(([a, b]) => start < b && a < end)),
      ),
      seconds: answer.timings.totalMs / 1000,
      tokens: Object.values(computed).reduce((sum, count) => sum + count, 0),
    };
  }
  return found;
}
