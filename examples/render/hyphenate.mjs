const VOWELS = "aeiouy";
/** Pairs that sound as one, so no word is parted between them. */
const TOGETHER = new Set([
  "ch",
  "ck",
  "gh",
  "ng",
  "ph",
  "sh",
  "th",
  "wh",
  "qu",
  "st",
  "tr",
  "dr",
  "pr",
  "br",
  "cr",
  "gr",
  "fr",
  "fl",
  "pl",
  "bl",
  "cl",
  "gl",
  "gn",
  "kn",
]);
const LEAST_BEFORE = 3;
const LEAST_AFTER = 4;

/**
 * Where a long English word may be parted: between two consonants that stand between vowels. Few places, none absurd;
 * names and everything with a capital or a digit stay whole.
 * @param {string} word
 * @returns {number[]} lengths of the first part, longest first
 */
export function hyphenPoints(word) {
  const letters = /^[a-z]{9,}(?=[.,;:)?!]*$)/u.exec(word)?.[0];
  if (letters === undefined) return [];
  const points = [];
  for (let at = letters.length - LEAST_AFTER; at >= LEAST_BEFORE; at -= 1) {
    const [beforeLeft, left, right, afterRight] = letters.slice(at - 2, at + 2);
    const parts = isVowel(beforeLeft) && !isVowel(left) && !isVowel(right) && isVowel(afterRight);
    if (parts && !TOGETHER.has(`${left}${right}`)) points.push(at);
  }
  return points;
}

/** @param {string | undefined} letter */
function isVowel(letter) {
  return letter !== undefined && VOWELS.includes(letter);
}
