// Questions with passages of a source's dev file: what `bench/calibrate.mjs` measures margins on.
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { gunzipSync } from "node:zlib";

/** mulberry32: the same draws in every run. */
export function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function shuffled(list, seed) {
  const draw = random(seed);
  return list
    .map((item) => [draw(), item])
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item);
}

/**
 * { source, asked: [{ question, passage, answers }] with a passage each, nearMisses: [{ question, passage }] }: `size`
 * answerable questions about different passages, and at most as many unanswerable ones beside a real passage.
 */
export async function readSource(path, { size, seed }) {
  const source = basename(path).split(".")[0];
  const lines = gunzipSync(await readFile(path))
    .toString("utf8")
    .split("\n")
    .filter(Boolean);
  const all = shuffled(lines, seed)
    .map((line) => JSON.parse(line))
    .filter(({ question, passage }) => passage.length < 1800 && question.length < 300);
  const asked = [];
  const passages = new Set();
  for (const row of all) {
    if (!row.answerable || row.answers.length === 0 || passages.has(row.passage)) continue;
    passages.add(row.passage);
    asked.push(row);
    if (asked.length === size) break;
  }
  return { source, asked, nearMisses: all.filter(({ answerable }) => !answerable).slice(0, size) };
}
