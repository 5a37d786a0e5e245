/** Dots that lead to a page's number, of an index to several: `4.2 Disk space . . . . . . 95`, `Index......xii`, `cut.....10, 32–35`. */
const LEADER = /(?:\.[ \t\u00A0]?){4,}[ \t]*(?:\d+|[ivxlc]+)(?:[ \t]*[,–-][ \t]*\d+)*,?[ \t]*$/iu;

/** Longer lines are something else. */
const LONGEST_LINE = 400;

/** Whether a line of a table of contents or an index leads to a page. */
export function leadsToPage(line: string): boolean {
  return line.length <= LONGEST_LINE && LEADER.test(line);
}
