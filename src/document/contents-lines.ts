/** Dots that lead to a page's number: `4.2 Disk space . . . . . . 95`, `Index......xii`. */
const LEADER = /(?:\.[ \t\u00A0]?){4,}[ \t]*(?:\d+|[ivxlc]+)[ \t]*$/iu;

/** Longer lines are something else. */
const LONGEST_LINE = 400;

/** Whether a line of a table of contents leads to a page. */
export function leadsToPage(line: string): boolean {
  return line.length <= LONGEST_LINE && LEADER.test(line);
}

/** Whether a text is of a table of contents, which names what the document says elsewhere: every other line leads to a page. */
export function isOfContents(text: string): boolean {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const leading = lines.filter(leadsToPage);
  return leading.length > 0 && 2 * leading.length >= lines.length;
}
