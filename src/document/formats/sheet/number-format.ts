/** Excel's built-in formats that show a date or a time (ECMA-376 part 1, section 18.8.30), and percentages. */
const DATES: readonly (readonly [first: number, last: number])[] = [
  [14, 22],
  [27, 36],
  [45, 47],
  [50, 58],
];
const DAY = 86_400_000;
/** Day 0 of the two ways to count; the first counts a 29 February 1900 that never was. */
const EPOCH_1900 = Date.UTC(1899, 11, 30);
const EPOCH_1904 = Date.UTC(1904, 0, 1);
const FIRST_RIGHT_DAY = 61;

export type NumberKind = "number" | "date" | "percent";

/** What a number format shows; `code` is the file's own format, if it has one. */
export function numberKind(id: number, code: string | undefined): NumberKind {
  if (code === undefined) {
    if (id === 9 || id === 10) return "percent";
    return DATES.some(([first, last]) => id >= first && id <= last) ? "date" : "number";
  }
  // Quoted text, colours and conditions in brackets, and escaped characters are no part of the pattern.
  const pattern = code.replace(/"[^"]*"|\\.|_.|\*./g, "").replace(/\[(?!(?:h+|m+|s+)\])[^\]]*\]/gi, "");
  if (/[ymdhs]/i.test(pattern.replace(/general/gi, ""))) return "date";
  return pattern.includes("%") ? "percent" : "number";
}

/** A cell's number as a reader expects it: 2024-03-14, 18:30, 12.5 %, 0.3 rather than 0.30000000000000004. */
export function showNumber(raw: string, kind: NumberKind, from1904: boolean): string {
  const value = Number(raw);
  if (raw.trim() === "" || !Number.isFinite(value)) return raw;
  if (kind === "percent") return `${tidy(value * 100)}%`;
  if (kind === "date") return showDate(value, from1904) ?? tidy(value);
  // Long whole numbers are account and article numbers: every digit counts.
  return /^-?\d+$/.test(raw) ? raw : tidy(value);
}

function tidy(value: number): string {
  return String(Number(value.toPrecision(15)));
}

function showDate(serial: number, from1904: boolean): string | undefined {
  if (serial < 0) return undefined;
  const early = !from1904 && serial >= 1 && serial < FIRST_RIGHT_DAY ? 1 : 0;
  const epoch = from1904 ? EPOCH_1904 : EPOCH_1900;
  // To the second: times are fractions that seldom come out even.
  const date = new Date(Math.round((epoch + (serial + early) * DAY) / 1000) * 1000);
  if (Number.isNaN(date.getTime())) return undefined;
  const [day = "", clock = ""] = date.toISOString().split("T");
  const time = clock.replace(/(?::00)?\.000Z$/, "");
  if (serial < 1 && !from1904) return time;
  return time === "00:00" ? day : `${day} ${time}`;
}
