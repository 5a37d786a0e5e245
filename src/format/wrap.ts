import wrapAnsi from "wrap-ansi";

/**
 * Wraps each line by itself: the width of a whole answer is never measured (string-width took 73 s for one line of 80 k
 * characters on Node 20). Lines after the first of each get the indent.
 */
export function wrap(text: string, width: number | undefined, indent = ""): string {
  if (width === undefined) return text;
  const columns = Math.max(20, width - indent.length);
  return text
    .split("\n")
    .map((line) => wrapAnsi(line, columns, { hard: true, trim: true }).replaceAll("\n", `\n${indent}`))
    .join("\n");
}
