/** More codes than a font of single bytes has are not looked at. */
const MOST_CODES = 0x10000;

/** What a font's map of letters says: code → letters (ISO 32000-1, 9.10.3; Adobe Technical Note 5411). */
export function readToUnicode(map: string): ReadonlyMap<number, string> {
  const letters = new Map<number, string>();
  for (const [, list = ""] of map.matchAll(/beginbfchar([\s\S]*?)endbfchar/g))
    for (const [, code = "", text = ""] of list.matchAll(/<([^>]*)>\s*<([^>]*)>/g))
      letters.set(Number.parseInt(code, 16), utf16(text));
  for (const [, list = ""] of map.matchAll(/beginbfrange([\s\S]*?)endbfrange/g))
    for (const [, from = "", to = "", text, texts] of list.matchAll(RANGE))
      addRange(
        letters,
        [Number.parseInt(from, 16), Number.parseInt(to, 16)],
        text ?? [...hexIn(texts ?? "")],
      );
  return letters;
}

const RANGE = /<([^>]*)>\s*<([^>]*)>\s*(?:<([^>]*)>|\[([^\]]*)\])/g;

/** One text for the first code, whose last letter goes on with the codes, or a text for each. */
function addRange(
  letters: Map<number, string>,
  [from, to]: readonly [number, number],
  texts: string | readonly string[],
): void {
  for (let code = from; code <= to && code - from < MOST_CODES; code++) {
    const text = typeof texts === "string" ? utf16(texts) : utf16(texts[code - from] ?? "");
    const last = text.charCodeAt(text.length - 1) + (typeof texts === "string" ? code - from : 0);
    letters.set(code, text === "" ? "" : text.slice(0, -1) + String.fromCharCode(last));
  }
}

function* hexIn(list: string): Generator<string> {
  for (const [, hex = ""] of list.matchAll(/<([^>]*)>/g)) yield hex;
}

/** UTF-16BE written in hexadecimal. */
function utf16(hex: string): string {
  const bytes = Buffer.from(hex.replace(/\s/g, ""), "hex");
  return bytes
    .subarray(0, bytes.length - (bytes.length % 2))
    .swap16()
    .toString("utf16le");
}
