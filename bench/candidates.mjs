// What candidate tokens of many chunks can do: facts planted in one of k chunks of the example handbook, by k and by arm;
// and what they cost. CPU seconds, so that a busy machine matters less; one thread.
// usage: npm run build && node bench/candidates.mjs [chunks=2,8,32] [n=6] [tokens=128] [adapter=PATH] [model=PATH] [arms=…] [cost | questions] [show]
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  ask,
  Contexts,
  Corpus,
  chunkDocuments,
  loadModel,
  loadPrompts,
  openBackend,
  openStore,
  parseFile,
  resolveAdapter,
} from "../dist/index.js";

const given = Object.fromEntries(process.argv.slice(2).map((argument) => argument.split("=")));
const counts = (given.chunks ?? "2,8,32").split(",").map(Number);
const nQuestions = Number(given.n ?? 6);
const chunkTokens = Number(given.tokens ?? 128);
const ARMS = ["trained", "refreshed", "untrained", "no gold", "oracle window", "window", "both"];
const KINDS = ["code", "name", "joined"];
const arms = given.arms?.split(",") ?? ARMS;
const modelPath = given.model ?? process.env.FOCUS_MODEL;
if (modelPath === undefined) throw new Error("name the model's GGUF: model=PATH or FOCUS_MODEL");
const { signal } = new AbortController();

const backend = await openBackend({ gpu: "off", threads: 1, onLog: () => undefined });
const base = { name: "smollm2-135m", path: modelPath };
const model = await loadModel(backend, { ...base, contextTokens: 8192, signal });
const adapter = await resolveAdapter(given.adapter, base);
const contexts = new Contexts();
const prompts = await loadPrompts(undefined);
const dir = await mkdtemp(join(tmpdir(), "focus-bench-"));
const store = await openStore({ dir, budgetBytes: 20e9, minFreeBytes: 1e9, onWarning: console.error });

const handbook = await parseFile(fileURLToPath(new URL("../examples/handbook.pdf", import.meta.url)));
// Room for the fact in each chunk.
const cut = { chunkTokens: chunkTokens - 32, tokenize: (text) => model.tokenize(text) };
const passages = chunkDocuments([handbook], cut).map(({ start, end }) => handbook.text.slice(start, end));

/** Each passage a document of its own: a planted fact then changes one chunk, and the others are read once. */
function documents(texts) {
  return texts.map((text, i) => ({
    path: `${i}`,
    format: "text",
    text,
    pages: [],
    sections: [],
    warnings: [],
  }));
}

// Made up; the arm without gold tells how much of it can be guessed.
const PLACES = [
  "silver harbor",
  "quiet orchard",
  "copper mill",
  "northern archive",
  "amber foundry",
  "hollow tower",
];
const ROOMS = ["boathouse", "vestry", "cellar", "planetarium", "greenhouse", "sacristy"];
const NAMES = [
  "Ingrid Novak",
  "Oscar Whitby",
  "Leila Thorne",
  "Pavel Moreau",
  "Greta Sandoval",
  "Hugo Larsen",
];

/** What is planted, each text in a chunk of its own; a joined fact needs both of its texts. */
function fact(i) {
  const at = Math.floor(i / KINDS.length);
  const [place, room, name] = [PLACES, ROOMS, NAMES].map((list) => list[at % list.length]);
  const code = String(10_000 + (((i + 1) * 7919 * 31) % 90_000));
  const facts = {
    code: {
      texts: [`The access code of the ${place} is ${code}.`],
      question: `What is the access code of the ${place}?`,
      value: code,
    },
    name: {
      texts: [`${name} keeps the ledger in the ${room}.`],
      question: `Where does ${name} keep the ledger?`,
      value: room,
    },
    joined: {
      texts: [`The keeper of the ${place} is ${name}.`, `The badge number of ${name} is ${code}.`],
      question: `What is the badge number of the keeper of the ${place}?`,
      value: code,
    },
  };
  const kind = KINDS[i % KINDS.length];
  return { kind, ...facts[kind] };
}

async function run(read, question, options) {
  const cpu = process.cpuUsage();
  const answer = await ask(
    { corpus: new Corpus(read), loadMs: 0, question },
    {
      reader: model,
      writer: model,
      contexts,
      store,
      prompts,
      chunkTokens,
      sequences: 1,
      answerStyle: "write",
      condenseChunks: 128,
      budgetTokens: 768,
      answerTokens: 32,
      settings: {},
      signal,
      onEvent: (event) =>
        event.kind === "warning" && event.message.includes("exceed") && console.error(event.message),
      ...options,
    },
  );
  const { user, system } = process.cpuUsage(cpu);
  return { ...answer, cpuSeconds: (user + system) / 1e6 };
}

function candidates(condenser, scale = 1, refreshTokens = undefined) {
  return { candidates: { adapter: { ...adapter, scale }, condenser, refreshTokens } };
}

function planted(k, i) {
  const plain = Array.from({ length: k }, (_, at) => passages[at % passages.length]);
  const { texts, ...asked } = fact(i);
  const gold = texts.map((_, at) => (i * 7 + 3 + at * Math.ceil(k / 2)) % k);
  const withFact = [...plain];
  for (const [at, text] of texts.entries()) {
    withFact[gold[at]] = `${withFact[gold[at]].trimEnd()} ${text}\n`;
  }
  return { ...asked, plain, gold, withFact };
}

async function arm(name, { plain, gold, withFact, question }) {
  if (name === "refreshed") return run(documents(withFact), question, candidates("candidates", 1, 8));
  if (name === "untrained") return run(documents(withFact), question, candidates("candidates", 0));
  if (name === "no gold") return run(documents(plain), question, candidates("candidates"));
  if (name === "oracle window") return run(documents(gold.map((at) => withFact[at])), question, {});
  if (name === "window") return run(documents(withFact), question, {});
  if (name === "both") return run(documents(withFact), question, candidates("both"));
  return run(documents(withFact), question, candidates("candidates"));
}

async function facts() {
  for (const k of counts) {
    for (const name of arms) {
      const [hits, asked] = [0, 1].map(() => Object.fromEntries(KINDS.map((kind) => [kind, 0])));
      let answered = 0;
      let cpuSeconds = 0;
      const said = [];
      for (let i = 0; i < nQuestions; i += 1) {
        const sample = planted(k, i);
        const found = await arm(name, sample);
        asked[sample.kind] += 1;
        if (found.answer.includes(sample.value)) hits[sample.kind] += 1;
        if (found.verdict === "answered") answered += 1;
        cpuSeconds += found.cpuSeconds / nQuestions;
        said.push(found.answer.slice(0, 80));
      }
      const shares = KINDS.map((kind) => [kind, `${hits[kind]}/${asked[kind]}`]);
      console.log(
        JSON.stringify({
          chunks: k,
          arm: name,
          ...Object.fromEntries(shares),
          answered,
          cpuSeconds: Number(cpuSeconds.toFixed(1)),
          ...("show" in given ? { said } : {}),
        }),
      );
    }
  }
}

async function cost() {
  const k = 8;
  const { withFact, question } = planted(k, 0);
  for (const [refresh, refreshTokens] of [
    ["none", undefined],
    ["8", 8],
    ["every", 1],
  ]) {
    const found = await run(documents(withFact), question, {
      ...candidates("candidates", 1, refreshTokens),
      answerTokens: 16,
    });
    const { answerMs } = found.timings;
    const { answer: tokens } = found.tokens.computed;
    console.log(
      JSON.stringify({
        chunks: k,
        refresh,
        answerTokens: tokens,
        refreshes: found.candidates.refreshes,
        wallMsPerToken: Math.round(answerMs / tokens),
        cpuSeconds: Number(found.cpuSeconds.toFixed(1)),
      }),
    );
  }
  // A question that no run has asked: all candidates are computed, and what else the run does is known from the second time.
  const asked = `${question} Answer with the number.`;
  const texts = Array.from({ length: 32 }, (_, at) => passages[at % passages.length]);
  await run(documents(texts), question, candidates("candidates"));
  const fresh = await run(documents(texts), asked, candidates("candidates"));
  const again = await run(documents(texts), asked, candidates("candidates"));
  const seconds = fresh.cpuSeconds - again.cpuSeconds;
  const read = fresh.coverage.tokens.total;
  console.log(
    JSON.stringify({
      chunkTokens,
      chunks: 32,
      tokens: read,
      cpuSecondsOfCandidates: Number(seconds.toFixed(1)),
      cpuSecondsPer100K: Math.round((seconds * 1e5) / read),
      again: Number(again.cpuSeconds.toFixed(1)),
    }),
  );
}

/** Questions with one short answer about the handbook: is it in what is said, is it quoted, is its page cited. */
async function questions() {
  const file = fileURLToPath(new URL("../examples/questions.json", import.meta.url));
  const all = JSON.parse(await readFile(file, "utf8")).filter(({ answer }) => answer !== null);
  const step = Math.max(1, Math.floor(all.length / nQuestions));
  const asked = Array.from({ length: nQuestions }, (_, i) => all[(i * step) % all.length]);
  const plain = (text) => text.toLowerCase().replace(/\s+/gu, " ");
  const styles = {
    "quote (default)": { answerStyle: "quote", budgetTokens: 2048 },
    write: {},
    candidates: candidates("candidates"),
    "both 768": candidates("both"),
    "both 2048": { ...candidates("both"), budgetTokens: 2048 },
  };
  for (const [name, options] of Object.entries(styles)) {
    if (given.arms !== undefined && !arms.includes(name)) continue;
    const tally = { n: asked.length, right: 0, evidence: 0, page: 0, answered: 0, cpuSeconds: 0 };
    const said = [];
    for (const { question, answer, page } of asked) {
      const found = await run([handbook], question, options);
      if (plain(found.answer).includes(plain(answer))) tally.right += 1;
      if (found.citations.some(({ quote }) => plain(quote).includes(plain(answer)))) tally.evidence += 1;
      if (found.citations.some((citation) => citation.page === page)) tally.page += 1;
      if (found.verdict === "answered") tally.answered += 1;
      tally.cpuSeconds += found.cpuSeconds / asked.length;
      said.push(found.answer.slice(0, 80));
    }
    tally.cpuSeconds = Number(tally.cpuSeconds.toFixed(1));
    console.log(JSON.stringify({ arm: name, chunkTokens, ...tally, ...("show" in given ? { said } : {}) }));
  }
}

try {
  if ("cost" in given) await cost();
  else if ("questions" in given) await questions();
  else await facts();
} finally {
  await rm(dir, { recursive: true, force: true });
  await backend[Symbol.asyncDispose]();
}
