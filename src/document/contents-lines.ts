/** Dots that lead to a page's number, of an index to several: `4.2 Disk space . . . . . . 95`, `Index......xii`, `cut.....10, 32–35`. */
const LEADER = /(?:\.[ \t\u00A0]?){4,}[ \t]*(?:\d+|[ivxlc]+)(?:[ \t]*[,–-][ \t]*\d+)*,?[ \t]*$/iu;

/** The letters over the parts of an index. */
const INDEX_LETTER = /^\s*(?:\p{L}|\p{L}\s*[–-]\s*\p{L}|symbols)\s*$/iu;

/** Longer lines are something else. */
const LONGEST_LINE = 400;

/** Whether a line of a table of contents or an index leads to a page. */
export function leadsToPage(line: string): boolean {
  return line.length <= LONGEST_LINE && LEADER.test(line);
}

/** Whether a text is of a table of contents or an index, which name what the document says elsewhere: every other line leads to a page. */
export function isOfContents(text: string): boolean {
  const lines = text.split("\n").filter((line) => line.trim() !== "" && !INDEX_LETTER.test(line));
  const leading = lines.filter(leadsToPage);
  return leading.length > 0 && 2 * leading.length >= lines.length;
}
