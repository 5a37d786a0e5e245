// People's summaries, and how likely a summary makes them.
import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { loadModel, openBackend } from "../../dist/index.js";

/** Tokens of a reference that are scored, and of a summary that is put before it. */
const SCORED_TOKENS = 256;
const SUMMARY_TOKENS = 1024;

/** SQuALITY's files: stories, and for each question four people's answers; the first question asks for the plot. */
export async function readReferences(file) {
  const lines = (await readFile(file, "utf8")).trim().split("\n");
  return lines.map((line) => {
    const { document, questions } = JSON.parse(line);
    const [plot] = questions;
    return {
      text: document,
      question: plot.question_text,
      answers: plot.responses.map(({ response_text }) => response_text.trim()),
    };
  });
}

/** Scores with the GGUF that FOCUS_JUDGE names, otherwise with the embedded reader where focus keeps it: not with the writer. */
export async function openJudge() {
  const file = process.env.FOCUS_JUDGE ?? join(homedir(), ".local/share/focus/models/smollm2-135m.gguf");
  const backend = await openBackend({ gpu: "off", threads: 1, onLog: () => {} });
  const { signal } = new AbortController();
  const model = await loadModel(backend, { path: file, name: "judge", contextTokens: 2048, signal });
  const pool = await model.openPool({ sequences: 1, contextTokens: 2048, sliceTokens: 256 });
  return {
    /** Mean over the answers of the mean log-likelihood of their first tokens, in nats. */
    async logLikelihood(summary, { question, answers }) {
      const held = [...model.beginning, ...model.tokenize(`Text:\n${summary}`).slice(0, SUMMARY_TOKENS)];
      const ask = model.tokenize(`\n\nQuestion: ${question}\nAnswer:`);
      const [values] = await pool.run([held], async (tokens, sequence) => {
        await sequence.reset();
        await sequence.prefill(Uint32Array.from(tokens), { signal });
        const length = sequence.length;
        const means = [];
        for (const answer of answers) {
          const said = model.tokenize(` ${answer}`).slice(0, SCORED_TOKENS);
          const scores = await sequence.logProbabilities(Uint32Array.from([...ask, ...said]), ask.length);
          await sequence.truncate(length);
          means.push(scores.reduce((sum, value) => sum + value, 0) / scores.length);
        }
        return means;
      });
      return values.reduce((sum, value) => sum + value, 0) / values.length;
    },
    close: () => backend[Symbol.asyncDispose](),
  };
}
