import { readRows } from "./rows.ts";

const DELIMITERS = [",", ";", "\t", "|"] as const;
/** Characters and rows that are looked at. */
const SAMPLE = 65_536;
const SAMPLE_ROWS = 200;

/** The delimiter by which most rows have the same number of fields, more than one. */
export function guessDelimiter(text: string): string {
  const sample = text.slice(0, SAMPLE);
  let best: { readonly delimiter: string; readonly score: number } = { delimiter: ",", score: 0 };
  for (const delimiter of DELIMITERS) {
    const score = agreement(readRows(sample, delimiter).rows.slice(0, SAMPLE_ROWS));
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}

/** Share of rows with the commonest length, a little more for more fields; 0 where that is one field. */
function agreement(rows: readonly (readonly string[])[]): number {
  const counts = new Map<number, number>();
  for (const { length } of rows) counts.set(length, (counts.get(length) ?? 0) + 1);
  const [length = 1, count = 0] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [];
  return length === 1 ? 0 : count / rows.length + Math.min(length, 100) / 1000;
}
