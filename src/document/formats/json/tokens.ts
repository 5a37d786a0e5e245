/** A piece of JSON, or of what is meant to be JSON; white space between pieces is left out. */
export type Token = {
  readonly kind: "string" | "comment" | "mark" | "bare";
  readonly text: string;
  /** Offset in the text. */
  readonly start: number;
  readonly end: number;
};

/** Beginnings of strings and comments; brackets with nothing between; single marks; runs of anything else. */
const TOKEN = /"|\/\/|\/\*|\{\s*\}|\[\s*\]|[{}[\],:]|[^"{}[\],:\s/]+|\//g;

/** The tokens of a text in order. Strings may be as long as the text: no pattern looks over a whole one. */
export function* readTokens(json: string): Generator<Token> {
  const pattern = new RegExp(TOKEN);
  for (let match = pattern.exec(json); match !== null; match = pattern.exec(json)) {
    const [mark] = match;
    const start = match.index;
    if (mark === '"') pattern.lastIndex = endOfString(json, start);
    else if (mark === "//") pattern.lastIndex = endAt(json, "\n", start);
    else if (mark === "/*") pattern.lastIndex = endAt(json, "*/", start + 2) + 2;
    const end = Math.min(pattern.lastIndex, json.length);
    yield { kind: kindOf(mark), text: json.slice(start, end), start, end };
  }
}

function kindOf(mark: string): Token["kind"] {
  if (mark === '"') return "string";
  if (mark === "//" || mark === "/*") return "comment";
  return /^[{}[\],:]/.test(mark) ? "mark" : "bare";
}

/** Behind the closing quotation mark; the end of the text for a string that is never closed. */
function endOfString(json: string, start: number): number {
  const mark = /["\\]/g;
  mark.lastIndex = start + 1;
  while (mark.test(json)) {
    if (json[mark.lastIndex - 1] === '"') return mark.lastIndex;
    mark.lastIndex += 1;
  }
  return json.length;
}

function endAt(json: string, mark: string, from: number): number {
  const end = json.indexOf(mark, from);
  return end === -1 ? json.length : end;
}
