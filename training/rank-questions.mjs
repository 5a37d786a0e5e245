// Has a larger model write one question for each chunk that a group asks about. Goes on where an earlier run was stopped.
// usage: npm run build && node training/rank-questions.mjs groups.jsonl questions.jsonl MODEL.gguf
import { appendFile, readFile } from "node:fs/promises";
import { decode } from "../dist/engine/answer/decode.js";
import { Contexts, loadModel, openBackend } from "../dist/index.js";

const ASK =
  "Write one question that this passage answers and that makes sense to somebody who has not read it. Use other words than the passage where you can, and its language. Write the question alone.";
const QUESTION_TOKENS = 40;
const [groupsFile, outFile, path] = process.argv.slice(2);
const lines = async (file) =>
  (await readFile(file, "utf8").catch(() => "")).split("\n").filter(Boolean).map(JSON.parse);

const groups = await lines(groupsFile);
const done = new Set((await lines(outFile)).map(({ group, chunk }) => `${group} ${chunk}`));
const { signal } = new AbortController();
const backend = await openBackend({ gpu: "off", threads: 1, onLog: () => undefined });
const writer = await loadModel(backend, { name: "writer", path, contextTokens: 2048, signal });
const contexts = new Contexts();
const most = Math.max(...groups.map(({ asked }) => asked.length));
// The first chunk of every group, then the second: whenever it is stopped, all kinds of text have their share.
const turns = Array.from({ length: most }, (_, turn) =>
  groups.map(({ asked }, group) => [group, asked[turn]]),
).flat();
for (const [group, chunk] of turns) {
  if (chunk === undefined || done.has(`${group} ${chunk}`)) continue;
  const request = writer.chat("", `${groups[group].chunks[chunk].trim()}\n\n${ASK}`);
  const options = { writer, contexts, signal, answerTokens: QUESTION_TOKENS, onEvent: () => undefined };
  const { text, stop } = await decode(request, options);
  // What the limit cut off is no question; the line says that the chunk was asked.
  const question = stop === "end" ? text.trim().split("\n")[0] : null;
  await appendFile(outFile, `${JSON.stringify({ group, chunk, question })}\n`);
}
await backend[Symbol.asyncDispose]();
