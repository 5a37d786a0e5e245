import { hyphenPoints } from "./hyphenate.mjs";

/**
 * @typedef {"body" | "bold" | "italic" | "mono" | "head"} Style
 * @typedef {{ text: string, style: Style }} Piece
 * @typedef {readonly Piece[]} Word  pieces without white space, set next to each other
 * @typedef {(text: string, style: Style) => number} Measure  in points
 * @typedef {readonly Word[]} Line
 */

/** A gap narrower than this share of the line is left as it is rather than filled with part of a word. */
const LEAST_GAP = 0.06;

/**
 * Flattens marked's inline tokens into pieces of one style each.
 * @param {readonly import("marked").Token[]} tokens @param {Style} style
 * @returns {Piece[]}
 */
export function toPieces(tokens, style = "body") {
  return tokens.flatMap((token) => {
    switch (token.type) {
      case "strong":
        return toPieces(token.tokens ?? [], style === "head" ? "head" : "bold");
      case "em":
        return toPieces(token.tokens ?? [], "italic");
      case "codespan":
        return [{ text: token.text, style: /** @type {Style} */ ("mono") }];
      case "link":
        return toPieces(token.tokens ?? [], style);
      case "text":
      case "escape":
        return "tokens" in token && token.tokens
          ? toPieces(token.tokens, style)
          : [{ text: token.text, style }];
      default:
        throw new Error(`inline ${token.type} is not rendered: ${token.raw}`);
    }
  });
}

/**
 * @param {readonly Piece[]} pieces
 * @returns {Word[]}
 */
export function toWords(pieces) {
  /** @type {Piece[][]} */
  const words = [];
  let open = false;
  for (const { text, style } of pieces) {
    for (const part of text.split(/(\s+)/u)) {
      if (part === "") continue;
      if (/^\s/u.test(part)) open = false;
      else if (open) words.at(-1)?.push({ text: part, style });
      else {
        words.push([{ text: part, style }]);
        open = true;
      }
    }
  }
  return words;
}

/**
 * Greedy filling; a long word is parted where the line would otherwise stay visibly short.
 * @param {readonly Word[]} words @param {{ width: number, measure: Measure }} options
 * @returns {Line[]}
 */
export function wrapWords(words, { width, measure }) {
  const space = measure(" ", "body");
  const wordWidth = (/** @type {Word} */ word) =>
    word.reduce((sum, { text, style }) => sum + measure(text, style), 0);
  /** @type {Word[][]} */
  const lines = [[]];
  let used = 0;
  const queue = [...words];
  for (let word = queue.shift(); word !== undefined; word = queue.shift()) {
    const line = /** @type {Word[]} */ (lines.at(-1));
    const gap = line.length === 0 ? 0 : space;
    const needed = wordWidth(word);
    if (used + gap + needed <= width) {
      line.push(word);
      used += gap + needed;
      continue;
    }
    const room = width - used - gap;
    const parted = room > LEAST_GAP * width ? part(word, room, wordWidth) : undefined;
    if (parted !== undefined) {
      line.push(parted.head);
      queue.unshift(parted.rest);
    } else {
      if (line.length === 0) throw new Error(`wider than a line: ${word.map(({ text }) => text).join("")}`);
      queue.unshift(word);
    }
    lines.push([]);
    used = 0;
  }
  return lines.filter((line) => line.length > 0);
}

/**
 * @param {Word} word @param {number} room @param {(word: Word) => number} wordWidth
 * @returns {{ head: Word, rest: Word } | undefined}
 */
function part(word, room, wordWidth) {
  const [piece] = word;
  if (word.length !== 1 || piece === undefined || piece.style === "mono") return undefined;
  const { text, style } = piece;
  for (const at of hyphenPoints(text)) {
    const head = [{ text: `${text.slice(0, at)}-`, style }];
    if (wordWidth(head) <= room) return { head, rest: [{ text: text.slice(at), style }] };
  }
  return undefined;
}

/**
 * A line as runs of one style each; the space between two styles belongs to the run before it.
 * @param {Line} line
 * @returns {Piece[]}
 */
export function toRuns(line) {
  /** @type {Piece[]} */
  const runs = [];
  line.forEach((word, index) => {
    word.forEach((piece, at) => {
      const spaced = index > 0 && at === 0;
      const last = runs.at(-1);
      if (spaced && last) last.text += " ";
      if (last && last.style === piece.style) last.text += piece.text;
      else runs.push({ ...piece });
    });
  });
  return runs;
}
