import { GET_AGAIN } from "../get-again.ts";
import type { Rows } from "./rows.ts";

/** Where so many rows have as many fields, the others are worth a word. */
const LEAST_ROWS = 10;
const USUAL_SHARE = 0.9;

/** One sentence each for what shows that a table is not whole; `text` is what its rows were read from. */
export function describeDamage({ rows, isOpen, strays }: Rows, text: string): string[] {
  const warnings: string[] = [];
  if (isOpen)
    warnings.push("a quotation mark is never closed; the rows from there on were read without quotes");
  if (strays.length > 0) {
    const what = `${rowsHave(strays)} a quotation mark inside a quoted field that is not doubled`;
    warnings.push(`${what}: ${strays.length === 1 ? "it" : "they"} may be damaged`);
  }
  if (isCutOff(rows, text))
    warnings.push(`the last row has fewer fields than all others: the file seems cut off; ${GET_AGAIN}`);
  else warnings.push(...describeUneven(rows));
  return warnings;
}

/** Whether the file ends inside a row: without a line end, and with fewer fields than every other row. */
function isCutOff(rows: Rows["rows"], text: string): boolean {
  const last = rows.at(-1)?.length ?? 0;
  return rows.length > 2 && !/[\r\n]$/.test(text) && rows.slice(0, -1).every(({ length }) => length > last);
}

function describeUneven(rows: Rows["rows"]): string[] {
  const filled = rows.flatMap((row, i) =>
    row.some((field) => field !== "") ? [{ row: i + 1, fields: row.length }] : [],
  );
  const counts = new Map<number, number>();
  for (const { fields } of filled) counts.set(fields, (counts.get(fields) ?? 0) + 1);
  const [usual, share] = [...counts].sort(([, a], [, b]) => b - a)[0] ?? [0, 0];
  const others = filled.filter(({ fields }) => fields !== usual).map(({ row }) => row);
  if (others.length === 0 || share < LEAST_ROWS || share < USUAL_SHARE * filled.length) return [];
  return [`${rowsHave(others)} more or fewer fields than the other ${share}`];
}

/** "row 3 has", "3 rows, the first is row 3, have". */
function rowsHave(rows: readonly number[]): string {
  return rows.length === 1 ? `row ${rows[0]} has` : `${rows.length} rows, the first is row ${rows[0]}, have`;
}
