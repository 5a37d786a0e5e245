import type { Section } from "../../document.ts";
import { createTextParts } from "./text-parts.ts";

/** Takes a page's text and breaks in order and lays them out as lines; linear in the length of the text. */
export type TextWriter = {
  /** UTF-16 units so far, pending breaks and separators not counted. */
  readonly length: () => number;
  /** Text whose white space is one space. */
  readonly writeInline: (text: string) => void;
  /** Text whose white space is meant. */
  readonly writePreformatted: (text: string) => void;
  /** At least so many line ends before the next text: 1 = new line, 2 = blank line. */
  readonly breakLine: (lineEnds: 1 | 2) => void;
  /** The next text stands on this line, whatever breaks come before it. */
  readonly joinNext: () => void;
  /** White space before the next text, if it does not begin a line. */
  readonly space: () => void;
  /** Stands before the next text on its own line: a list item's mark. */
  readonly markItem: (mark: string) => void;
  /** Stands before the next text on the same line: between table cells. */
  readonly separate: (separator: string) => void;
  /** Writes the separators of empty cells that end a row; drops them where no text has come since `rowStart`. */
  readonly endRow: (rowStart: number | undefined) => void;
  /** What was written from a length on. */
  readonly textSince: (start: number) => string;
  /** Whether white space or nothing stands before the next text. */
  readonly endsInSpace: () => boolean;
  /** Takes back what `pattern` matches at the end of the latest texts; undefined when it matches nothing. */
  readonly takeTail: (pattern: RegExp) => string | undefined;
  readonly startHeading: (level: number) => void;
  readonly endHeading: () => void;
  readonly finish: () => { readonly text: string; readonly sections: readonly Section[] };
};

/** Soft hyphens and zero-width no-break spaces, which stand within words; the latter is white space to `\s`. */
const UNSEEN = /[\u00ad\ufeff]+/g;

/** With one space for white space of any width, and without {@link UNSEEN}. */
export function collapse(text: string): string {
  return text.replace(UNSEEN, "").replace(/\s+/g, " ");
}

/** What will come before the next text, if there is one. */
type Pending = { lineEnds: number; joins: boolean; space: boolean; mark: string; separators: string };

function isPending({ lineEnds, space, mark, separators }: Pending): boolean {
  return lineEnds > 0 || space || mark + separators !== "";
}

export function createTextWriter(): TextWriter {
  const parts = createTextParts();
  const { push } = parts;
  const sections: Section[] = [];
  const pending: Pending = { lineEnds: 0, joins: false, space: false, mark: "", separators: "" };
  let heading: { readonly level: number; readonly parts: string[]; start: number | undefined } | undefined;

  const pushPending = (): void => {
    const isLineStart = parts.length() === 0 || pending.lineEnds > 0;
    if (parts.length() > 0) push("\n".repeat(pending.lineEnds));
    if (pending.space && !isLineStart && pending.separators === "") push(" ");
    push(pending.mark + pending.separators);
    Object.assign(pending, { lineEnds: 0, joins: false, space: false, mark: "", separators: "" });
  };
  const pushText = (text: string): void => {
    if (heading !== undefined) heading.parts.push(pending.space ? ` ${text}` : text);
    pushPending();
    if (heading !== undefined) heading.start ??= parts.length();
    push(text);
  };

  return {
    length: parts.length,
    writeInline: (text) => {
      const collapsed = collapse(text);
      const trimmed = collapsed.trim();
      if (collapsed.startsWith(" ")) pending.space = true;
      if (trimmed === "") return;
      pushText(trimmed);
      pending.space = collapsed.endsWith(" ");
    },
    writePreformatted: (text) => {
      const body = text.replace(/\n+$/, "");
      if (body !== "") pushText(parts.length() === 0 ? body.replace(/^\n+/, "") : body);
      pending.lineEnds += text.length - body.length;
    },
    breakLine: (lineEnds) => {
      if (pending.mark !== "" || pending.joins) return;
      pending.lineEnds = Math.max(pending.lineEnds, lineEnds);
      pending.space = false;
    },
    joinNext: () => Object.assign(pending, { lineEnds: 0, joins: true, space: true }),
    space: () => {
      pending.space = true;
    },
    markItem: (mark) => {
      pending.mark = mark;
    },
    separate: (separator) => {
      pending.separators = pending.separators.trimEnd() + separator;
      pending.space = false;
    },
    endRow: (rowStart) => {
      const isWritten = rowStart !== undefined && parts.length() > rowStart && pending.lineEnds === 0;
      if (isWritten) push(pending.separators.trimEnd());
      pending.separators = "";
    },
    textSince: parts.since,
    endsInSpace: () => parts.length() === 0 || isPending(pending),
    takeTail: (pattern) => (pending.lineEnds > 0 || pending.space ? undefined : parts.takeTail(pattern)),
    startHeading: (level) => {
      heading = { level, parts: [], start: undefined };
    },
    endHeading: () => {
      const title = collapse(heading?.parts.join("") ?? "").trim();
      if (heading?.start !== undefined) sections.push({ title, level: heading.level, start: heading.start });
      heading = undefined;
    },
    finish: () => {
      if (parts.length() > 0) push("\n");
      return { text: parts.join(), sections };
    },
  };
}
