// How well a model tells by an instruction alone whether a chunk answers, as `focus find` asks a server's model: margins of chunks
// that hold a question's evidence, and of others of the same document.
//
//   npm run build && node bench/judge.mjs SET… model=PATH.gguf [documents=5] [questions=4] [others=3] [tokens=256] [threads=1]
// SET as in ask.mjs. AUROC: how often a chunk with evidence has the higher margin of two.
import { PLACE_MARGIN } from "../dist/engine/condenser/confidence.js";
import { YesOrNo } from "../dist/engine/condenser/yes-or-no.js";
import { Corpus } from "../dist/index.js";
import { argumentsOf } from "./ask/arguments.mjs";
import { sharesOf } from "./ask/evidence.mjs";
import { openBench } from "./ask/open.mjs";
import { shuffled } from "./ask/random.mjs";
import { readSets } from "./ask/sets.mjs";
import { auroc } from "./calibrate/fit.mjs";

const { given, sets } = argumentsOf(process.argv.slice(2));
const [documents, questions] = [Number(given.documents ?? 5), Number(given.questions ?? 4)];
const others = Number(given.others ?? 3);
const { options } = await openBench({ tokens: 256, ...given });
const engine = { ...options, store: undefined };
const margins = { answering: [], other: [] };

for (const one of await readSets(sets, { documents, questions })) {
  const { name, text } = one;
  const corpus = new Corpus([{ path: name, format: "text", text, pages: [], sections: [], warnings: [] }]);
  const chunks = await corpus.chunks(engine.reader, engine.chunkTokens);
  for (const { question, gold } of one.questions) {
    const shares = sharesOf(chunks, gold);
    const best = chunks[shares.indexOf(Math.max(...shares))];
    const rest = shuffled(
      chunks.filter((_, i) => shares[i] === 0),
      1,
    ).slice(0, others);
    const judge = await YesOrNo.open({ question, totalTokens: 0 }, engine);
    const [answering, ...foreign] = await judge.margins([best, ...rest]);
    await judge[Symbol.asyncDispose]();
    margins.answering.push(answering);
    margins.other.push(...foreign);
    console.log(`${[answering, ...foreign].map((value) => value.toFixed(1)).join(" | ")}: ${question}`);
  }
}
const { answering, other } = margins;
const share = (values, is) => `${((100 * values.filter(is).length) / values.length).toFixed(0)} %`;
console.log(`AUROC ${auroc(answering, other).toFixed(2)}`);
for (const least of [0, PLACE_MARGIN, 2, 4]) {
  const is = (value) => value >= least;
  console.log(
    `margin from ${least}: ${share(answering, is)} of answering, ${share(other, is)} of other chunks`,
  );
}
process.exit(0);
