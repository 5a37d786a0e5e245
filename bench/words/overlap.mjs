// How alike two texts are in their words: letters and digits, each counted as often as it stands there.

/** The words of a text: raised digits are words of their own, invisible characters inside words count for nothing. */
export function wordsOf(text) {
  return (
    text
      .replace(/[⁰¹²³⁴-⁹]+/gu, " $& ")
      .normalize("NFKC")
      .replace(/\p{Cf}/gu, "")
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  );
}

/** The words that `found` lacks, each as often as it lacks them. */
export function missing(words, found) {
  const left = new Map();
  for (const word of found) left.set(word, (left.get(word) ?? 0) + 1);
  return words.filter((word) => {
    const count = left.get(word) ?? 0;
    left.set(word, count - 1);
    return count <= 0;
  });
}

/** F1 of two lists of words; 1 where both are empty. */
export function f1Of(words, found) {
  const all = words.length + found.length;
  return all === 0 ? 1 : (2 * (words.length - missing(words, found).length)) / all;
}
