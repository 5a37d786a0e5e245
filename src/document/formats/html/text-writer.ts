import type { Section } from "../../document.ts";

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
  /** White space before the next text, if it does not begin a line. */
  readonly space: () => void;
  /** Stands before the next text on its own line: a list item's mark. */
  readonly markItem: (mark: string) => void;
  /** Stands before the next text on the same line: between table cells. */
  readonly separate: (separator: string) => void;
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
type Pending = { lineEnds: number; space: boolean; mark: string; separators: string };

export function createTextWriter(): TextWriter {
  const parts: string[] = [];
  const sections: Section[] = [];
  const pending: Pending = { lineEnds: 0, space: false, mark: "", separators: "" };
  let length = 0;
  let heading: { readonly level: number; readonly parts: string[]; start: number | undefined } | undefined;

  const push = (text: string): void => {
    parts.push(text);
    length += text.length;
  };
  const pushPending = (): void => {
    const isLineStart = length === 0 || pending.lineEnds > 0;
    if (length > 0) push("\n".repeat(pending.lineEnds));
    if (pending.space && !isLineStart && pending.separators === "") push(" ");
    push(pending.mark + pending.separators);
    Object.assign(pending, { lineEnds: 0, space: false, mark: "", separators: "" });
  };
  const pushText = (text: string): void => {
    if (heading !== undefined) heading.parts.push(pending.space ? ` ${text}` : text);
    pushPending();
    if (heading !== undefined) heading.start ??= length;
    push(text);
  };

  return {
    length: () => length,
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
      if (body !== "") pushText(length === 0 ? body.replace(/^\n+/, "") : body);
      pending.lineEnds += text.length - body.length;
    },
    breakLine: (lineEnds) => {
      if (pending.mark !== "") return;
      pending.lineEnds = Math.max(pending.lineEnds, lineEnds);
      pending.space = false;
    },
    space: () => {
      pending.space = true;
    },
    markItem: (mark) => {
      pending.mark = mark;
    },
    separate: (separator) => {
      pending.separators += separator;
      pending.space = false;
    },
    startHeading: (level) => {
      heading = { level, parts: [], start: undefined };
    },
    endHeading: () => {
      const title = collapse(heading?.parts.join("") ?? "").trim();
      if (heading?.start !== undefined) sections.push({ title, level: heading.level, start: heading.start });
      heading = undefined;
    },
    finish: () => {
      if (length > 0) push("\n");
      return { text: parts.join(""), sections };
    },
  };
}
