// Whether a model server gives the same as this machine: log P of every question token behind every chunk, the ranking by it,
// the quoted and the written answers. Documents are cut to their first characters, so that one slow core gets through.
//
//   npm run build && node bench/same-answers.mjs SET… url=http://127.0.0.1:8000 model=PATH.gguf [questions=20] [documents=5]
//        [characters=6000] [tokens=256] [answer=48] [threads=1]
// SET as in ask.mjs; model: a GGUF of the server's model, which is the model here and gives the tokenizer there.

import { order } from "../dist/engine/ranking/fuse.js";
import { clippedLift, tokenWeights } from "../dist/engine/ranking/likelihood.js";
import { skim } from "../dist/engine/ranking/skim.js";
import { contentWords } from "../dist/engine/ranking/words.js";
import { ChunkReader } from "../dist/engine/reader/chunk-reader.js";
import { ask, Corpus } from "../dist/index.js";
import { loadTokenizer } from "../dist/model/gguf-tokenizer.js";
import { openRemote } from "../dist/model/remote/open-remote.js";
import { localContext } from "../dist/prompt/local.js";
import { partBefore } from "../dist/prompt/template.js";
import { argumentsOf } from "./ask/arguments.mjs";
import { openBench } from "./ask/open.mjs";
import { readSets } from "./ask/sets.mjs";

const { given, sets } = argumentsOf(process.argv.slice(2));
const questions = Number(given.questions ?? 20);
const documents = Number(given.documents ?? 5);
const characters = Number(given.characters ?? 6000);
const answerTokens = Number(given.answer ?? 48);
const NEAR = 0.02;

const { options, backend } = await openBench({ tokens: 256, ...given });
const here = { ...options, store: undefined };
const there = { ...here, reader: await openServer(), contexts: new here.contexts.constructor() };

async function openServer() {
  const { signal } = options;
  const own = { model: undefined, key: undefined, salt: undefined, concurrency: 4, onNotice: console.error };
  const remote = { urls: [given.url], kind: given.kind ?? "auto", ...own, signal };
  const { model, identity, compared } = await openRemote(remote, () =>
    loadTokenizer(backend, { path: given.model, signal }),
  );
  console.log(`${identity.release}: ${[...model.capabilities]}; compared: ${JSON.stringify(compared)}`);
  return model;
}

/** log P of the question's tokens, in nats: (1 + nChunks) × (nScored), first behind nothing; and what weighs them. */
async function likelihoods({ chunks, question, idf }, engine) {
  const { reader, prompts } = engine;
  const local = localContext(reader, partBefore(prompts.condense, "question"), question);
  const localTokens = local.tokens.length;
  const own = await ChunkReader.open(reader, { ...engine, prefix: prompts.prefix, localTokens });
  const texts = [new Uint32Array(0), ...chunks.map(({ tokens }) => tokens)];
  const values = await own.visitTexts(texts, (sequence) =>
    sequence.logProbabilities(local.tokens, local.from),
  );
  await own[Symbol.asyncDispose]();
  const weights = tokenWeights(contentWords(question, "en"), local.ends, idf);
  const [without, ...within] = values;
  return { values, scores: within.map((one) => clippedLift(one, { weights, without })) };
}

async function answers(corpus, question, engine) {
  const found = {};
  for (const answerStyle of ["quote", "write"]) {
    const wanted = { answerStyle, condenseChunks: Infinity, budgetTokens: 1024, answerTokens };
    found[answerStyle] = await ask(
      { corpus, loadMs: 0, question },
      { ...engine, ...wanted, writer: engine.reader },
    );
  }
  return found;
}

/** In nats: of single tokens, and of the likelihood of a whole question a token. */
const differences = { tokens: [], questions: [] };
const same = {
  ranking: 0,
  "best chunk": 0,
  "quoted answer": 0,
  "written answer": 0,
  window: 0,
  citations: 0,
};
const seconds = { here: 0, there: 0 };

async function timed(where, work) {
  const start = performance.now();
  const result = await work();
  seconds[where] += (performance.now() - start) / 1000;
  return result;
}

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const places = (parts) => parts.map(({ start, end }) => `${start}-${end}`).join();

async function compare(corpus, question) {
  const chunks = await corpus.chunks(here.reader, here.chunkTokens);
  const asked = { chunks, question, idf: skim(corpus.words(chunks), question).idf };
  const [a, b] = [
    await timed("here", () => likelihoods(asked, here)),
    await timed("there", () => likelihoods(asked, there)),
  ];
  for (const [i, row] of a.values.entries()) {
    const signed = Array.from(row, (value, t) => value - b.values[i][t]);
    differences.tokens.push(...signed.map(Math.abs));
    differences.questions.push(Math.abs(mean(signed)));
  }
  const [own, other] = [a, b].map(({ scores }) => order(scores));
  const [p, q] = [
    await timed("here", () => answers(corpus, question, here)),
    await timed("there", () => answers(corpus, question, there)),
  ];
  const now = {
    ranking: own.join() === other.join(),
    "best chunk": own[0] === other[0],
    "quoted answer": p.quote.answer === q.quote.answer,
    "written answer": p.write.answer === q.write.answer,
    window: places(p.write.window) === places(q.write.window),
    citations: places(p.quote.citations) === places(q.quote.citations),
  };
  for (const [what, is] of Object.entries(now)) same[what] += Number(is);
  const unlike = Object.keys(now).filter((what) => !now[what]);
  console.log(
    `${question.slice(0, 70)}: ${chunks.length} chunks; ${unlike.length > 0 ? `not the same: ${unlike}` : "all the same"}`,
  );
}

let count = 0;
for (const one of await readSets(sets, { documents, questions: Math.ceil(questions / documents) })) {
  const text = one.text.slice(0, characters);
  const corpus = new Corpus([
    { path: one.name, format: "text", text, pages: [], sections: [], warnings: [] },
  ]);
  for (const { question } of one.questions.slice(0, questions - count)) {
    await compare(corpus, question);
    count += 1;
  }
}
for (const [what, values] of Object.entries(differences)) {
  const near = values.filter((value) => value <= NEAR).length / values.length;
  const most = Math.max(...values);
  console.log(
    `log-likelihoods of ${values.length} ${what}: differ by ${mean(values).toFixed(4)} nats a token on average, ` +
      `${most.toFixed(4)} at most; ${(100 * near).toFixed(1)} % within ${NEAR}`,
  );
}
for (const [what, number] of Object.entries(same)) console.log(`the same ${what}: ${number} of ${count}`);
console.log(`${seconds.here.toFixed(0)} s here, ${seconds.there.toFixed(0)} s at the server`);
process.exit(0);
