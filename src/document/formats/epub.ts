import { InputError } from "../../errors.ts";
import type { Document } from "../document.ts";
import { describeFindings } from "./docx/extras.ts";
import { type ContentsEntry, readContents } from "./epub/contents.ts";
import { type Book, readPackage } from "./epub/package.ts";
import { mergeSections } from "./epub/sections.ts";
import { GET_AGAIN } from "./get-again.ts";
import { createWalker, type Walker } from "./html/walker.ts";
import { walkHtml } from "./html.ts";
import { assertSomeText, joinParts, type Part } from "./parts.ts";
import { type Archive, openArchive } from "./zip/archive.ts";
import { readPart } from "./zip/part.ts";
import { decodeXml } from "./zip/xml.ts";

/** What ends every file of a book (XHTML, SVG, or DTBook of EPUB 2). */
const ROOT_END = /<\/(?:\w+:)?(?:html|svg|dtbook)\s*>/i;

export type EpubOptions = { readonly signal?: AbortSignal | undefined };

/** A file of the book: its text, and where its elements with an id begin. */
type Chapter = Part & { readonly file: string; readonly ids: ReadonlyMap<string, number> };

/**
 * A book: the files of its spine in reading order; its table of contents and its headings are the sections.
 * @throws InputError when it is damaged, protected, or has no text.
 */
export async function parseEpub(
  bytes: Uint8Array,
  path: string,
  { signal }: EpubOptions = {},
): Promise<Document> {
  const archive = openArchive(bytes, path);
  const book = await readPackage(archive);
  await assertNotProtected(archive, book);
  const chapters: Chapter[] = [];
  const missing: string[] = [];
  const pictures = new Set<string>();
  for (const file of book.spine) {
    signal?.throwIfAborted();
    const page = archive.read(file);
    if (page === undefined) {
      missing.push(file);
      continue;
    }
    const xhtml = decodeXml(page);
    if (!ROOT_END.test(xhtml))
      archive.warn(`${file} inside the book ends early: the rest of it is lost; ${GET_AGAIN}`);
    chapters.push(await readChapter(xhtml, { file, path, pictures, signal }));
  }
  const { text, pages, sections, warnings } = joinParts(chapters);
  assertSomeText({ text, path, kind: "an EPUB book" });
  const entries = await readContents(archive, book);
  const placed = entries.flatMap((entry) => {
    const at = place(entry, chapters, (index) => pages[index]?.start ?? 0);
    return at === undefined ? [] : [{ title: entry.title, level: entry.level, start: at }];
  });
  return {
    path,
    format: "epub",
    title: book.title,
    text,
    pages: [],
    sections: mergeSections(text, placed, sections),
    warnings: [
      ...archive.warnings,
      ...describeFindings({ deletions: 0, charts: 0, pictures: pictures.size }),
      ...missing.map((file) => `${file} is missing from the book`),
      ...warnings,
    ],
  };
}

type ChapterOptions = {
  readonly file: string;
  /** Of the book, for errors. */
  readonly path: string;
  /** Takes the names of pictures that are more than decoration. */
  readonly pictures: Set<string>;
  readonly signal: AbortSignal | undefined;
};

async function readChapter(
  xhtml: string,
  { file, path, pictures, signal }: ChapterOptions,
): Promise<Chapter> {
  const ids = new Map<string, number>();
  const walker = createWalker();
  const noting: Walker = {
    ...walker,
    open: (name, attributes) => {
      // The walker itself has no use for these.
      const { id, src = "" } = attributes as { readonly id?: string; readonly src?: string };
      if (name === "img" && attributes.alt !== "") pictures.add(src);
      if (id !== undefined && !ids.has(id)) ids.set(id, walker.length());
      walker.open(name, attributes);
    },
  };
  await walkHtml(xhtml, { name: `${path}: ${file}`, signal, walker: noting });
  return { file, ids, ...walker.finish() };
}

function place(
  { file, fragment }: ContentsEntry,
  chapters: readonly Chapter[],
  startOf: (index: number) => number,
): number | undefined {
  const index = chapters.findIndex((chapter) => chapter.file === file);
  const chapter = chapters[index];
  return chapter === undefined ? undefined : startOf(index) + (chapter.ids.get(fragment) ?? 0);
}

/** Fonts may be scrambled; text that is can be read only by the shop's own program (OCF 3.2, section 4.2.6.3). */
async function assertNotProtected(archive: Archive, { spine }: Book): Promise<void> {
  const encrypted = new Set<string>();
  await readPart(
    archive,
    { name: "META-INF/encryption.xml" },
    {
      open: (name, { URI = "" }) => {
        if (name.endsWith("CipherReference")) encrypted.add(URI);
      },
    },
  );
  if (!spine.some((file) => encrypted.has(file) || encrypted.has(encodeURI(file)))) return;
  throw new InputError(`${archive.path}: is protected by its shop (DRM); its text is encrypted`, {
    hint: "ask the shop for a copy without protection",
  });
}
