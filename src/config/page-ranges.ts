/** Pages counted from 1, both ends included; `last` is infinite where a range runs to the end. */
export type PageRange = { readonly first: number; readonly last: number };

const RANGE = /^(\d{1,7})(?:\s*(-)\s*(\d{1,7})?)?$/u;

/** "3-10,15" → ranges, "40-" to the end; undefined for what is none, such as "10-3", "0" and "a". */
export function toPageRanges(text: string): readonly PageRange[] | undefined {
  const ranges: PageRange[] = [];
  for (const part of text.split(",")) {
    const match = RANGE.exec(part.trim());
    if (match === null) return undefined;
    const first = Number(match[1]);
    const end = match[2] === undefined ? first : Number.POSITIVE_INFINITY;
    const last = match[3] === undefined ? end : Number(match[3]);
    if (first < 1 || last < first) return undefined;
    ranges.push({ first, last });
  }
  return ranges;
}
