/** Dots that lead to a page's number: `4.2 Disk space . . . . . . 95`, `Index......xii`. */
const LEADER = /(?:\.[ \t\u00A0]?){4,}[ \t]*(?:\d+|[ivxlc]+)[ \t]*$/iu;

/** Whether a text is of a table of contents, which names what the document says elsewhere: every other line leads to a page. */
export function isOfContents(text: string): boolean {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const leading = lines.filter((line) => LEADER.test(line));
  return leading.length > 0 && 2 * leading.length >= lines.length;
}
