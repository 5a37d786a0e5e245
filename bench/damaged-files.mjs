// Which damaged documents are read as if nothing were missing.
//
//   npm run build && node bench/damaged-files.mjs [each=12] [silent=yes] [FILE...]
//
// Each file, and a sample that is made here of every format that is not among them, is damaged `each` times: bytes are
// changed, zeroed or taken out, or the end is cut off. One line a format: how many were refused, read with a warning that
// the whole file has not, read whole, or read silently though words are missing; the longest time, and the largest
// memory. With silent=yes the silent ones are listed. At the end stand documents that nest without end.
import { readFile } from "node:fs/promises";
import { basename, extname } from "node:path";
import { parseBytes } from "../dist/document/parse.js";
import { random } from "./ask/random.mjs";
import { damage, KINDS } from "./damaged-files/damage.mjs";
import { makeNested } from "./damaged-files/nested.mjs";
import { makeSamples } from "./damaged-files/samples.mjs";
import { missing, wordsOf } from "./words/overlap.mjs";

const options = { each: "12", silent: "no" };
const paths = [];
for (const argument of process.argv.slice(2)) {
  const [name, value] = argument.split("=");
  if (name in options && value !== undefined) options[name] = value;
  else paths.push(argument);
}

const files = await Promise.all(
  paths.map(async (path) => ({ name: basename(path), bytes: await readFile(path) })),
);
const given = new Set(paths.map((path) => extname(path)));
files.push(...(await makeSamples()).filter(({ name }) => !given.has(extname(name))));

const draw = random(1);
const tallies = new Map();
for (const file of files) {
  const whole = await parseBytes(file.bytes, file.name);
  for (let i = 0; i < Number(options.each); i++) {
    const kind = KINDS[i % KINDS.length];
    const outcome = await read(damage(file.bytes, kind, draw), { file, whole });
    const format = extname(file.name).slice(1);
    const tally = tallies.get(format) ?? { refused: 0, warned: 0, whole: 0, silent: 0, ms: 0 };
    tally[outcome.kind] += 1;
    tally.ms = Math.max(tally.ms, Math.round(outcome.ms));
    tallies.set(format, tally);
    if (outcome.kind === "silent" && options.silent === "yes")
      console.log(`${file.name}, ${kind} ${i}: ${outcome.lost} of ${outcome.words} words are gone`);
  }
}
for (const [format, tally] of tallies) console.log(JSON.stringify({ format, ...tally }));
for (const { name, bytes } of makeNested()) {
  const { kind, ms } = await read(bytes, { file: { name }, whole: { text: "Quay", warnings: [] } });
  console.log(JSON.stringify({ name, kind, ms: Math.round(ms) }));
}
const { maxRSS } = process.resourceUsage();
console.log(JSON.stringify({ megabytes: Math.round(maxRSS / 1000) }));

/** Parses damaged bytes and compares what came with the whole document. */
async function read(bytes, { file, whole }) {
  const startMs = performance.now();
  const result = await parseBytes(bytes, file.name).catch((error) => error);
  const ms = performance.now() - startMs;
  if (result instanceof Error) {
    if (result.name !== "InputError") throw result;
    return { kind: "refused", ms };
  }
  const words = wordsOf(whole.text);
  const lost = missing(words, wordsOf(result.text)).length;
  if (result.warnings.some((warning) => !whole.warnings.includes(warning))) return { kind: "warned", ms };
  return { kind: lost === 0 ? "whole" : "silent", ms, lost, words: words.length };
}
