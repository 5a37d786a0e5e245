const LIGATURES = ["ff", "fi", "fl", "ffi", "ffl", "Th"];
/** A ligature is as wide as its letters, but for so much of that. */
const MOST_APART = 0.08;
/** And so many times as wide as the last of them. */
const LEAST_WIDER = 1.3;

/**
 * The ligatures of a font without names, by code, where its map gives a code more for their last letters alone: what is as
 * wide as the letters of one is that. A font that has other letters twice has small capitals or forms of them instead.
 */
export function guessLigatures(
  said: ReadonlyMap<number, string>,
  widths: ReadonlyMap<number, number>,
): Map<number, string> {
  const byLetter = new Map<string, number[]>();
  for (const [code, letter] of said)
    if (/^[A-Za-z]$/.test(letter)) byLetter.set(letter, [...(byLetter.get(letter) ?? []), code]);
  const cut = new Map<number, string>();
  const twice = [...byLetter].filter(([, codes]) => codes.length > 1);
  if (twice.some(([letter]) => !LIGATURES.some((text) => text.endsWith(letter)))) return cut;
  const widthOf = (letter: string): number =>
    Math.min(...(byLetter.get(letter) ?? []).map((code) => widths.get(code) ?? Number.POSITIVE_INFINITY));
  for (const [letter, codes] of twice) {
    const fitting = LIGATURES.filter((text) => text.endsWith(letter));
    const sums = fitting.map((text) => [...text].reduce((sum, part) => sum + widthOf(part), 0));
    for (const code of codes) {
      const width = widths.get(code) ?? 0;
      const apart = sums.map((sum) => Math.abs(width / sum - 1));
      const nearest = fitting[apart.indexOf(Math.min(...apart))];
      const isWide = width >= LEAST_WIDER * widthOf(letter);
      if (nearest !== undefined && isWide && Math.min(...apart) <= MOST_APART) cut.set(code, nearest);
    }
  }
  return cut;
}
