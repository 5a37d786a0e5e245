import { GET_AGAIN } from "../get-again.ts";
import { readTokens } from "./tokens.ts";

/** Numbers that JSON does not have. */
const NO_NUMBER = /^-?(?:NaN|Infinity)$/;

/** One sentence where a text is no JSON; none where only comments and the like are too much. */
export function describeBroken(json: string): string[] {
  if (isJson(json) || isJson(withoutExtras(json)) || json.trim().split("\n").every(isJson)) return [];
  return [`is no whole JSON, damaged or cut off: what is there was read as it is; ${GET_AGAIN}`];
}

/** The same for JSON Lines, whose records stand alone. */
export function describeBrokenLines(jsonl: string): string[] {
  const lines = jsonl.split("\n");
  const broken = lines.flatMap((line, i) => (line.trim() === "" || isJson(line) ? [] : [i + 1]));
  if (broken.length === 0) return [];
  const what = broken.length === 1 ? `line ${broken[0]} is` : `${broken.length} lines are`;
  const first = broken.length === 1 ? "" : `, the first is line ${broken[0]}`;
  return [`${what} no whole JSON${first}, damaged or cut off: read as it is; ${GET_AGAIN}`];
}

/** Without what some programs write beside JSON: comments, numbers that are none, commas before a closing bracket. */
function withoutExtras(json: string): string {
  const parts: string[] = [];
  let end = 0;
  for (const { kind, text, ...token } of readTokens(json)) {
    if (kind === "comment") continue;
    // Words that white space parts stay apart.
    if (token.start > end) parts.push(" ");
    end = token.end;
    if (/^[}\]]/.test(text)) dropLastComma(parts);
    parts.push(NO_NUMBER.test(text) ? "null" : text);
  }
  return parts.join("");
}

function dropLastComma(parts: string[]): void {
  const last = parts.findLastIndex((part) => part !== " ");
  if (parts[last] === ",") parts[last] = " ";
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
