// What 100 pages of each format cost: seconds of a core, and the memory of the process.
//
//   npm run build && node bench/hundred-pages.mjs TEXT_FILE
//
// A page is 30 lines of about 95 characters of the text, a paragraph each, without what XML, RTF or Latin-1 would have to
// write otherwise; a text that is too short is taken again. Every document is parsed in a process of its own. Pictures are
// measured by ocr.mjs.
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseApart } from "./corpus/parse-apart.mjs";
import { makeSamples } from "./damaged-files/samples.mjs";

const PAGES = 100;
const LINES = 30;
const [path] = process.argv.slice(2);
if (path === undefined) throw new Error("usage: node bench/hundred-pages.mjs TEXT_FILE");

const plain = (await readFile(path, "utf8")).replace(/[<>&"\\{}]|[^\x20-\xff]/g, " ").replace(/\s+/g, " ");
const found = plain.match(/\S.{1,94}(?= |$)/g);
const lines = Array.from({ length: PAGES * LINES }, (_, i) => found[i % found.length]);
const folder = await mkdtemp(join(tmpdir(), "focus-hundred-pages-"));
try {
  const rows = [];
  for (const { name, bytes } of await makeSamples(lines, LINES)) {
    const file = join(folder, name);
    await writeFile(file, bytes);
    const { outcome, seconds, megabytes, text, pages, error } = await parseApart(file, 120);
    if (outcome !== "read") throw new Error(`${name}: ${outcome}: ${error}`);
    const format = name.replace("sample.", "");
    rows.push({
      format,
      kilobytes: Math.round(bytes.length / 1000),
      pages,
      characters: text.length,
      seconds: Math.round(seconds * 100) / 100,
      megabytes,
    });
  }
  console.table(rows);
} finally {
  await rm(folder, { recursive: true });
}
