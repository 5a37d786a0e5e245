// `find` on planted facts: twenty of one kind at random places of a long text, asked for in their words and in others; which of
// them a place quotes (recall), and which share of the places quotes one (precision), among the sure ones and among all.
//
//   npm run build && node bench/places.mjs FILLER.txt… [tokens=120000] [threads=1] [seed=1]
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDocuments } from "../dist/index.js";
import { argumentsOf } from "./ask/arguments.mjs";
import { filled, planted } from "./ask/plant.mjs";
import { random } from "./ask/random.mjs";

const CHARACTERS_PER_TOKEN = 4;
const FACTS = 20;
const [NAMES, PARTS] = [
  ["Hanna Ortiz", "Ravi Lund", "Mina Okafor", "Piet Claes", "Olga Brandt"],
  ["intake valve", "oil pump", "bilge alarm", "anchor winch"],
];
const QUESTIONS = {
  "in the facts' words": "Who replaced a part, and when?",
  "in other words": "Which repairs were carried out, and by whom?",
  "and others": "What work was done on the boats?",
  "and others again": "Who mended something?",
};

const { given, files } = argumentsOf(process.argv.slice(2));
if (files.length === 0) throw new Error("usage: node bench/places.mjs FILLER.txt… [name=value …]");

/** Filler with the facts, and the facts. */
function withFacts(filler, length, draw) {
  const facts = Array.from({ length: FACTS }, (_, i) => {
    const [name, part] = [NAMES[i % NAMES.length], PARTS[i % PARTS.length]];
    return `On ${1 + Math.floor(draw() * 28)} May ${1990 + i}, ${name} replaced the ${part} of boat ${100 + i}.`;
  });
  const hide = (text, fact) => planted(text, Math.floor(draw() * text.length), fact);
  return { text: facts.reduce(hide, filled(filler, length)), facts };
}

const filler = (await Promise.all(files.map((file) => readFile(file, "utf8")))).join("\n\n");
const length = Number(given.tokens ?? 120_000) * CHARACTERS_PER_TOKEN;
const { text, facts } = withFacts(filler, length, random(Number(given.seed ?? 1)));
const dir = await mkdtemp(join(tmpdir(), "focus-places-"));
await writeFile(join(dir, "text.txt"), text);
const session = await openDocuments(join(dir, "text.txt"), { threads: Number(given.threads ?? 1) });
console.log("asked | shown | places | facts quoted | recall | precision | seconds");
for (const [kind, question] of Object.entries(QUESTIONS)) {
  const start = performance.now();
  const { places, uncertain, coverage } = await session.find(question);
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  for (const [shown, kept] of Object.entries({ sure: places, all: [...places, ...uncertain] })) {
    const quoted = (fact) => kept.some(({ quote }) => quote.replaceAll(/\s+/gu, " ").includes(fact));
    const found = facts.filter(quoted).length;
    const right = kept.filter(({ quote }) =>
      facts.some((fact) => quote.replaceAll(/\s+/gu, " ").includes(fact)),
    );
    const share = (n, of) => (of === 0 ? "–" : `${((100 * n) / of).toFixed(0)} %`);
    const figures = [kept.length, found, share(found, FACTS), share(right.length, kept.length)];
    console.log([kind, shown, ...figures, `${seconds} (${coverage.chunks.condensed} chunks)`].join(" | "));
  }
}
await session.close();
await rm(dir, { recursive: true });
process.exit(0);
