/** What some programs write beside JSON: comments, commas before a closing bracket, numbers that are none. */
const EXTRAS = /"(?:[^"\\]|\\[\s\S])*"|\/\/[^\n]*|\/\*[\s\S]*?\*\/|,(?=\s*[}\]])|-?\b(?:NaN|Infinity)\b/g;

/** One sentence where a text is no JSON; none where only comments and the like are too much. */
export function describeBroken(json: string): string[] {
  if (isJson(json) || isJson(json.replace(EXTRAS, plain)) || json.trim().split("\n").every(isJson)) return [];
  return ["is no whole JSON: it seems damaged or cut off, and what is there was read as it is"];
}

/** The same for JSON Lines, whose records stand alone. */
export function describeBrokenLines(jsonl: string): string[] {
  const lines = jsonl.split("\n");
  const broken = lines.flatMap((line, i) => (line.trim() === "" || isJson(line) ? [] : [i + 1]));
  if (broken.length === 0) return [];
  const what = broken.length === 1 ? `line ${broken[0]} is` : `${broken.length} lines are`;
  const first = broken.length === 1 ? "" : `, the first is line ${broken[0]}`;
  return [`${what} no whole JSON${first}: the file seems damaged or cut off, and was read as it is`];
}

function plain(extra: string): string {
  if (extra.startsWith('"')) return extra;
  return /[NI]/.test(extra.slice(0, 2)) ? "null" : " ";
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
