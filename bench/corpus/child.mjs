// Parses one file, and sends its parent what came of it.
import { readFile } from "node:fs/promises";
import { parseBytes } from "../../dist/document/parse.js";

const path = process.argv[2];
const bytes = await readFile(path);
const before = process.cpuUsage();
const result = await parseBytes(bytes, path).catch((error) => error);
const { user, system } = process.cpuUsage(before);
const cost = {
  seconds: (user + system) / 1e6,
  megabytes: Math.round(process.resourceUsage().maxRSS / 1000),
};
process.send(outcome(result), () => process.disconnect());

/** An error that is not said to the user in a line is thrown, as the program would. */
function outcome(read) {
  if (!(read instanceof Error))
    return { ...cost, outcome: "read", text: read.text, warnings: read.warnings, pages: read.pages.length };
  if (read.name !== "InputError") throw read;
  return { ...cost, outcome: "refused", error: read.message.replace(`${path}: `, "") };
}
