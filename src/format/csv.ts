import { printable } from "./printable.ts";

/**
 * Spreadsheets take what begins with one of =+-@ for a formula: text that does so is marked as text. A table may be printed on a
 * terminal: nothing in it is obeyed there.
 */
export function csvField(value: string | number | null): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const shown = printable(value);
  const text = /^[=+\-@\t]/u.test(shown) ? `'${shown}` : shown;
  return /[",\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Lines end as RFC 4180 has it. */
export function csvRows(rows: readonly string[]): string {
  return rows.map((row) => `${row}\r\n`).join("");
}
