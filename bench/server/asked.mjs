// What an engine, here or at a server, makes of a question.
import { order } from "../../dist/engine/ranking/fuse.js";
import { clippedLift, tokenWeights } from "../../dist/engine/ranking/likelihood.js";
import { skim } from "../../dist/engine/ranking/skim.js";
import { contentWords } from "../../dist/engine/ranking/words.js";
import { ChunkReader } from "../../dist/engine/reader/chunk-reader.js";
import { ask } from "../../dist/index.js";
import { localContext } from "../../dist/prompt/local.js";
import { partBefore } from "../../dist/prompt/template.js";

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
  for (const answerStyle of engine.styles) {
    const wanted = {
      answerStyle,
      condenseChunks: Infinity,
      budgetTokens: 1024,
      answerTokens: engine.answerTokens,
    };
    found[answerStyle] = await ask(
      { corpus, loadMs: 0, question },
      { ...engine, ...wanted, writer: engine.reader },
    );
  }
  return found;
}

const places = (parts) => parts.map(({ start, end }) => `${start}-${end}`).join();

/** What an engine makes of a question, and its seconds. */
export async function asked(corpus, question, engine) {
  const start = performance.now();
  const chunks = await corpus.chunks(engine.reader, engine.chunkTokens);
  const { idf } = skim(corpus.words(chunks), question);
  const { values, scores } = await likelihoods({ chunks, question, idf }, engine);
  const { quote, write } = await answers(corpus, question, engine);
  const compared = {
    ranking: order(scores).join(),
    "best chunk": order(scores)[0],
    ...(quote === undefined ? {} : { "quoted answer": quote.answer, citations: places(quote.citations) }),
    ...(write === undefined ? {} : { "written answer": write.answer, window: places(write.window) }),
  };
  return { values, compared, seconds: (performance.now() - start) / 1000 };
}
