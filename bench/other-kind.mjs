// How often an answer is of a kind that short answers put last (src/engine/answer/other-kind.ts), in sets of questions with right answers.
//
//   npm run build && node bench/other-kind.mjs FILE.train.jsonl.gz…
//
// FILE has { question, passage, answers, answerable } a line; answers of more than 60 characters are left out.
import { readFile } from "node:fs/promises";
import { gunzipSync } from "node:zlib";
import { ASKS_FOR_NO, isOfOtherKind, isOnlySpeaker } from "../dist/engine/answer/other-kind.js";

const files = process.argv.slice(2);
if (files.length === 0) throw new Error("usage: node bench/other-kind.mjs FILE.train.jsonl.gz…");

const LONGEST = 60;
const SPOKEN = /^[^\s:][^:\n]{0,40}:\s/gmu;
const KINDS = {
  "who, where, why": ({ question }) => ASKS_FOR_NO.number(question),
  "how many of what is no time": ({ question }) => ASKS_FOR_NO.time(question),
  "what, why, how of a dialogue": ({ question, passage }) =>
    ASKS_FOR_NO.speaker(question) && (passage.match(SPOKEN) ?? []).length >= 3,
};

const counts = Object.fromEntries(Object.keys(KINDS).map((kind) => [kind, { questions: 0, last: 0 }]));
for (const file of files) {
  const lines = gunzipSync(await readFile(file))
    .toString("utf8")
    .split("\n")
    .filter(Boolean);
  for (const row of lines.map((line) => JSON.parse(line))) {
    const [answer] = row.answers;
    if (!row.answerable || answer === undefined || answer.length > LONGEST) continue;
    const isSpeaker = isOnlySpeaker(answer, row.question, row.passage);
    for (const [kind, holds] of Object.entries(KINDS)) {
      if (!holds(row)) continue;
      counts[kind].questions += 1;
      const isLast = kind.endsWith("dialogue") ? isSpeaker : isOfOtherKind(answer, row.question);
      counts[kind].last += Number(isLast);
    }
  }
}
console.table(counts);
