import { lettersOf } from "./characters.mjs";

/** A piece of a quote that is shorter may stand anywhere. Letters. */
const SHORTEST = 3;

/**
 * Compares marks with the places of a quote's letters: how many of its `letters` lie in a mark (`covered`), and how many
 * others do (`foreign`).
 */
export function compareMarks(quote, marks, characters) {
  const isIn = ({ page, x, y }) =>
    marks.some(
      (mark) => mark.page === page && x > mark.left && x < mark.right && y > mark.top && y < mark.bottom,
    );
  const marked = characters.map(isIn);
  const quoted = placesOf(lettersOf(quote), characters.map(({ letter }) => letter).join(""), marked);
  return {
    letters: lettersOf(quote).length,
    covered: [...quoted].filter((index) => marked[index]).length,
    foreign: marked.filter((is, index) => is && !quoted.has(index)).length,
  };
}

/**
 * Indexes of a quote's letters on the page. A quote that is not in one piece there (two columns, cells, a footer between two
 * pages) is taken apart from its start, the longest piece first; of several places of a piece, the best marked counts.
 */
function placesOf(quote, text, marked) {
  const indexes = new Set();
  for (let from = 0; from < quote.length; ) {
    const [at, length] = longestIn(quote.slice(from), text, marked);
    for (let i = 0; i < length; i += 1) indexes.add(at + i);
    from += Math.max(1, length);
  }
  return indexes;
}

function longestIn(quote, text, marked) {
  for (let length = quote.length; length >= SHORTEST; length -= 1) {
    const places = occurrences(text, quote.slice(0, length));
    if (places.length === 0) continue;
    const score = (at) => marked.slice(at, at + length).filter(Boolean).length;
    return [places.reduce((best, at) => (score(at) > score(best) ? at : best)), length];
  }
  return [0, 0];
}

function occurrences(text, sought) {
  const found = [];
  for (let at = text.indexOf(sought); at !== -1; at = text.indexOf(sought, at + 1)) found.push(at);
  return found;
}
