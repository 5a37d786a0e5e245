import { withAsciiDigits } from "./digits.ts";

/** What groups digits by three: full stop, comma, spaces of any width, apostrophes. */
const GROUPS = "[.,'’ \\u00a0\\u2009\\u202f]";

/**
 * Source of a pattern, with one group, for texts with ASCII digits: numbers that are more than a run of digits, in groups
 * (1,234.56 = 1.234,56 = 1 234.56), 12,5 and 2½; dates, times, versions, ranges, fractions (2024-01-05, 12:30, v1.2.3, 3/4).
 */
export const NUMBER = `(?=[\\dvV½¼¾])(?:${[
  `[1-9]\\d{0,2}(${GROUPS})\\d{3}(?:\\1\\d{3})*(?:(?!\\1)[.,]\\d+)?(?![.,:]?[\\d½¼¾])`,
  "\\d*[½¼¾]",
  "[vV]?\\d+(?:[.,:/-]\\d+)+",
].join("|")})`;

const WHOLE = new RegExp(`^${NUMBER}$`, "u");
const ANY = new RegExp(`${NUMBER}|\\d+`, "gu");
const GROUPED = new RegExp(`^(\\d{1,3}(${GROUPS})\\d{3}(?:\\2\\d{3})*)(?:[.,](\\d+))?$`, "u");
const DECIMAL = /^(\d+)[.,](\d+)$/u;
const MAYBE_VERSION = /^\d\.[1-9]0$/;
const FRACTIONS: Readonly<Record<string, string>> = { "½": "5", "¼": "25", "¾": "75" };

/** Whether a text is a match of {@link NUMBER}. */
export function isNumber(written: string): boolean {
  return WHOLE.test(written);
}

/** The numbers of a text, runs of digits among them, as they are written. */
export function numbersIn(text: string): string[] {
  return Array.from(withAsciiDigits(text).matchAll(ANY), ({ 0: { length }, index }) => {
    return text.slice(index, index + length);
  });
}

/**
 * The normal forms of a number as it is written. A single mark before three digits groups them ("1.234" is 1234): which of
 * the two it is, the text alone does not tell. What may be several numbers (dates, versions, columns of a table) gives
 * these as well, and so does 1.10, which is 1.1 or a version.
 */
export function numberForms(asWritten: string): string[] {
  const written = withAsciiDigits(asWritten);
  const grouped = GROUPED.exec(written);
  if (grouped !== null && !written.startsWith("0")) {
    const whole = amount((grouped[1] ?? "").replaceAll(/\D/gu, ""), grouped[3]);
    return /\s/u.test(written) ? [whole, ...written.split(/\s/u).flatMap(numberForms)] : [whole];
  }
  const fraction = FRACTIONS[written.at(-1) ?? ""];
  if (fraction !== undefined) return [amount(written.slice(0, -1) || "0", fraction)];
  const [, whole, decimals] = DECIMAL.exec(written) ?? [];
  if (whole !== undefined)
    return MAYBE_VERSION.test(written) ? [written, short(written)] : [amount(whole, decimals)];
  const bare = written.replace(/^v/iu, "");
  if (DECIMAL.test(bare)) return [bare.replace(",", ".")];
  const parts = bare.split(/\D/u);
  return parts.length === 1 ? parts : [bare, ...parts];
}

/** The values that a number may have: those of its forms, and 1.234 of 1,234. */
export function valuesOf(written: string): number[] {
  const ascii = withAsciiDigits(written);
  const decimal = DECIMAL.test(ascii) ? [ascii.replace(",", ".")] : [];
  return [...numberForms(written), ...decimal].map(Number).filter(Number.isFinite);
}

/** 12.00 euros are 12, and 12.50 are 12.5; version 1.0 is not version 1. */
function amount(whole: string, decimals: string | undefined): string {
  return decimals === undefined || decimals === "00" ? whole : short(`${whole}.${decimals}`);
}

/** Without a zero behind other decimals. */
function short(decimal: string): string {
  return decimal.replace(/(?<=\.\d*[1-9])0+$/u, "");
}
