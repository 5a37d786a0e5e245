import type { Page } from "../../document.ts";
import { layPages } from "../parts.ts";

/** Page numbers as Word last laid the document out, or by the breaks that its author set. */
export function createPages(length: () => number) {
  const breaks: number[] = [];
  let hasRendered = false;
  return {
    onBreak: (kind: "explicit" | "rendered"): void => {
      hasRendered ||= kind === "rendered";
      // Word notes the same break twice: as set, and as laid out.
      if (breaks.at(-1) !== length()) breaks.push(length());
    },
    /** None where the file notes no break. */
    lay: (text: string): Page[] => (breaks.length === 0 ? [] : layPages(text, [0, ...breaks])),
    warnings: (): string[] =>
      breaks.length === 0 || hasRendered
        ? []
        : ["pages are counted by the page breaks that the author set; the printed page may be a later one"],
  };
}
