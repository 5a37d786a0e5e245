// What it costs to keep rows at fewer bits: the condenser's margins, its ranking of the evidence, and the likelihood of the
// answer (where the evidence is as short as one), behind rows that were rounded, against rows as llama.cpp saved them.
//
//   npm run build && node bench/row-forms.mjs MODEL.gguf qmsum=FILE | chroma=FOLDER | qa=FILE.jsonl.gz [documents=4] [questions=6] [chunks=8]
//
// Each question is asked of the best `chunks` by words and of the chunks with evidence.
import { mkdtemp, open, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { localTokens, marginOf } from "../dist/engine/condenser/local-tokens.js";
import { order } from "../dist/engine/ranking/fuse.js";
import { skim } from "../dist/engine/ranking/skim.js";
import { WordIndex } from "../dist/engine/ranking/word-index.js";
import {
  chunkDocuments,
  fileSource,
  loadModel,
  openBackend,
  parseState,
  readerWeights,
} from "../dist/index.js";
import { f16Geometry } from "../dist/kv/state/state-file.js";
import { argumentsOf } from "./ask/arguments.mjs";
import { interval, mean, sharesOf } from "./ask/evidence.mjs";
import { readSets } from "./ask/sets.mjs";
import { FORMS } from "./row-forms/forms.mjs";
import { KS, recall } from "./words/recall.mjs";

const { given, sets, files } = argumentsOf(process.argv.slice(2));
const [path] = files;
if (path === undefined || sets.length === 0)
  throw new Error("usage: node bench/row-forms.mjs MODEL.gguf qmsum=FILE | chroma=FOLDER | qa=FILE.jsonl.gz");
const most = { documents: Number(given.documents ?? 4), questions: Number(given.questions ?? 6) };
const documents = await readSets(sets, most);
const forms = Object.keys(FORMS);
const CHUNK_TOKENS = 512;
const SLICE_TOKENS = 256;
const ANSWER_TOKENS = 32;
const { signal } = new AbortController();

const backend = await openBackend({ gpu: "off", threads: 1, onLog: () => undefined });
const model = await loadModel(backend, { name: "reader", path, contextTokens: 2048, signal });
const { condenser: adapter } = await readerWeights({ name: "reader", path });
const prefix = [...model.beginning, ...model.tokenize("Passage:\n")];
const contextTokens = prefix.length + CHUNK_TOKENS + 400;
const size = { sequences: 1, contextTokens };
const reading = await model.openPool({ ...size, sliceTokens: SLICE_TOKENS });
const tuned = await model.openPool({ ...size, sliceTokens: SLICE_TOKENS, adapter });
const dir = await mkdtemp(join(tmpdir(), "focus-forms-"));
const file = (name) => join(dir, name);
const timings = {};

async function timed(name, work) {
  const start = performance.now();
  const result = await work();
  timings[name] = [...(timings[name] ?? []), performance.now() - start];
  return result;
}

/** Writes the chunk's rows in every form. */
async function writeForms(chunk) {
  await reading.lend(async (sequence) => {
    await sequence.reset();
    await timed("read", () => sequence.prefill([...prefix, ...chunk.tokens], { signal }));
    await rm(file("f16"), { force: true });
    await timed("save", () => sequence.save(file("f16")));
  });
  const handle = await open(file("f16"));
  const expectation = { ...f16Geometry(model.metadata), nStream: 1, capacityCells: contextTokens };
  const state = await parseState(await fileSource(handle, "f16"), expectation);
  await handle.close();
  const bytes = await readFile(file("f16"));
  for (const form of forms) {
    const rounded = new Uint8Array(bytes);
    await timed(`round ${form}`, () => FORMS[form](rounded, state));
    await writeFile(file(form), rounded);
  }
}

/** Margin of the chunk in one form, and log P of the answer where there is one. */
async function score(form, local, answer) {
  return tuned.lend(async (sequence) => {
    await timed("load", () => sequence.load(file(form)));
    const length = sequence.length;
    const [none] = await timed("condense", () =>
      sequence.logProbabilities([...local.tokens, local.none], local.tokens.length),
    );
    if (answer === undefined) return { margin: marginOf(none) };
    await sequence.truncate(length);
    const said = model.tokenize(` ${answer}`).subarray(0, ANSWER_TOKENS);
    const values = await sequence.logProbabilities([...local.tokens, ...said], local.tokens.length);
    return { margin: marginOf(none), likelihood: mean([...values]) };
  });
}

const found = Object.fromEntries(
  ["f16", ...forms].map((form) => [form, { margins: [], likelihoods: [], recalls: [] }]),
);
for (const { name, text, questions } of documents) {
  const document = { path: name, format: "text", text, pages: [], sections: [], warnings: [] };
  const chunks = chunkDocuments([document], {
    chunkTokens: CHUNK_TOKENS,
    tokenize: (part) => model.tokenize(part),
  });
  const words = new WordIndex([document], chunks);
  const asked = questions
    .filter(({ gold }) => gold.length > 0)
    .map(({ question, gold }) => {
      const said = text.slice(...gold[0]);
      const answer = said.length < 120 ? said : undefined;
      const shares = sharesOf(chunks, gold);
      const best = order(skim(words, question).scores).slice(0, Number(given.chunks ?? 8));
      const golden = shares.flatMap((share, i) => (share > 0.2 ? [i] : [])).slice(0, 4);
      const local = localTokens(model, question);
      const margins = Object.fromEntries(["f16", ...forms].map((form) => [form, new Map()]));
      return { local, shares, answer, indexes: new Set([...best, ...golden]), margins };
    });
  for (const [i, chunk] of chunks.entries()) {
    const askers = asked.filter(({ indexes }) => indexes.has(i));
    if (askers.length === 0) continue;
    await writeForms(chunk);
    for (const form of ["f16", ...forms]) {
      for (const { local, shares, answer, margins } of askers) {
        const { margin, likelihood } = await score(form, local, shares[i] >= 0.5 ? answer : undefined);
        margins[form].set(i, margin);
        found[form].margins.push(margin);
        if (likelihood !== undefined) found[form].likelihoods.push(likelihood);
      }
    }
  }
  for (const { margins, shares } of asked) {
    for (const form of ["f16", ...forms]) {
      const ranking = [...margins[form]].sort(([, a], [, b]) => b - a).map(([index]) => index);
      found[form].recalls.push(recall(ranking, shares));
    }
  }
  report();
}

function report() {
  const base = found.f16;
  const rows = Object.entries(found).map(([form, { margins, likelihoods, recalls }]) => {
    const off = margins.map((margin, i) => margin - base.margins[i]);
    const range = (values) =>
      interval(values)
        .map((value) => value.toFixed(4))
        .join(", ");
    const told = likelihoods.map((value, i) => value - base.likelihoods[i]);
    return {
      form,
      "mean |Δmargin|": mean(off.map(Math.abs)).toFixed(4),
      Δmargin: `${mean(off).toFixed(4)} [${range(off)}]`,
      "sign changes": margins.filter((margin, i) => margin > 0 !== base.margins[i] > 0).length,
      ...(told.length === 0 ? {} : { "Δ nats a token": `${mean(told).toFixed(4)} [${range(told)}]` }),
      ...Object.fromEntries(
        KS.slice(0, 4).map((k, at) => [`@${k}`, (100 * mean(recalls.map((row) => row[at]))).toFixed(1)]),
      ),
    };
  });
  console.log(
    `${base.margins.length} margins, ${base.recalls.length} questions, ${base.likelihoods.length} answers`,
  );
  console.table(rows);
}

console.log(
  Object.fromEntries(Object.entries(timings).map(([name, list]) => [name, `${mean(list).toFixed(1)} ms`])),
);
await backend[Symbol.asyncDispose]();
await rm(dir, { recursive: true, force: true });
