import { InputError } from "../../errors.ts";
import type { Document } from "../document.ts";
import { noFindings } from "./docx/body-options.ts";
import { describeFindings } from "./docx/extras.ts";
import { createPages } from "./docx/pages.ts";
import { createWalker } from "./html/walker.ts";
import { createOdfBody } from "./odf/body.ts";
import { createOdfSheets } from "./odf/sheets.ts";
import { createSlides } from "./odf/slides.ts";
import { assertSomeText, joinParts, type Part } from "./parts.ts";
import { layoutSheet } from "./sheet/layout.ts";
import { createRoom } from "./sheet/room.ts";
import { type Archive, damaged, openArchive } from "./zip/archive.ts";
import { readTitle } from "./zip/core-properties.ts";
import { readPart } from "./zip/part.ts";
import type { XmlHandler } from "./zip/xml.ts";

export type OdfOptions = { readonly signal?: AbortSignal | undefined };

/** Hands styles.xml and then content.xml to a handler. */
type Read = (handler: XmlHandler) => Promise<void>;
type Content = Pick<Document, "text" | "pages" | "sections" | "warnings">;

/**
 * An OpenDocument text, with its headings as sections and notes after their paragraph.
 * @throws InputError when it is damaged, encrypted or has no text; so do the two below.
 */
export async function parseOdt(bytes: Uint8Array, path: string, options: OdfOptions = {}): Promise<Document> {
  return parseOdf({ bytes, path, options, format: "odt" }, async (read) => {
    const walker = createWalker();
    const findings = noFindings();
    const pages = createPages(walker.length, () => findings.pictures);
    await read(createOdfBody({ sink: walker, findings, pages: pages.marks }));
    const { text, sections, warnings } = walker.finish();
    const said = [...pages.warnings(), ...describeFindings(findings), ...warnings];
    return { text, sections, pages: pages.lay(text), warnings: said };
  });
}

/** An OpenDocument spreadsheet: a sheet is a page, a row is a line. */
export async function parseOds(bytes: Uint8Array, path: string, options: OdfOptions = {}): Promise<Document> {
  return parseOdf({ bytes, path, options, format: "ods" }, async (read) => {
    const findings = noFindings();
    const sheets = createOdfSheets(createRoom(path), findings);
    await read(sheets.handler);
    const { warnings, ...joined } = joinParts(sheets.sheets.map(layoutSheet));
    return { ...joined, warnings: [...describeFindings(findings), ...warnings] };
  });
}

/** An OpenDocument presentation: a slide is a page, notes after it. */
export async function parseOdp(bytes: Uint8Array, path: string, options: OdfOptions = {}): Promise<Document> {
  return parseOdf({ bytes, path, options, format: "odp" }, async (read) => {
    const findings = noFindings();
    const slides = createSlides(findings);
    await read(slides.handler);
    const parts = slides.slides().map((part, index): Part => ({ ...part, label: `slide ${index + 1}` }));
    const { warnings, ...joined } = joinParts(parts);
    return { ...joined, warnings: [...describeFindings(findings), ...warnings] };
  });
}

type Source = {
  readonly bytes: Uint8Array;
  readonly path: string;
  readonly options: OdfOptions;
  readonly format: string;
};

async function parseOdf(
  { bytes, path, options: { signal }, format }: Source,
  parse: (read: Read) => Promise<Content>,
): Promise<Document> {
  const archive = openArchive(bytes, path);
  await assertNotEncrypted(archive);
  if (!archive.names.includes("content.xml")) throw damaged(path, "it has no content.xml");
  const found = await parse(async (handler) => {
    for (const name of ["styles.xml", "content.xml"]) await readPart(archive, { name, signal }, handler);
  });
  assertSomeText({ text: found.text, path, kind: `an ${format.toUpperCase()} document` });
  const warnings = [...archive.warnings, ...found.warnings];
  const title =
    (await readTitle(archive, "meta.xml")) ?? found.sections.find(({ level }) => level === 1)?.title;
  return { ...found, path, format, title, warnings };
}

/** The manifest lists what is encrypted (OpenDocument 1.3 part 2, section 4.8). */
async function assertNotEncrypted(archive: Archive): Promise<void> {
  let isEncrypted = false;
  await readPart(
    archive,
    { name: "META-INF/manifest.xml" },
    {
      open: (name) => {
        isEncrypted ||= name === "manifest:encryption-data";
      },
    },
  );
  if (!isEncrypted) return;
  throw new InputError(`${archive.path}: is encrypted with a password`, {
    hint: "open it in LibreOffice and save a copy without the password",
  });
}
