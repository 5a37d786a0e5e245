import { readTokens, type Token } from "./tokens.ts";

/** Deeper members are no further to the right. */
const DEEPEST_INDENT = 12;

/**
 * JSON with a member or an item a line. It works on the text, not on parsed values: long numbers keep their digits,
 * doubled keys their places, comments their words, and what is no JSON its characters.
 */
export function layoutJson(json: string): string {
  const parts: string[] = [];
  let depth = 0;
  let before: Token | undefined;
  const newLine = (): void => void parts.push(`\n${"  ".repeat(Math.min(depth, DEEPEST_INDENT))}`);
  for (const token of readTokens(json)) {
    const { text } = token;
    if (isCloser(text)) depth = Math.max(0, depth - 1);
    if (isCloser(text) || before?.text.startsWith("//")) newLine();
    else if (isApart(before, token)) parts.push(" ");
    parts.push(text === ":" ? ": " : text);
    if (isOpener(text)) depth += 1;
    if (isOpener(text) || text === ",") newLine();
    before = token;
  }
  return parts.join("");
}

const isOpener = (text: string): boolean => text === "{" || text === "[";
const isCloser = (text: string): boolean => text === "}" || text === "]";

/** Whether white space between two tokens tells them apart. */
function isApart(before: Token | undefined, token: Token): boolean {
  if (before === undefined || before.kind === "mark") return false;
  return (
    token.kind === "comment" ||
    before.kind === "comment" ||
    (token.kind !== "mark" && before.end < token.start)
  );
}
