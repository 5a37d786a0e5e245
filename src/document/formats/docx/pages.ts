import type { Page } from "../../document.ts";
import { layPages } from "../parts.ts";

/** Told where pages break, and of the cells of tables, which break side by side. */
export type PageMarks = {
  readonly onBreak: (kind: "explicit" | "rendered") => void;
  readonly openRow: () => void;
  readonly openCell: () => void;
  readonly closeRow: () => void;
};

/** Of what has no place in the run of pages: notes, headers, slides. */
export const NO_PAGES: PageMarks = {
  onBreak: () => undefined,
  openRow: () => undefined,
  openCell: () => undefined,
  closeRow: () => undefined,
};

type Break = {
  readonly at: number;
  /** Pictures before it. */
  readonly pictures: number;
  /** Whether Word notes a break here that was noted as set already. */
  readonly isAgain: boolean;
};
type Row = { most: readonly Break[]; cell: Break[] };

/** Page numbers as Word last laid the document out, or by the breaks that its author set. */
export function createPages(length: () => number, pictures: () => number) {
  const breaks: Break[] = [];
  const rows: Row[] = [];
  let hasRendered = false;
  /** Where the last break stands, if the author has set it. */
  let set: number | undefined;
  const current = (): Break[] => rows.at(-1)?.cell ?? breaks;
  const takeCell = (row: Row): void => {
    if (row.cell.length > row.most.length) row.most = row.cell;
    row.cell = [];
  };
  const marks: PageMarks = {
    onBreak: (kind) => {
      const isRendered = kind === "rendered";
      hasRendered ||= isRendered;
      current().push({ at: length(), pictures: pictures(), isAgain: isRendered && set === length() });
      set = isRendered ? undefined : length();
    },
    openRow: () => void rows.push({ most: [], cell: [] }),
    openCell: () => {
      const row = rows.at(-1);
      if (row !== undefined) takeCell(row);
    },
    closeRow: () => {
      const row = rows.pop();
      if (row === undefined) return;
      takeCell(row);
      current().push(...row.most);
    },
  };
  return {
    marks,
    /** None where the file notes no break. */
    lay: (text: string): Page[] => {
      const found = breaks.filter(({ isAgain }) => !isAgain);
      if (found.length === 0) return [];
      const before = [0, ...found.map((one) => one.pictures), pictures()];
      return layPages(text, [0, ...found.map(({ at }) => at)]).map((page, i) =>
        page.characters === 0 && before[i] === before[i + 1] ? { ...page, blank: true } : page,
      );
    },
    warnings: (): string[] =>
      breaks.length === 0 || hasRendered
        ? []
        : ["pages are counted by the page breaks that the author set; the printed page may be a later one"],
  };
}
