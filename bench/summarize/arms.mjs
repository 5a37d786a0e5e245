// The arms of bench/summarize.mjs: what a summary of the same length is made from.
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { sentences } from "../../dist/document/sentences.js";

const run = promisify(execFile);
const FOCUS = fileURLToPath(new URL("../../bin/focus.js", import.meta.url));
/** Words of an excerpt that a window of 2,048 tokens holds. */
const WINDOW_WORDS = 1000;
const WORDS_PER_SENTENCE = 20;

export const countWords = (text) => text.match(/\S+/gu)?.length ?? 0;

/** The first spans, until so many words are full; in document order. */
function fill(spans, { text, words }) {
  let room = words;
  const last = spans.findIndex(({ start, end }) => {
    room -= countWords(text.slice(start, end));
    return room < 0;
  });
  return spans.slice(0, last < 0 ? spans.length : last).sort((a, b) => a.start - b.start);
}

const headAndTail = (spans) => spans.map((_, i) => spans[i % 2 === 0 ? i / 2 : spans.length - (i + 1) / 2]);

/** Sentences at even distances, about so many words in all. */
function uniform(spans, { text, words }) {
  const n = Math.max(1, Math.floor(words / WORDS_PER_SENTENCE));
  const wanted = Array.from({ length: n }, (_, i) => ((i + 0.5) * text.length) / n);
  return [...new Set(wanted.map((at) => spans.find(({ start }) => start >= at) ?? spans.at(-1)))];
}

const ORDERS = { "head and tail": headAndTail, "uniform sample": uniform };

/** Sentences of the document, cut without looking at what they say. */
export function extract(arm, text, words = 300) {
  const spans = sentences(text, { start: 0, end: text.length });
  const kept = fill(ORDERS[arm](spans, { text, words }), { text, words });
  return { points: kept.map(({ start, end }) => ({ text: text.slice(start, end), start })), notes: kept };
}

/** What `focus summarize` makes of a file. */
export async function summarize(file, options) {
  const args = [FOCUS, "summarize", file, "--json", "--quiet", ...options];
  const { stdout } = await run(process.execPath, args, { maxBuffer: 1e9 });
  const { points, notes, unsupported, tokens, timings } = JSON.parse(stdout);
  return {
    points: points.map(({ text, citation }) => ({ text, start: citation?.start })),
    notes,
    unsupported,
    tokens: { ...tokens.computed, reused: tokens.reused },
    seconds: Math.round(timings.totalMs / 1000),
  };
}

/** The writer's summary of an excerpt that fits its window; places are those in the whole text. */
export async function writeExcerpt(arm, { text, folder, options }) {
  const { notes: kept } = extract(arm, text, WINDOW_WORDS);
  let excerpt = "";
  const places = kept.map(({ start, end }) => {
    const at = excerpt.length;
    excerpt += `${text.slice(start, end)}\n`;
    return { at, start };
  });
  const file = join(folder, `${arm.replaceAll(" ", "-")}.txt`);
  await writeFile(file, excerpt);
  const made = await summarize(file, ["--answer", "write", "--depth", "once", "--no-cache", ...options]);
  const inWhole = (at) => places.findLast((place) => place.at <= at)?.start;
  const points = made.points.map(({ text: said, start }) => ({
    text: said,
    start: start === undefined ? undefined : inWhole(start),
  }));
  return { ...made, points, notes: kept.map(({ start, end }) => ({ text: text.slice(start, end) })) };
}
