// Sentences hidden in long texts.

/** So many characters of a text, over and over. */
export function filled(filler, length) {
  return filler.repeat(Math.ceil(length / filler.length)).slice(0, length);
}

/** A text with a sentence as a paragraph of its own behind the line that `at` is in. */
export function planted(text, at, sentence) {
  const place = text.indexOf("\n", at) + 1 || text.length;
  return `${text.slice(0, place)}\n${sentence}\n\n${text.slice(place)}`;
}
