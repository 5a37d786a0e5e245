// A conversation about one document, as `focus chat` has it: of each question what it is asked as, seconds to the first token
// of a written answer, seconds in all, and the answer; seconds by the clock, and in brackets those of a core. An indented
// question follows up the one above it.
//
//   npm run build && node bench/chat.mjs DOCUMENT questions=FILE [model=WRITER.gguf] [reader=READER.gguf] [threads=1]
import { readFile } from "node:fs/promises";
import { openDocuments } from "../dist/index.js";
import { argumentsOf } from "./ask/arguments.mjs";

const { given, files } = argumentsOf(process.argv.slice(2));
const [document] = files;
if (document === undefined || given.questions === undefined)
  throw new Error("name a document and questions=FILE");
const lines = (await readFile(given.questions, "utf8")).split("\n").filter((line) => line.trim() !== "");
const now = () => ({ clockMs: performance.now(), cpu: process.cpuUsage() });
/** Seconds since then, by the clock and of a core. */
function seconds({ clockMs, cpu }) {
  const { user, system } = process.cpuUsage(cpu);
  return `${((performance.now() - clockMs) / 1000).toFixed(1)} s (${((user + system) / 1e6).toFixed(1)})`;
}
const { model, reader, threads = 1 } = given;
const opened = now();
const session = await openDocuments(document, { model, reader, threads: Number(threads) });
console.log(`${session.documents[0].pages.length} pages, opened in ${seconds(opened)}`);
let before;
for (const line of lines) {
  const start = now();
  const isFollowUp = line.startsWith(" ") && before !== undefined;
  const question = isFollowUp ? await session.wholeQuestion(line.trim(), before) : line.trim();
  const rewritten = seconds(start);
  let first;
  const onEvent = ({ kind }) => {
    if (kind === "text") first ??= seconds(start);
  };
  const { answer, verdict, style, coverage } = await session.ask(question, { onEvent });
  const times = [`first token ${first ?? "–"}`, `all ${seconds(start)}`];
  console.log(`\n> ${line.trim()}`);
  if (question !== line.trim()) console.log(`asked as: ${question} in ${rewritten}`);
  console.log(
    [style, verdict, ...times, `${coverage.chunks.read} of ${coverage.chunks.total} chunks`].join(", "),
  );
  console.log(answer);
  before = { question, answer };
}
// ru_maxrss in kB
console.log(`\npeak memory ${(process.resourceUsage().maxRSS / 1e6).toFixed(2)} GB`);
await session.close();
process.exit(0);
