/** PDFium's mark for a hyphen that ended a line; the line break after it is gone already. */
const MARK = "\ufffe";
const WORD = /[\p{L}\p{N}]+/gu;
const BROKEN = /([\p{L}\p{N}]*)\ufffe([\p{L}\p{N}]*)/gu;

/**
 * Joins words that were broken at line ends, unless both halves stand elsewhere in the document and the joined word
 * does not ("command-specific"). Of 5,379 measured marks 87 % joined to a dictionary word and 7 % were such compounds.
 */
export function joinHyphens(texts: readonly string[]): string[] {
  const wanted = new Set<string>();
  for (const text of texts) {
    if (!text.includes(MARK)) continue;
    for (const [, left = "", right = ""] of text.matchAll(BROKEN)) {
      for (const word of [left, right, left + right]) wanted.add(word.toLowerCase());
    }
  }
  if (wanted.size === 0) return [...texts];
  const known = wordsAmong(wanted, texts);
  return texts.map((text) =>
    text.includes(MARK)
      ? text.replace(BROKEN, (_, left: string, right: string) => join(known, left, right))
      : text,
  );
}

function join(known: ReadonlySet<string>, left: string, right: string): string {
  if (left === "" || right === "") return `${left}-${right}`;
  const isKnown = (word: string) => known.has(word.toLowerCase());
  const isCompound = !isKnown(left + right) && isKnown(left) && isKnown(right);
  return isCompound ? `${left}-${right}` : left + right;
}

/** Which of the wanted words (in lower case) occur unbroken. */
function wordsAmong(wanted: ReadonlySet<string>, texts: readonly string[]): Set<string> {
  const found = new Set<string>();
  for (const text of texts) {
    // Halves of broken words are no words.
    for (const [word] of text.replace(BROKEN, " ").matchAll(WORD)) {
      const lower = word.toLowerCase();
      if (wanted.has(lower)) found.add(lower);
    }
  }
  return found;
}
