// Answers of `focus ask` from whole documents, and how right they are.
import { ask } from "../../dist/index.js";
import { contains, exact, f1 } from "./words.mjs";

/** { style: { answer, verdict, confidence, exact, f1, contains, quoted, evidence, seconds, tokens } } */
export async function answersOf(
  { corpus, question, answers, gold },
  { options, adapter, writer, most, styles },
) {
  const found = {};
  for (const style of styles) {
    const answer = await ask(
      { corpus, loadMs: 0, question },
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
      exact: exact(first, answers),
      f1: f1(first, answers),
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
