/** How an element breaks lines: 2 = blank line before and after, 1 = new line, 0 = not at all. */
export function lineEndsAround(name: string): 0 | 1 | 2 {
  if (PARAGRAPHS.has(name)) return 2;
  return LINES.has(name) ? 1 : 0;
}

/**
 * Not text of the document; `noscript` is, for that is what a reader without scripts sees. `rp` holds the brackets
 * that stand around ruby text anyway.
 */
export const DROPPED = setOf("script style template rp");

/** These break lines even inside a table cell. */
export const NEVER_FLAT = setOf("h1 h2 h3 h4 h5 h6 pre ul ol dl li dt dd table tr caption thead tbody tfoot");

const PARAGRAPHS = setOf(
  "p h1 h2 h3 h4 h5 h6 pre blockquote ul ol dl table figure article section header footer main nav aside form hr body",
);
const LINES = setOf(
  "div li dt dd tr caption figcaption address fieldset legend details summary thead tbody tfoot center br",
);

function setOf(names: string): ReadonlySet<string> {
  return new Set(names.split(" "));
}
