import { type Archive, damaged } from "../zip/archive.ts";
import { readPart } from "../zip/part.ts";
import { resolvePart } from "../zip/relationships.ts";

/** What an EPUB's package file says of it (EPUB 3.3, section 5). */
export type Book = {
  readonly title: string | undefined;
  /** Names of the files in reading order. */
  readonly spine: readonly string[];
  /** The file of the table of contents: EPUB 3's, else EPUB 2's. */
  readonly nav: string | undefined;
  readonly ncx: string | undefined;
};

type Item = { readonly file: string; readonly type: string; readonly properties: string };

/** Throws InputError where the book does not say what it holds. */
export async function readPackage(archive: Archive): Promise<Book> {
  const opf = await packageFile(archive);
  const folder = opf.slice(0, opf.lastIndexOf("/") + 1);
  const items = new Map<string, Item>();
  const spine: string[] = [];
  const title: string[] = [];
  let titles = 0;
  let isTitle = false;
  const isThere = await readPart(
    archive,
    { name: opf },
    {
      open: (name, attributes) => {
        const element = localName(name);
        isTitle = element === "title" && titles === 0;
        const { id = "", href = "", "media-type": type = "", properties = "", idref = "" } = attributes;
        if (element === "item") items.set(id, { file: resolveHref(folder, href).file, type, properties });
        else if (element === "itemref") spine.push(idref);
      },
      close: (name) => {
        if (localName(name) === "title") titles += 1;
        isTitle = false;
      },
      text: (text) => {
        if (isTitle) title.push(text);
      },
    },
  );
  if (!isThere) throw damaged(archive.path, `it has no ${opf}`);
  const all = [...items.values()];
  // Some books name one file several times, once for each part of it.
  const files = new Set(spine.flatMap((id) => items.get(id)?.file ?? []));
  if (files.size === 0) throw damaged(archive.path, `${opf} names nothing to read`);
  return {
    title: title.join("").replace(/\s+/g, " ").trim() || undefined,
    spine: [...files],
    nav: all.find(({ properties }) => properties.split(/\s+/).includes("nav"))?.file,
    ncx: all.find(({ type }) => type === "application/x-dtbncx+xml")?.file,
  };
}

/** META-INF/container.xml names the package file (EPUB 3.3, section 4.2.6.3.1). */
async function packageFile(archive: Archive): Promise<string> {
  const name = "META-INF/container.xml";
  let found: string | undefined;
  await readPart(
    archive,
    { name },
    {
      open: (element, attributes) => {
        if (localName(element) === "rootfile") found ??= attributes["full-path"];
      },
    },
  );
  found ??= archive.names.find((file) => file.endsWith(".opf"));
  if (found === undefined) throw damaged(archive.path, `it has no ${name}`);
  return found;
}

/** "../Text/c1.xhtml#s%202" as seen from "OEBPS/toc/" is the file "OEBPS/Text/c1.xhtml", fragment "s 2". */
export function resolveHref(folder: string, href: string): { file: string; fragment: string } {
  const [target = "", fragment = ""] = href.split("#");
  return { file: resolvePart(folder, decoded(target)), fragment: decoded(fragment) };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A lone "%" in a name that nobody encoded.
    return text;
  }
}

export function localName(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}
