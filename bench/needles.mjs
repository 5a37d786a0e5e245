// Needles in long texts through the default path: a key, and three facts of one kind of which one is asked for, at several
// depths of texts of 8,192 to 400,000 tokens. A key is asked for in the needle's words, a fact in others.
//
//   npm run build && node bench/needles.mjs FILLER.txt… [lengths=8192,32768,131072,400000] [depths=0.1,0.5,0.9] [threads=1]
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDocuments } from "../dist/index.js";
import { argumentsOf } from "./ask/arguments.mjs";
import { filled, planted } from "./ask/plant.mjs";
import { random } from "./ask/random.mjs";

const CHARACTERS_PER_TOKEN = 4;
const { given, files } = argumentsOf(process.argv.slice(2));
if (files.length === 0) throw new Error("usage: node bench/needles.mjs FILLER.txt… [name=value …]");
const numbers = (text) => text.split(",").map(Number);
const lengths = numbers(given.lengths ?? "8192,32768,131072,400000");
const depths = numbers(given.depths ?? "0.1,0.5,0.9");

const NAMES = ["Hanna Ortiz", "Ravi Lund", "Mina Okafor"];
const ROOMS = ["the green tower", "the boat shed", "the old chapel"];

/** What is hidden, and what is asked: `depth` is where the first of three stands, the others follow by a tenth of the text. */
function needles(kind, draw) {
  const number = () => String(10_000 + Math.floor(draw() * 90_000));
  if (kind === "key") {
    const key = number();
    return {
      hidden: [`The pass key is ${key}. Remember it.`],
      question: "What is the pass key?",
      answer: key,
    };
  }
  const hidden = NAMES.map(
    (name, i) => `Since the flood, ${name} has kept the spare lantern in ${ROOMS[i]}.`,
  );
  const at = Math.floor(draw() * NAMES.length);
  return { hidden, question: `Where is ${NAMES[at]}'s second lamp?`, answer: ROOMS[at].replace("the ", "") };
}

function withNeedles(filler, { hidden }, { tokens, depth }) {
  const length = tokens * CHARACTERS_PER_TOKEN;
  const places = hidden.map((_, i) => Math.floor(((depth + i / 10) % 1) * length));
  return hidden.reduce((text, needle, i) => planted(text, places[i], needle), filled(filler, length));
}

const filler = (await Promise.all(files.map((file) => readFile(file, "utf8")))).join("\n\n");
const dir = await mkdtemp(join(tmpdir(), "focus-needles-"));
console.log("kind | tokens | first line right | a passage has it | called absent | seconds a question");
for (const kind of ["key", "fact"]) {
  for (const tokens of lengths) {
    const draw = random(tokens);
    let [line, quote, absent, ms] = [0, 0, 0, 0];
    for (const depth of depths) {
      const needle = needles(kind, draw);
      const file = join(dir, `${kind}-${tokens}-${depth}.txt`);
      await writeFile(file, withNeedles(filler, needle, { tokens, depth }));
      const start = performance.now();
      const session = await openDocuments(file, { threads: Number(given.threads ?? 1) });
      const answer = await session.ask(needle.question);
      ms += performance.now() - start;
      await session.close();
      line += answer.answer.split("\n")[0].includes(needle.answer);
      quote += answer.citations.some((citation) => citation.quote.includes(needle.answer));
      absent += answer.verdict === "absent";
    }
    const n = depths.length;
    console.log(
      `${kind} | ${tokens} | ${line}/${n} | ${quote}/${n} | ${absent} | ${(ms / n / 1000).toFixed(1)}`,
    );
  }
}
await rm(dir, { recursive: true });
process.exit(0);
