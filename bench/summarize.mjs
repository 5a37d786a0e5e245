// What summaries of one length are worth, by what they are made from. Arms without a writer: sentences of head and tail, an
// even sample, the most salient ones. With -m: a window of head and tail, of an even sample and of the most salient
// sentences, written at once; notes of the best chunks, kept or merged; with --full notes of all chunks as well.
//
// Planted: tenths of the text that are cited, and which of 20 facts, two in every tenth, stand in notes and summary.
// usage: npm run build && node bench/summarize.mjs [FILE] [--full] [focus summarize options]
//
// References: log-likelihood (nats a token) of people's summaries behind the arm's summary, by FOCUS_JUDGE or the embedded reader.
// usage: … node bench/summarize.mjs --references SQUALITY.jsonl N [focus summarize options]
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseFile } from "../dist/index.js";
import { countWords, extract, summarize, writeExcerpt } from "./summarize/arms.mjs";
import { N_TENTHS, plant, recalled } from "./summarize/planted.mjs";
import { openJudge, readReferences } from "./summarize/references.mjs";

const WORDS = 300;
const given = process.argv.slice(2);
const isFull = given.includes("--full");
const references = given[0] === "--references" ? given.splice(0, 3).slice(1) : undefined;
const file =
  given[0]?.startsWith("-") === false
    ? given.shift()
    : fileURLToPath(new URL("../examples/handbook.pdf", import.meta.url));
const options = ["--length", String(WORDS), ...given.filter((option) => option !== "--full")];

/** Name → what makes the arm of a text and its file. */
function armsOf(folder) {
  const cli = (...extra) => {
    return ({ path }) => summarize(path, [...extra, ...options]);
  };
  const excerpt = (arm) => {
    return ({ text }) => writeExcerpt(arm, { text, folder, options });
  };
  const full = {
    "all chunks' notes, kept": cli("--answer", "write", "--depth", "full"),
    "all chunks' notes, tree": cli("--answer", "write", "--depth", "full", "--merge"),
  };
  const written = {
    "head and tail, written": excerpt("head and tail"),
    "uniform sample, written": excerpt("uniform sample"),
    "best sentences, written": cli("--answer", "write", "--depth", "once"),
    "best chunks' notes, kept": cli("--answer", "write", "--depth", "quick"),
    "best chunks' notes, tree": cli("--answer", "write", "--depth", "quick", "--merge"),
    ...(isFull ? full : {}),
  };
  return {
    "head and tail": ({ text }) => extract("head and tail", text, WORDS),
    "uniform sample": ({ text }) => extract("uniform sample", text, WORDS),
    quote: cli("--answer", "quote"),
    ...(given.includes("-m") ? written : {}),
  };
}

function row(arm, { points, notes = [], unsupported = 0, tokens = {}, seconds = 0 }, text) {
  const placed = points.filter(({ start }) => start !== undefined);
  const tenths = new Set(placed.map(({ start }) => Math.floor((start * N_TENTHS) / text.length)));
  const said = points.map((point) => point.text);
  const ofNotes = recalled(notes.length > 0 ? notes.map((note) => note.text ?? "") : said);
  return {
    arm,
    words: countWords(said.join(" ")),
    tenths: tenths.size,
    "facts in notes": ofNotes.facts,
    "per tenth": ofNotes.perTenth,
    "in summary": recalled(said).facts,
    points: points.length,
    unsupported,
    read: tokens.read ?? 0,
    other: (tokens.condense ?? 0) + (tokens.write ?? 0) + (tokens.attribute ?? 0),
    seconds,
  };
}

async function planted(folder) {
  const text = plant((await parseFile(file)).text);
  const path = join(folder, "planted.txt");
  await writeFile(path, text);
  const rows = [];
  for (const [arm, make] of Object.entries(armsOf(folder))) {
    rows.push(row(arm, await make({ text, path }), text));
    console.error(JSON.stringify(rows.at(-1)));
  }
  console.table(rows);
}

async function compared(folder, [source, most]) {
  const sets = (await readReferences(source)).slice(0, Number(most));
  const sums = new Map();
  const judge = await openJudge();
  for (const [i, { text, question, answers }] of sets.entries()) {
    const path = join(folder, `story-${i}.txt`);
    await writeFile(path, text);
    for (const [arm, make] of [["nothing", undefined], ...Object.entries(armsOf(folder))]) {
      const made = make === undefined ? { points: [] } : await make({ text, path });
      const summary = made.points.map((point) => point.text).join(" ");
      const value = await judge.logLikelihood(summary, { question, answers });
      sums.set(arm, [...(sums.get(arm) ?? []), value]);
      console.error(JSON.stringify({ story: i, arm, value, unsupported: made.unsupported ?? 0 }));
    }
  }
  await judge.close();
  const base = sums.get("nothing");
  console.table(
    [...sums].map(([arm, values]) => {
      const gains = values.map((value, i) => value - base[i]);
      const mean = (list) => list.reduce((sum, value) => sum + value, 0) / list.length;
      const spread = Math.sqrt(mean(gains.map((gain) => (gain - mean(gains)) ** 2)) / gains.length);
      return {
        arm,
        "nats a token": mean(values).toFixed(3),
        "above nothing": mean(gains).toFixed(3),
        "±": spread.toFixed(3),
      };
    }),
  );
}

const folder = await mkdtemp(join(tmpdir(), "focus-bench-"));
try {
  await (references === undefined ? planted(folder) : compared(folder, references));
} finally {
  await rm(folder, { recursive: true, force: true });
}
