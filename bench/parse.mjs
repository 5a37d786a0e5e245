// What parsing documents costs: seconds of a core, and the largest memory of the process.
//
//   npm run build && node bench/parse.mjs DOCUMENT... [rounds=3]
//
// One line a document, of the fastest round; profile it with `node --cpu-prof`.
import { readFile } from "node:fs/promises";
import { parseBytes } from "../dist/document/parse.js";

const given = process.argv.slice(2);
const rounds = Number(given.find((one) => one.startsWith("rounds="))?.slice("rounds=".length) ?? 3);
for (const path of given.filter((one) => !one.startsWith("rounds="))) {
  const bytes = await readFile(path);
  let fastest = { ms: Number.POSITIVE_INFINITY };
  for (let round = 0; round < rounds; round++) {
    const before = process.cpuUsage();
    const { pages, text } = await parseBytes(bytes, path);
    const { user, system } = process.cpuUsage(before);
    const ms = Math.round((user + system) / 1000);
    if (ms < fastest.ms) fastest = { ms, pages: pages.length, characters: text.length };
  }
  const megabytes = Math.round(process.resourceUsage().maxRSS / 1000);
  console.log(JSON.stringify({ path, ...fastest, megabytes }));
}
