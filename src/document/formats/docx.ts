import type { Document } from "../document.ts";
import { createBody } from "./docx/body.ts";
import type { Findings } from "./docx/body-options.ts";
import { describeFindings, readMargins } from "./docx/extras.ts";
import { readNotes } from "./docx/notes.ts";
import { createNumbering } from "./docx/numbering.ts";
import { createPages } from "./docx/pages.ts";
import { writeParagraph } from "./docx/paragraphs.ts";
import { createStyles } from "./docx/styles.ts";
import { createWalker } from "./html/walker.ts";
import { assertSomeText } from "./parts.ts";
import { describeUnknownSymbols } from "./symbol-fonts.ts";
import { damaged, openArchive } from "./zip/archive.ts";
import { readTitle } from "./zip/core-properties.ts";
import { partReader } from "./zip/part.ts";
import { partOfType, readRelationships } from "./zip/relationships.ts";

export type OfficeOptions = { readonly signal?: AbortSignal | undefined };

/**
 * A Word document: headings as sections, tables as rows, list numbers as Word prints them, notes and comments after
 * the paragraph or table they belong to. Tracked deletions are left out and counted.
 * @throws InputError when it is damaged, encrypted or has no text.
 */
export async function parseDocx(
  bytes: Uint8Array,
  path: string,
  { signal }: OfficeOptions = {},
): Promise<Document> {
  const archive = openArchive(bytes, path);
  const main = partOfType(await readRelationships(archive, ""), "officeDocument") ?? "word/document.xml";
  const relationships = await readRelationships(archive, main);
  const readPart = partReader(archive, signal);
  const { handler: styleHandler, styles } = createStyles();
  await readPart(partOfType(relationships, "styles"), styleHandler);
  const { handler: numberHandler, numbering } = createNumbering(styles);
  await readPart(partOfType(relationships, "numbering"), numberHandler);

  const notes = new Map<string, string>();
  for (const kind of ["footnote", "endnote", "comment"] as const) {
    await readPart(partOfType(relationships, `${kind}s`), readNotes(kind, notes));
  }
  if (!archive.names.includes(main)) throw damaged(path, `it has no ${main}`);
  const walker = createWalker();
  const pages = createPages(walker.length);
  const findings: Findings = { deletions: 0, pictures: 0, charts: 0 };
  const onPageBreak = pages.onBreak;
  const body = createBody({ sink: walker, styles, numbering, notes, onPageBreak, findings });
  await readPart(main, body);
  for (const line of await readMargins(relationships, readPart)) {
    writeParagraph(walker, line);
  }
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
