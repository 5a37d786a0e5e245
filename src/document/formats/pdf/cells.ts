import type { Cell } from "./aligned-rows.ts";
import { LEAST_GAP } from "./line-parts.ts";
import { textOf } from "./row-groups.ts";

/** Share of a column's cells that begin, end or have their middle at one place. */
const LEAST_ALIGNED = 0.8;
/** Places that differ by less are one. Font sizes. */
const SAME_PLACE = 0.6;
/** A number and its unit or mark, or what stands for one that is missing; at most one word of three letters. */
const NUMBER = /^[^\p{L}]*\p{N}[^\p{L}]*(?:\p{L}{1,3}\.?)?[^\p{L}]*$|^(?:[–—-]|n\/a|\.+)$/iu;
/** Share of a column's cells that are numbers. */
const LEAST_NUMBERS = 0.6;

export function isFilled(cell: Cell): boolean {
  return cell.length > 0;
}

/** A cell's text on one line. */
export function cellText(cell: Cell): string {
  return cell.map((part) => textOf(part).trim()).join(" ");
}

/** Whether most of a column's texts are numbers. */
export function areNumbers(texts: readonly string[]): boolean {
  const filled = texts.filter((text) => text !== "");
  const numbers = filled.filter((text) => NUMBER.test(text));
  return numbers.length >= LEAST_NUMBERS * filled.length && filled.some((text) => /\p{N}/u.test(text));
}

/** Whether some neighbours in a row are as far apart as columns are. */
export function hasGap(row: readonly Cell[]): boolean {
  const filled = row.filter(isFilled);
  return filled.some((cell, i) => {
    const next = filled[i + 1];
    if (next === undefined) return false;
    const right = Math.max(...cell.map((part) => part.right));
    const left = Math.min(...next.map((part) => part.left));
    return left - right > LEAST_GAP * (cell[0]?.size ?? 0);
  });
}

/** Whether a column's cells are set to the left, to the right, or centred. */
export function isAligned(cells: readonly Cell[]): boolean {
  const filled = cells.filter(isFilled);
  const size = filled[0]?.[0]?.size ?? 0;
  const lefts = filled.map((cell) => Math.min(...cell.map(({ left }) => left)));
  const rights = filled.map((cell) => Math.max(...cell.map(({ right }) => right)));
  const middles = lefts.map((left, i) => (left + (rights[i] ?? left)) / 2);
  return [lefts, rights, middles].some(
    (places) => mostAtOne(places, SAME_PLACE * size) >= LEAST_ALIGNED * places.length,
  );
}

/** How many places at most lie within a width. */
function mostAtOne(places: readonly number[], width: number): number {
  const sorted = places.toSorted((a, b) => a - b);
  let most = 0;
  let from = 0;
  for (const [to, place] of sorted.entries()) {
    while (place - (sorted[from] ?? place) > width) from += 1;
    most = Math.max(most, to - from + 1);
  }
  return most;
}
