// How many of the example handbook's questions are answered right, on the right page, and in what time.
// usage: npm run build && node bench/answers.mjs [focus ask options, such as -m qwen2.5-coder-1.5b]
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const options = process.argv.slice(2);
const questions = JSON.parse(await readFile(path("../examples/questions.json"), "utf8"));
const plain = (text) => text.toLowerCase().replace(/\s+/gu, " ");

async function ask(question) {
  const args = [
    path("../bin/focus.js"),
    "ask",
    path("../examples/handbook.pdf"),
    question,
    "--json",
    "--quiet",
  ];
  // 4: the handbook has pages that are pictures.
  const { stdout } = await run(process.execPath, [...args, ...options]).catch((error) => {
    if (error.code === 4) return error;
    throw error;
  });
  return JSON.parse(stdout);
}

await ask("What is focus?"); // The first question reads the whole handbook.
const tally = {
  answerable: 0,
  answered: 0,
  right: 0,
  evidence: 0,
  page: 0,
  unanswerable: 0,
  absent: 0,
  seconds: 0,
};
for (const { question, answer, page } of questions) {
  const { answer: said, verdict, citations, timings } = await ask(question);
  tally.seconds += timings.totalMs / 1000 / questions.length;
  if (answer === null) {
    tally.unanswerable += 1;
    if (verdict === "absent") tally.absent += 1;
    continue;
  }
  tally.answerable += 1;
  if (verdict === "answered") tally.answered += 1;
  if (plain(said).includes(plain(answer))) tally.right += 1;
  if (citations.some(({ quote }) => plain(quote).includes(plain(answer)))) tally.evidence += 1;
  if (citations.some((citation) => citation.page === page)) tally.page += 1;
}
console.log(JSON.stringify(tally, undefined, 1));
