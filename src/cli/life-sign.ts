import { wantsColour } from "./colour.ts";
import type { Host } from "./host.ts";

const SIGN = "starting …";

/** Shows a word on a terminal while the command's code is loaded, which takes longer than a tenth of a second; returns what removes it. */
export function showLife(argv: readonly string[], { stderr, env }: Host): () => void {
  const isTerminal = stderr.isTTY === true;
  const silent = argv.includes("--quiet") || argv.includes("-q") || argv.includes("--no-color");
  if (!isTerminal || silent || !wantsColour({ isTerminal, allowed: true, env })) return () => {};
  stderr.write(SIGN);
  return () => void stderr.write(`\r${" ".repeat(SIGN.length)}\r`);
}
