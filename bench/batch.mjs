// Whether `focus summarize FOLDER -o FOLDER` stays linear in time and flat in memory over many small documents: seconds and
// resident memory for each tenth of them, then a run that finds all of them finished. The server is a bare one
// (server/bare.mjs), whose summaries are the first words of its prompts.
//
//   npm run build && node bench/batch.mjs model=PATH.gguf [documents=10000] [words=120] [inFlight=8]
// model: gives the tokenizer. Memory is asked of `ps`.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { argumentsOf } from "./ask/arguments.mjs";
import { random } from "./ask/random.mjs";
import { startBare } from "./server/bare.mjs";

const FOCUS = fileURLToPath(new URL("../bin/focus.js", import.meta.url));
const WORDS =
  "keeper lamp tower lease harbour grain rent signed repaired delivered April granite boat oil".split(" ");
const [PER_FOLDER, TENTHS, LOOK_MS] = [1000, 10, 250];

const { given } = argumentsOf(process.argv.slice(2));
const [documents, words] = [Number(given.documents ?? 10_000), Number(given.words ?? 120)];

async function writeDocuments(folder) {
  const draw = random(1);
  for (let i = 0; i < documents; i += 1) {
    const below = join(folder, String(Math.floor(i / PER_FOLDER)));
    await mkdir(below, { recursive: true });
    const text = Array.from({ length: words }, () => WORDS[Math.floor(draw() * WORDS.length)]).join(" ");
    await writeFile(join(below, `${i}.txt`), `Document ${i}. ${text}.`);
  }
}

function summarize(folder, out, url) {
  const options = ["--engine", url, "--engine-concurrency", given.inFlight ?? "8", "-m", given.model];
  const args = ["summarize", folder, "-o", out, ...options, "--answer", "write", "--quiet"];
  return spawn(process.execPath, [FOCUS, ...args], { stdio: ["ignore", "inherit", "inherit"] });
}

const residentMb = (pid) => Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)])) / 1024;

/** Finished documents: each has two lines in the journal, of its beginning and its end. */
async function finished(journal) {
  const text = await readFile(journal, "utf8").catch(() => "");
  return text.split("\n").filter((line) => line !== "" && !line.includes('"key":""')).length;
}

/** Prints a line for each tenth of the documents. */
async function watch(child, journal) {
  const [start, tenth] = [performance.now(), documents / TENTHS];
  let [before, next] = [start, tenth];
  while (child.exitCode === null) {
    await sleep(LOOK_MS);
    const done = await finished(journal);
    if (done < next) continue;
    const now = performance.now();
    const seconds = ((now - before) / 1000).toFixed(1);
    console.log(`${done} documents: ${seconds} s for these, ${residentMb(child.pid).toFixed(0)} MB`);
    [before, next] = [now, (Math.floor(done / tenth) + 1) * tenth];
  }
  return (performance.now() - start) / 1000;
}

const dir = await mkdtemp(join(tmpdir(), "focus-batch-"));
const [folder, out] = [join(dir, "documents"), join(dir, "summaries")];
await writeDocuments(folder);
const server = await startBare(0);
const first = summarize(folder, out, server.url);
const seconds = await watch(first, join(out, "focus-manifest.jsonl"));
const { size } = await stat(join(out, "focus-manifest.json"));
console.log(
  `all: ${seconds.toFixed(0)} s, exit ${first.exitCode}; the manifest has ${(size / 1e6).toFixed(1)} MB`,
);
const [start, second] = [performance.now(), summarize(folder, out, server.url)];
const [code] = await once(second, "exit");
console.log(`again: ${((performance.now() - start) / 1000).toFixed(0)} s, exit ${code}`);
server.end();
await rm(dir, { recursive: true });
