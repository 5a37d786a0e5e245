/** A piece of RTF (specification 1.9.1, "RTF Syntax"). */
export type Token =
  | { readonly kind: "open" }
  | { readonly kind: "close" }
  | { readonly kind: "word"; readonly name: string; readonly value: number | undefined }
  /** A byte of text in the current code page. */
  | { readonly kind: "byte"; readonly byte: number }
  | { readonly kind: "text"; readonly text: string };

const TOKEN =
  /\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z'])|([{}])|([^\\{}\r\n]+)|[\r\n]+|\\/gy;
/** Control symbols that are characters, and those that stand for a word. */
const CHARACTERS: Readonly<Record<string, string>> = { "\\": "\\", "{": "{", "}": "}" };
const WORDS: Readonly<Record<string, string>> = {
  "\n": "par",
  "\r": "par",
  "*": "*",
  "~": "nbsp",
  _: "nbhyphen",
};

/** The tokens of a file whose bytes are read as Latin-1. Binary data is skipped. */
export function* readTokens(rtf: string): Generator<Token> {
  const pattern = new RegExp(TOKEN);
  for (let match = pattern.exec(rtf); match !== null; match = pattern.exec(rtf)) {
    const [, name, value] = match;
    if (name === "bin") pattern.lastIndex += Math.max(0, Number(value ?? 0));
    else {
      const token = tokenOf(match);
      if (token !== undefined) yield token;
    }
  }
}

function tokenOf([, name, value, hex, symbol, brace, text]: RegExpExecArray): Token | undefined {
  if (name !== undefined)
    return { kind: "word", name, value: value === undefined ? undefined : Number(value) };
  if (text !== undefined) return { kind: "text", text };
  if (hex !== undefined) return { kind: "byte", byte: Number.parseInt(hex, 16) };
  if (brace !== undefined) return { kind: brace === "{" ? "open" : "close" };
  return symbol === undefined ? undefined : symbolToken(symbol);
}

function symbolToken(symbol: string): Token {
  const name = WORDS[symbol];
  if (name !== undefined) return { kind: "word", name, value: undefined };
  return { kind: "text", text: CHARACTERS[symbol] ?? "" };
}
