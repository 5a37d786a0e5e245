// Questions with passages of a source's dev file: what `bench/calibrate.mjs` measures margins on.
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { gunzipSync } from "node:zlib";
import { formOf } from "../ask/forms.mjs";
import { shuffled } from "../ask/random.mjs";

/**
 * { source, asked: [{ question, passage, answers }] with a passage each, nearMisses: [{ question, passage }] }: `size`
 * answerable questions about different passages, and at most as many unanswerable ones beside a real passage, each as
 * `form` makes it.
 */
export async function readSource(path, { size, seed, form = formOf("question"), longest = 1800 }) {
  const source = basename(path).split(".")[0];
  const lines = gunzipSync(await readFile(path))
    .toString("utf8")
    .split("\n")
    .filter(Boolean);
  const all = shuffled(lines, seed)
    .map((line) => JSON.parse(line))
    .filter(
      ({ question, passage }) => passage.length < longest && question.length < 300 && form(question) !== "",
    );
  const asked = [];
  const passages = new Set();
  for (const row of all) {
    if (!row.answerable || row.answers.length === 0 || passages.has(row.passage)) continue;
    passages.add(row.passage);
    asked.push(row);
    if (asked.length === size) break;
  }
  const nearMisses = all.filter(({ answerable }) => !answerable).slice(0, size);
  const inForm = (row) => ({ ...row, question: form(row.question) });
  return { source, asked: asked.map(inForm), nearMisses: nearMisses.map(inForm) };
}
