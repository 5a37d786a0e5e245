// Marks of `--format html` in headless Chromium: each citation's letters on their pages, by PDFium's own boxes, against the
// rectangles that the browser shows. Some documents are turned or cropped first. Prints a line a citation, and what is right.
//
//   npm run build && FOCUS_MODEL=… node bench/marks.mjs FOLDER… [questions=bench/marks/questions.jsonl] [keep=FOLDER]
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { degrees, PDFDocument } from "pdf-lib";
import { openBrowser } from "../test/browser/browser.mjs";
import { readCharacters } from "../test/browser/characters.mjs";
import { compareMarks } from "../test/browser/compare.mjs";
import { openReport, shownSources } from "../test/browser/report.mjs";
import { argumentsOf } from "./ask/arguments.mjs";

/** A mark begins and ends between letters, so that one at its edge may be cut. */
const LEAST_COVERED = 0.99;
const MOST_FOREIGN = 0.01;
const MOST_BYTES = 2e6;
const FOCUS = fileURLToPath(new URL("../bin/focus.js", import.meta.url));

const { given, files: folders } = argumentsOf(process.argv.slice(2));
const listed = given.questions ?? fileURLToPath(new URL("marks/questions.jsonl", import.meta.url));
const dir = given.keep ?? (await mkdtemp(join(tmpdir(), "focus-marks-")));
const browser = await openBrowser();
const total = { citations: 0, right: 0, unmarked: 0, largest: 0 };
console.log("document | page as it is | citation | letters | in a mark | foreign letters in marks | right");
for (const [number, line] of (await readFile(listed, "utf8")).trim().split("\n").entries()) {
  await check(JSON.parse(line), number);
}
await browser.close();
const { citations, right, unmarked, largest } = total;
console.log(
  `${right} of ${citations} citations right (${unmarked} without a mark); largest file ${largest} bytes`,
);
process.exitCode = right === citations && largest < MOST_BYTES ? 0 : 1;

async function check({ file, question, turn = 0, crop }, number) {
  const bytes = await changed(await readFile(found(file)), turn, crop);
  const [pdf, html] = [join(dir, `${number}.pdf`), join(dir, `${number}.html`)];
  await writeFile(pdf, bytes);
  const output = ["--format", "html", "-o", html, "--quiet"];
  execFileSync(process.execPath, [FOCUS, "ask", pdf, question, "--answer", "quote", ...output]);
  total.largest = Math.max(total.largest, (await stat(html)).size);
  const { page, errors } = await openReport(browser, html);
  for (const error of errors) console.log(`${file}: the browser says ${error}`);
  for (const { id, quote, marks } of await shownSources(page)) {
    const pages = [...new Set(marks.map((mark) => mark.page))];
    const { letters, covered, foreign } = compareMarks(quote, marks, await readCharacters(bytes, pages));
    const isRight = covered >= LEAST_COVERED * letters && foreign <= MOST_FOREIGN * letters;
    total.citations += 1;
    total.right += isRight ? 1 : 0;
    total.unmarked += marks.length === 0 ? 1 : 0;
    const look = `${turn}°${crop === undefined ? "" : `, cut to ${crop.join(" ")}`}`;
    console.log([file, look, id, letters, covered, foreign, isRight ? "yes" : `no: ${quote}`].join(" | "));
  }
  await page.close();
}

function found(file) {
  const paths = folders.map((folder) => join(folder, file));
  const path = paths.find((one) => existsSync(one));
  if (path === undefined) throw new Error(`${file} is in none of: ${folders.join(", ")}`);
  return path;
}

/** The same file with its pages turned and cut. */
async function changed(bytes, turn, crop) {
  if (turn === 0 && crop === undefined) return bytes;
  const file = await PDFDocument.load(bytes, { updateMetadata: false });
  for (const page of file.getPages()) {
    page.setRotation(degrees(turn));
    if (crop !== undefined) page.setCropBox(...crop);
  }
  return file.save();
}
