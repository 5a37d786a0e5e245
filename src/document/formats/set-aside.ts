import { sentences } from "../sentences.ts";

/** How many passages a warning quotes, and how much of each. UTF-16 units. */
const QUOTED = 3;
const QUOTED_UNITS = 60;

/** A line for each sentence of a text that is not shown, so that a quote of any of them says so. */
export function unseenLines(text: string): string[] {
  return sentences(text, { start: 0, end: text.length }).map(
    ({ start, end }) => `[not visible: ${text.slice(start, end).replace(/\s+/g, " ")}]`,
  );
}

export function describeStruck(struck: readonly string[]): string[] {
  if (struck.length === 0) return [];
  return [`left out ${count(struck.length, "struck-out passage")}: ${quoted(struck)}`];
}

export function describeUnseen(unseen: readonly string[]): string[] {
  if (unseen.length === 0) return [];
  const what = `${count(unseen.length, "passage")} that the document does not show`;
  return [`${what} ${unseen.length === 1 ? "is" : "are"} marked [not visible: …]: ${quoted(unseen)}`];
}

function count(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? "" : "s"}`;
}

function quoted(passages: readonly string[]): string {
  const shown = passages.slice(0, QUOTED).map((text) => {
    const short = text.length > QUOTED_UNITS ? `${text.slice(0, QUOTED_UNITS).trimEnd()}…` : text;
    return `"${short}"`;
  });
  return shown.join(", ") + (passages.length > QUOTED ? ` and ${passages.length - QUOTED} more` : "");
}
