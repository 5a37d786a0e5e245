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

/** A duration has the format that shows it: "[h]:mm". */
export type NumberKind = "number" | "date" | "percent" | { readonly elapsed: string };

const ELAPSED = /\[(?:h+|m+|s+)\]/i;

/** What a number format shows; `code` is the file's own format, if it has one. */
export function numberKind(id: number, code: string | undefined): NumberKind {
  if (code === undefined) {
    if (id === 9 || id === 10) return "percent";
    if (id === 46) return { elapsed: "[h]:mm:ss" };
    return DATES.some(([first, last]) => id >= first && id <= last) ? "date" : "number";
  }
  // Quoted text, colours and conditions in brackets, and escaped characters are no part of the pattern.
  const pattern = code.replace(/"[^"]*"|\\.|_.|\*./g, "").replace(/\[(?!(?:h+|m+|s+)\])[^\]]*\]/gi, "");
  if (ELAPSED.test(pattern)) return { elapsed: code };
  if (/[ymdhs]/i.test(pattern.replace(/general/gi, ""))) return "date";
  return pattern.includes("%") ? "percent" : "number";
}

/** A cell's number as a reader expects it: 2024-03-14, 18:30, 12.5 %, 0.3 rather than 0.30000000000000004. */
export function showNumber(raw: string, kind: NumberKind, from1904: boolean): string {
  const value = Number(raw);
  if (raw.trim() === "" || !Number.isFinite(value)) return raw;
  if (kind === "percent") return `${tidy(value * 100)}%`;
  if (typeof kind === "object") return showElapsed(value, kind.elapsed);
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
  if (serial < 1) return time;
  return time === "00:00" ? day : `${day} ${time}`;
}

const SECONDS: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1 };
const ELAPSED_PARTS = /"([^"]*)"|\\(.)|\[(h+|m+|s+)\]|(h+|m+|s+)|\[[^\]]*\]|[_*].|\.0+/gi;

/** A duration of days as its format shows it, to the second: the unit in brackets takes all that the larger ones would. */
function showElapsed(days: number, format: string): string {
  const [positive = ""] = format.split(";");
  const total = Math.round(Math.abs(days) * 86_400);
  let left = total;
  const shown = positive.replace(
    ELAPSED_PARTS,
    (...[, quoted, escaped, all, unit]: (string | undefined)[]) => {
      const letters = (all ?? unit ?? "").toLowerCase();
      const seconds = SECONDS[letters[0] ?? ""];
      if (seconds === undefined) return quoted ?? escaped ?? "";
      const count = Math.floor(left / seconds);
      left -= count * seconds;
      return String(count).padStart(letters.length, "0");
    },
  );
  return `${days < 0 && total > 0 ? "-" : ""}${shown.trim()}`;
}
