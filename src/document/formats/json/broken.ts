import { GET_AGAIN } from "../get-again.ts";

/** What some programs write beside JSON: comments, and numbers that are none; then commas before a closing bracket. */
const COMMENTS = /"(?:[^"\\]|\\[\s\S])*"|\/\/[^\n]*|\/\*[\s\S]*?\*\/|-?\b(?:NaN|Infinity)\b/g;
const LAST_COMMAS = /"(?:[^"\\]|\\[\s\S])*"|,(?=\s*[}\]])/g;

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

function withoutExtras(json: string): string {
  const plain = (found: string): string => {
    if (found.startsWith('"')) return found;
    return /^-?[NI]/.test(found) ? "null" : " ";
  };
  return json.replace(COMMENTS, plain).replace(LAST_COMMAS, plain);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
