import type { Document } from "../document.ts";
import { createBody } from "./docx/body.ts";
import { type BodyOptions, noFindings } from "./docx/body-options.ts";
import { describeFindings, readMargins } from "./docx/extras.ts";
import { readInserted } from "./docx/inserted.ts";
import { createNotes } from "./docx/notes.ts";
import { createNumbering } from "./docx/numbering.ts";
import { createPages, NO_PAGES } from "./docx/pages.ts";
import { type Sink, writeAsParagraph } from "./docx/sink.ts";
import { createStyles } from "./docx/styles.ts";
import { createWalker } from "./html/walker.ts";
import { assertSomeText } from "./parts.ts";
import { describeUnknownSymbols } from "./symbol-fonts.ts";
import { damaged, openArchive } from "./zip/archive.ts";
import { readTitle } from "./zip/core-properties.ts";
import { partReader, type ReadPart } from "./zip/part.ts";
import { partOfType, type Relationship, readRelationships } from "./zip/relationships.ts";
import type { XmlHandler } from "./zip/xml.ts";

export type OfficeOptions = { readonly signal?: AbortSignal | undefined };
export type DocxOptions = OfficeOptions & {
  /** Whether another document inserts it; such a one inserts no further documents of Word. */
  readonly isInserted?: boolean;
};

/**
 * A Word document: headings as sections, tables as rows, list numbers as Word prints them, notes and comments after
 * the paragraph or table they belong to. Tracked deletions are left out and counted.
 * @throws InputError when it is damaged, encrypted or has no text.
 */
export async function parseDocx(
  bytes: Uint8Array,
  path: string,
  { signal, isInserted = false }: DocxOptions = {},
): Promise<Document> {
  const archive = openArchive(bytes, path);
  const main = partOfType(await readRelationships(archive, ""), "officeDocument") ?? "word/document.xml";
  const relationships = await readRelationships(archive, main);
  if (!archive.names.includes(main)) throw damaged(path, `it has no ${main}`);
  const walker = createWalker();
  const findings = noFindings();
  const pages = createPages(walker.length, () => findings.pictures);
  const inserted = await readInserted({
    archive,
    relationships,
    signal,
    parseDocx: isInserted ? undefined : (one, name) => parseDocx(one, name, { signal, isInserted: true }),
  });
  const readPart = partReader(archive, signal);
  const { styles, numbering } = await readDefinitions(relationships, readPart);
  const options = { sink: walker, styles, numbering, findings, inserted, pages: pages.marks };
  await readBody({ ...options, notes: createNotes() }, { main, relationships, readPart });
  const { text, sections, warnings } = walker.finish();
  assertSomeText({ text, path, kind: "a DOCX document" });
  return {
    path,
    format: "docx",
    title: (await readTitle(archive)) ?? sections.find(({ level }) => level === 1)?.title,
    text,
    pages: pages.lay(text),
    sections,
    warnings: [
      ...archive.warnings,
      ...pages.warnings(),
      ...describeFindings(findings),
      ...describeUnknownSymbols(text),
      ...warnings,
    ],
  };
}

type Relationships = ReadonlyMap<string, Relationship>;

async function readDefinitions(
  relationships: Relationships,
  readPart: ReadPart,
): Promise<Pick<BodyOptions, "styles" | "numbering">> {
  const { handler: styleHandler, styles } = createStyles();
  await readPart(partOfType(relationships, "styles"), styleHandler);
  const { handler: numberHandler, numbering } = createNumbering(styles);
  await readPart(partOfType(relationships, "numbering"), numberHandler);
  return { styles, numbering };
}

type Parts = { readonly main: string; readonly relationships: Relationships; readonly readPart: ReadPart };

/** Notes first, for the text refers to them; headers and footers last. */
async function readBody(options: BodyOptions, { main, relationships, readPart }: Parts): Promise<void> {
  const startBody = (sink: Sink): XmlHandler => createBody({ ...options, sink, pages: NO_PAGES });
  for (const kind of ["comment", "footnote", "endnote"] as const)
    await readPart(partOfType(relationships, `${kind}s`), options.notes.collect(kind, startBody));
  await readPart(main, createBody(options));
  for (const { head, recording } of await readMargins(relationships, readPart, startBody))
    writeAsParagraph(options.sink, head, recording);
}
