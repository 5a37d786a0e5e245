import type { Span } from "../../document/sentences.ts";

/** A number as headings, items and paragraphs have it: "9.", "(3)", "10.3.1". */
const NUMBER = /^[([]?(\d+(?:\.\d+)*)[.)\]]?$/u;
/** So far from a paragraph's number its neighbours are looked for, in UTF-16 units. */
const NEAR = 3000;

/**
 * Whether an answer is nothing but the number of what it was taken from: of a heading or an item ("9." of "9. No Debts"), or of
 * a paragraph, alone on a line and counted on from paragraph to paragraph. Not if the passage says that number in its words, too.
 */
export function isLabelNumber(answer: string, text: string, { start, end }: Span): boolean {
  const number = NUMBER.exec(answer.trim())?.[1];
  if (number === undefined) return false;
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const lines = text.slice(lineStart, end).split("\n");
  const naming = lines.filter((line) => hasNumber(line, number));
  const around = text.slice(Math.max(0, start - NEAR), end + NEAR);
  return naming.length > 0 && naming.every((line) => leads(line, number) || counts(line, number, around));
}

function hasNumber(line: string, number: string): boolean {
  return line.split(/[^\d.]+/u).some((part) => part.replace(/\.$/u, "") === number);
}

/** Whether the number stands before the words of a line, and nowhere else in it. */
function leads(line: string, number: string): boolean {
  const rest = line.trimStart().replace(/^[([]/u, "");
  if (!rest.startsWith(number)) return false;
  const behind = rest.slice(number.length);
  const isDotted = /^[.)\]]\s+\p{L}/u.test(behind) || (number.includes(".") && /^\s+\p{L}/u.test(behind));
  return isDotted && !hasNumber(behind, number);
}

/** Whether the number is alone on its line, and so is the one before or behind it. */
function counts(line: string, number: string, around: string): boolean {
  if (line.trim() !== number || number.includes(".")) return false;
  const isAlone = (other: number): boolean => new RegExp(`^[ \\t]*${other}[ \\t]*$`, "mu").test(around);
  return isAlone(Number(number) - 1) || isAlone(Number(number) + 1);
}
