// Whether a model server gives the same as this machine: log P of every question token behind every chunk, the ranking by it,
// the quoted and the written answers. Documents are cut to their first characters, so that one slow core gets through.
//
//   npm run build && node bench/same-answers.mjs SET… url=http://127.0.0.1:8000[,…] model=PATH.gguf [questions=20] [documents=5]
//        [characters=6000] [tokens=256] [answer=48] [styles=quote,write] [threads=1]
// SET as in ask.mjs; model: a GGUF of the server's model, which is the model here and gives the tokenizer there.

import { Corpus } from "../dist/index.js";
import { loadTokenizer } from "../dist/model/gguf-tokenizer.js";
import { openRemote } from "../dist/model/remote/open-remote.js";
import { argumentsOf } from "./ask/arguments.mjs";
import { mean } from "./ask/evidence.mjs";
import { openBench } from "./ask/open.mjs";
import { readSets } from "./ask/sets.mjs";
import { asked } from "./server/asked.mjs";

const { given, sets } = argumentsOf(process.argv.slice(2));
const questions = Number(given.questions ?? 20);
const documents = Number(given.documents ?? 5);
const characters = Number(given.characters ?? 6000);
const NEAR = 0.02;

const { options, backend } = await openBench({ tokens: 256, ...given });
const styles = (given.styles ?? "quote,write").split(",");
const here = { ...options, store: undefined, styles, answerTokens: Number(given.answer ?? 48) };
const servers = [];
for (const url of given.url.split(",")) servers.push(await openServer(url));

/** A server as the bench asks it, with what was counted of it. */
async function openServer(url) {
  const { signal } = options;
  const own = { model: undefined, key: undefined, salt: undefined, concurrency: 4, onNotice: console.error };
  const { model, identity, compared } = await openRemote({ urls: [url], kind: "auto", ...own, signal }, () =>
    loadTokenizer(backend, { path: given.model, signal }),
  );
  console.log(`${identity.release}: ${[...model.capabilities]}; compared: ${JSON.stringify(compared)}`);
  const engine = { ...here, reader: model, contexts: new here.contexts.constructor() };
  /** In nats: of single tokens, and of the likelihood of a whole question a token. */
  const differences = { tokens: [], questions: [] };
  return { name: identity.release, engine, differences, same: {}, seconds: 0 };
}

function count(question, { own, other }, { name, differences, same }) {
  for (const [i, row] of own.values.entries()) {
    const signed = Array.from(row, (value, t) => value - other.values[i][t]);
    differences.tokens.push(...signed.map(Math.abs));
    differences.questions.push(Math.abs(mean(signed)));
  }
  const unlike = Object.keys(own.compared).filter((what) => own.compared[what] !== other.compared[what]);
  for (const what of Object.keys(own.compared))
    same[what] = (same[what] ?? 0) + Number(!unlike.includes(what));
  const head = `${name}: ${question.slice(0, 60)}, ${own.values.length - 1} chunks`;
  console.log(`${head}: ${unlike.length > 0 ? `not the same: ${unlike.join(", ")}` : "all the same"}`);
}

let [questionsAsked, secondsHere] = [0, 0];
for (const one of await readSets(sets, { documents, questions: Math.ceil(questions / documents) })) {
  const text = one.text.slice(0, characters);
  const corpus = new Corpus([
    { path: one.name, format: "text", text, pages: [], sections: [], warnings: [] },
  ]);
  for (const { question } of one.questions.slice(0, questions - questionsAsked)) {
    const own = await asked(corpus, question, here);
    secondsHere += own.seconds;
    for (const server of servers) {
      const other = await asked(corpus, question, server.engine);
      server.seconds += other.seconds;
      count(question, { own, other }, server);
    }
    questionsAsked += 1;
  }
}
for (const { name, differences, same, seconds } of servers) {
  console.log(`\n${name}: ${secondsHere.toFixed(0)} s here, ${seconds.toFixed(0)} s there`);
  for (const [what, values] of Object.entries(differences)) {
    const near = values.filter((value) => value <= NEAR).length / values.length;
    console.log(
      `log-likelihoods of ${values.length} ${what}: differ by ${mean(values).toFixed(4)} nats a token on average, ` +
        `${Math.max(...values).toFixed(4)} at most; ${(100 * near).toFixed(1)} % within ${NEAR}`,
    );
  }
  for (const [what, number] of Object.entries(same))
    console.log(`the same ${what}: ${number} of ${questionsAsked}`);
}
process.exit(0);
