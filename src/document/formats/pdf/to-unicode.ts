/** More codes than two bytes have are not looked at, however a map gives them. */
const MOST_CODES = 0x10000;

// Files are not trusted: what a pattern may run over is bounded.
const CODE = "<([\\dA-Fa-f\\s]{1,16})>";
const TEXT = "<([\\dA-Fa-f\\s]{0,512})>";
const CHARACTER = new RegExp(`${CODE}\\s{0,16}${TEXT}`, "g");
const RANGE = new RegExp(`${CODE}\\s{0,16}${CODE}\\s{0,16}(?:${TEXT}|\\[([^[\\]]*)\\])`, "g");
const EACH = new RegExp(TEXT, "g");

/** What a font's map of letters says: code → letters (ISO 32000-1, 9.10.3; Adobe Technical Note 5411). */
export function readToUnicode(map: string): ReadonlyMap<number, string> {
  const letters = new Map<number, string>();
  let left = MOST_CODES;
  const set = (code: number, text: string): void => {
    left -= 1;
    letters.set(code, text);
  };
  for (const list of listsIn(map, "bfchar"))
    for (const [, code = "", text = ""] of list.matchAll(CHARACTER))
      if (left > 0) set(Number.parseInt(code, 16), utf16(text));
  for (const list of listsIn(map, "bfrange"))
    for (const [, from = "", to = "", text, texts = ""] of list.matchAll(RANGE)) {
      const first = Number.parseInt(from, 16);
      const count = Math.min(left, Number.parseInt(to, 16) - first + 1);
      const all = text === undefined ? textsOf(texts, count) : countedOn(utf16(text), count);
      for (const [i, one] of all.entries()) set(first + i, one);
    }
  return letters;
}

/** What stands between "begin" and "end" of a kind. */
function listsIn(map: string, kind: string): string[] {
  const behind = map.split(`begin${kind}`).slice(1);
  return behind.flatMap((list) => list.split(`end${kind}`, 1));
}

/** A text for each code. */
function textsOf(list: string, count: number): string[] {
  const texts = [...list.matchAll(EACH)].map(([, hex = ""]) => utf16(hex));
  return texts.slice(0, Math.max(0, count));
}

/** A text whose last letter goes on with the codes. */
function countedOn(text: string, count: number): string[] {
  const last = text.charCodeAt(text.length - 1);
  return Array.from({ length: Math.max(0, count) }, (_, i) => {
    return text === "" ? "" : text.slice(0, -1) + String.fromCharCode(last + i);
  });
}

/** UTF-16BE written in hexadecimal. */
function utf16(hex: string): string {
  const bytes = Buffer.from(hex.replace(/\s/g, ""), "hex");
  return bytes
    .subarray(0, bytes.length - (bytes.length % 2))
    .swap16()
    .toString("utf16le");
}
