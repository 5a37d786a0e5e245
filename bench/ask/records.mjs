import { readFile } from "node:fs/promises";

/** Records that a bench has written, a line each; `from` names files, with commas between them. */
export async function readRecords(from) {
  const texts = await Promise.all(from.split(",").map((file) => readFile(file, "utf8")));
  return texts.flatMap((text) => text.trim().split("\n").map(JSON.parse));
}
