// How well text recognition reads pages whose text is known.
//
//   npm run build && node bench/ocr.mjs OCR_FOLDER DOCUMENT.pdf [pages=20] [language=eng]
//
// Pages evenly spread over the document are drawn as a scan would be, recognised, and compared with the page's own text
// layer: precision, recall and F1 over words (letters and digits, upper and lower case told apart, each counted as often
// as it stands there), and seconds a page. OCR_FOLDER is the one that `focus ocr list` names. Nothing is kept.
import { readFile } from "node:fs/promises";
import { readPage } from "../dist/document/formats/pdf/page-text.js";
import { PdfFile } from "../dist/document/formats/pdf/pdf-file.js";
import { drawPage } from "../dist/document/formats/pdf/render.js";
import { tidyRecognised } from "../dist/document/recognition.js";
import { OcrEngine } from "../dist/ocr/engine.js";
import { missing, wordsOf } from "./words/overlap.mjs";

/** Stands where a hyphen ended a line of a page. */
const HYPHEN = "\ufffe";
const [folder, path, ...rest] = process.argv.slice(2);
if (path === undefined) throw new Error("usage: node bench/ocr.mjs OCR_FOLDER DOCUMENT.pdf [pages=20]");
const { pages = "20", language = "eng" } = Object.fromEntries(rest.map((pair) => pair.split("=")));

const file = await PdfFile.open(await readFile(path), path);
const engine = await OcrEngine.start(folder, [language], new AbortController().signal);
const total = { words: 0, recognised: 0, shared: 0, seconds: 0, confidence: 0 };
const shown = Math.min(Number(pages), file.pageCount);
for (let i = 0; i < shown; i++) {
  const index = Math.floor(((i + 0.5) * file.pageCount) / shown);
  const layer = wordsOfLines(readPage(file, index).lines.map(({ text }) => text));
  const start = performance.now();
  const { text, confidence } = await engine.recognise(drawPage(file, index), `page ${index + 1}`);
  const seconds = (performance.now() - start) / 1000;
  const recognised = wordsOfLines(tidyRecognised(text, HYPHEN));
  const both = layer.length - missing(layer, recognised).length;
  total.words += layer.length;
  total.recognised += recognised.length;
  total.shared += both;
  total.seconds += seconds;
  total.confidence += confidence;
  console.log(
    JSON.stringify({
      page: index + 1,
      ...scores(layer.length, recognised.length, both),
      confidence,
      seconds: round(seconds),
    }),
  );
}
const each = { secondsEach: round(total.seconds / shown), confidence: round(total.confidence / shown) };
console.log(
  JSON.stringify({
    pages: shown,
    words: total.words,
    ...scores(total.words, total.recognised, total.shared),
    ...each,
  }),
);
await engine[Symbol.asyncDispose]();
file[Symbol.dispose]();

/** The words of lines, those joined that a hyphen parted. */
function wordsOfLines(lines) {
  return wordsOf(lines.join("\n").replace(/\ufffe\s*/g, ""));
}

function scores(words, recognised, shared) {
  const [precision, recall] = [shared / recognised, shared / words].map((share) => share || 0);
  const f1 = words + recognised === 0 ? 1 : (2 * shared) / (words + recognised);
  return { precision: round(precision), recall: round(recall), f1: round(f1) };
}

function round(value) {
  return Math.round(value * 1000) / 1000;
}
