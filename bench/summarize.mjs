// What summaries of one length cover: tenths of the text, and facts that were planted two in every tenth. Arms: the
// sentences of head and tail, every n-th sentence, the document's own salient sentences, and, with -m, notes and tree.
// usage: npm run build && node bench/summarize.mjs [FILE] [focus summarize options, such as -m qwen2.5-coder-0.5b]
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { sentences } from "../dist/document/sentences.js";
import { parseFile } from "../dist/index.js";

const run = promisify(execFile);
const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const given = process.argv.slice(2);
const file = given[0]?.startsWith("-") === false ? given.shift() : path("../examples/handbook.pdf");
const WORDS = 300;
const TENTHS = 10;

/** The text with twenty facts, each a paragraph of its own behind the paragraph that ends next. */
function plant(text) {
  const facts = [];
  let planted = "";
  let from = 0;
  for (let i = 0; i < 2 * TENTHS; i += 1) {
    const wanted = Math.floor((text.length * (i + 0.5)) / (2 * TENTHS));
    const end = text.indexOf("\n\n", wanted);
    const at = end < 0 ? text.length : end;
    const code = `${1013 + 37 * i}`;
    facts.push(code);
    planted += `${text.slice(from, at)}\n\nThe inspection of part ${i + 1} cost ${code} pounds and was paid by the harbour board.`;
    from = at;
  }
  return { text: planted + text.slice(from), facts };
}

const countWords = (text) => text.split(/\s+/u).length;

/** The first of the sentences in this order that fit into the length. */
function fill(spans, text) {
  let room = WORDS;
  return spans.filter(({ start, end }) => {
    const words = countWords(text.slice(start, end));
    if (words > room) return false;
    room -= words;
    return true;
  });
}

function alternating(spans) {
  return spans.map((_, i) => spans[i % 2 === 0 ? i / 2 : spans.length - (i + 1) / 2]);
}

function row(arm, points, { text, facts }) {
  const tenths = new Set(points.map(({ start }) => Math.floor((start * TENTHS) / text.length)));
  const said = points.map((point) => point.text ?? text.slice(point.start, point.end)).join(" ");
  const recalled = facts.filter((code) => said.includes(code)).length;
  return { arm, points: points.length, words: countWords(said), tenths: tenths.size, facts: recalled };
}

const folder = await mkdtemp(join(tmpdir(), "focus-bench-"));
try {
  const planted = plant((await parseFile(file)).text);
  const copy = join(folder, "planted.txt");
  await writeFile(copy, planted.text);
  const spans = sentences(planted.text, { start: 0, end: planted.text.length });
  const every = Math.ceil(countWords(planted.text) / WORDS);
  const rows = [
    row("head and tail", fill(alternating(spans), planted.text), planted),
    row(
      "uniform sample",
      fill(
        spans.filter((_, i) => i % every === 0),
        planted.text,
      ),
      planted,
    ),
  ];
  for (const [arm, options] of [
    ["quote", ["--answer", "quote"]],
    ["quote, focused", ["--answer", "quote", "--focus", "What did the inspections cost?"]],
    ...(given.includes("-m") ? [["notes and tree", ["--answer", "write"]]] : []),
  ]) {
    const args = [path("../bin/focus.js"), "summarize", copy, "--length", String(WORDS), "--json", "--quiet"];
    const { stdout } = await run(process.execPath, [...args, ...options, ...given], { maxBuffer: 1e8 });
    const { points, unsupported, tokens, timings } = JSON.parse(stdout);
    const placed = points.map(({ text, citation }) => ({ text, start: citation?.start ?? 0 }));
    const { read, condense, write, attribute } = tokens.computed;
    const cost = {
      unsupported,
      read,
      other: condense + write + attribute,
      seconds: Math.round(timings.totalMs / 1000),
    };
    rows.push({ ...row(arm, placed, planted), ...cost });
  }
  console.table(rows);
} finally {
  await rm(folder, { recursive: true, force: true });
}
