import { createTables } from "./tables.ts";
import { createTextWriter, type TextWriter } from "./text-writer.ts";

/** What a page's elements and text are handed to, in order. */
export type Walker = {
  readonly open: (name: string, attributes: Readonly<Record<string, string>>) => void;
  readonly close: (name: string) => void;
  readonly text: (text: string) => void;
  readonly title: () => string | undefined;
  readonly finish: TextWriter["finish"];
};

/** Not text of the document; `noscript` is, for that is what a reader without scripts sees. */
const DROPPED = new Set(["script", "style", "template"]);
/** A blank line before and after. */
const PARAGRAPHS = new Set(
  "p h1 h2 h3 h4 h5 h6 pre blockquote ul ol dl table figure article section header footer main nav aside form hr body".split(
    " ",
  ),
);
/** A new line before and after. */
const LINES = new Set(
  "div li dt dd tr caption figcaption address fieldset legend details summary option thead tbody tfoot center br".split(
    " ",
  ),
);
/** These break lines even inside a table cell. */
const NEVER_FLAT = new Set(
  "h1 h2 h3 h4 h5 h6 pre ul ol dl li dt dd table tr caption thead tbody tfoot".split(" "),
);
const CELLS = new Set(["td", "th"]);

/** Turns elements into lines: blocks apart, headings as sections, list marks, table rows, `pre` as it is. */
export function createWalker(): Walker {
  const writer = createTextWriter();
  const tables = createTables(writer);
  const lists: { readonly ordered: boolean; next: number }[] = [];
  const depth = { dropped: 0, pre: 0, svg: 0 };
  let title: string | undefined;
  let inTitle = false;
  let preJustOpened = false;

  const breakFor = (name: string): void => {
    if (!PARAGRAPHS.has(name) && !LINES.has(name)) return;
    if (tables.flattensBreaks() && !NEVER_FLAT.has(name)) {
      writer.space();
      return;
    }
    const isNested = lists.length > 1 && (name === "ul" || name === "ol");
    writer.breakLine(PARAGRAPHS.has(name) && !isNested ? 2 : 1);
    if (name !== "tr") tables.noteBreak();
  };
  const openItem = (): void => {
    const list = lists.at(-1);
    const indent = "  ".repeat(Math.max(0, lists.length - 1));
    writer.markItem(indent + (list?.ordered === true ? `${list.next++}. ` : "- "));
  };
  const openStructure = (name: string, attributes: Readonly<Record<string, string>>): void => {
    if (/^h[1-6]$/.test(name)) writer.startHeading(Number(name[1]));
    else if (name === "li") openItem();
    else if (name === "table") tables.startTable();
    else if (name === "tr") tables.startRow();
    else if (CELLS.has(name)) tables.startCell();
    else if (name === "img" && attributes["alt"] !== undefined) writer.writeInline(attributes["alt"]);
  };

  return {
    open: (name, attributes) => {
      if (DROPPED.has(name)) depth.dropped += 1;
      if (depth.dropped > 0) return;
      if (name === "svg") depth.svg += 1;
      if (name === "title" && depth.svg === 0) inTitle = true;
      if (name === "ul" || name === "ol") {
        lists.push({ ordered: name === "ol", next: Number.parseInt(attributes["start"] ?? "1", 10) || 1 });
      }
      breakFor(name);
      openStructure(name, attributes);
      if (name === "pre") {
        depth.pre += 1;
        preJustOpened = true;
      }
    },
    close: (name) => {
      if (DROPPED.has(name)) depth.dropped = Math.max(0, depth.dropped - 1);
      if (depth.dropped > 0) return;
      if (name === "svg") depth.svg = Math.max(0, depth.svg - 1);
      if (name === "title") inTitle = false;
      if (name === "pre") depth.pre = Math.max(0, depth.pre - 1);
      if (/^h[1-6]$/.test(name)) writer.endHeading();
      if (name === "table") tables.endTable();
      if (name !== "br") breakFor(name);
      if (name === "ul" || name === "ol") lists.pop();
    },
    text: (text) => {
      if (depth.dropped > 0) return;
      if (inTitle) title = (title ?? "") + text;
      else if (depth.pre > 0) writer.writePreformatted(preJustOpened ? text.replace(/^\n/, "") : text);
      else writer.writeInline(text);
      preJustOpened = false;
    },
    title: () => title?.replace(/\s+/g, " ").trim() || undefined,
    finish: writer.finish,
  };
}
