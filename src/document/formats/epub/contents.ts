import type { Archive } from "../zip/archive.ts";
import { readPart } from "../zip/part.ts";
import type { XmlHandler } from "../zip/xml.ts";
import { type Book, localName, resolveHref } from "./package.ts";

/** An entry of a book's table of contents. */
export type ContentsEntry = {
  readonly title: string;
  /** 1 = outermost. */
  readonly level: number;
  readonly file: string;
  /** The id of the element where it begins; "" = the file's beginning. */
  readonly fragment: string;
};

/** The book's table of contents, in its own order; empty where it has none. */
export async function readContents(archive: Archive, { nav, ncx }: Book): Promise<ContentsEntry[]> {
  for (const [file, reader] of [
    [nav, readNav],
    [ncx, readNcx],
  ] as const) {
    if (file === undefined) continue;
    const entries: ContentsEntry[] = [];
    const folder = file.slice(0, file.lastIndexOf("/") + 1);
    await readPart(archive, { name: file }, reader(entries, folder));
    if (entries.length > 0) return entries;
  }
  return [];
}

/** EPUB 3: nested lists of links in the `nav` of type "toc" (section 7). */
function readNav(entries: ContentsEntry[], folder: string): XmlHandler {
  let isContents = false;
  let level = 0;
  let href: string | undefined;
  let title: string[] = [];
  return {
    open: (name, { "epub:type": type, role = "", href: link = "" }) => {
      const element = localName(name);
      if (element === "nav") isContents = /\btoc\b/.test(type ?? role);
      else if (element === "ol") level += 1;
      else if (element === "a" && isContents) {
        href = link;
        title = [];
      }
    },
    close: (name) => {
      const element = localName(name);
      if (element === "nav") isContents = false;
      else if (element === "ol") level -= 1;
      else if (element === "a" && href !== undefined) {
        push(entries, { title, level, target: resolveHref(folder, href) });
        href = undefined;
      }
    },
    text: (text) => {
      if (href !== undefined) title.push(text);
    },
  };
}

/** EPUB 2: nested `navPoint`s, each with a label and then a target. */
function readNcx(entries: ContentsEntry[], folder: string): XmlHandler {
  let level = 0;
  let isLabel = false;
  let title: string[] = [];
  return {
    open: (name, { src = "" }) => {
      const element = localName(name);
      if (element === "navPoint") {
        level += 1;
        title = [];
      } else if (element === "navLabel") isLabel = level > 0;
      else if (element === "content" && level > 0)
        push(entries, { title, level, target: resolveHref(folder, src) });
    },
    close: (name) => {
      const element = localName(name);
      if (element === "navPoint") level -= 1;
      else if (element === "navLabel") isLabel = false;
    },
    text: (text) => {
      if (isLabel) title.push(text);
    },
  };
}

function push(
  entries: ContentsEntry[],
  from: { title: readonly string[]; level: number; target: { file: string; fragment: string } },
): void {
  const title = from.title.join("").replace(/\s+/g, " ").trim();
  if (title !== "") entries.push({ title, level: Math.max(1, from.level), ...from.target });
}
