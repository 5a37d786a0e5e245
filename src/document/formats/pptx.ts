import type { Document } from "../document.ts";
import { type Findings, noFindings } from "./docx/body-options.ts";
import { describeFindings } from "./docx/extras.ts";
import { writeParagraph } from "./docx/sink.ts";
import { createWalker } from "./html/walker.ts";
import { assertSomeText, joinParts, type Part } from "./parts.ts";
import { readNoteText, readSlide } from "./slides/slide.ts";
import { describeUnknownSymbols } from "./symbol-fonts.ts";
import { type Archive, damaged, openArchive } from "./zip/archive.ts";
import { readTitle } from "./zip/core-properties.ts";
import { partReader, type ReadPart } from "./zip/part.ts";
import { partOfType, readRelationships } from "./zip/relationships.ts";

export type PptxOptions = { readonly signal?: AbortSignal | undefined };

/**
 * A PowerPoint presentation: a slide is a page, its title a section; speaker notes and comments after the slide.
 * @throws InputError when it is damaged, encrypted or has no text.
 */
export async function parsePptx(
  bytes: Uint8Array,
  path: string,
  { signal }: PptxOptions = {},
): Promise<Document> {
  const archive = openArchive(bytes, path);
  const main = partOfType(await readRelationships(archive, ""), "officeDocument") ?? "ppt/presentation.xml";
  if (!archive.names.includes(main)) throw damaged(path, `it has no ${main}`);
  const readPart = partReader(archive, signal);
  const slides = await slideParts(archive, main, readPart);
  const findings = noFindings();
  const parts: Part[] = [];
  for (const [index, slide] of slides.entries()) {
    const part = await readSlidePart({ archive, slide, readPart, findings });
    parts.push({ ...part, label: `slide ${index + 1}` });
  }
  const { text, pages, sections, warnings } = joinParts(parts);
  assertSomeText({ text, path, kind: "a PPTX presentation" });
  const missing = slides.filter((slide) => !archive.names.includes(slide)).length;
  return {
    path,
    format: "pptx",
    title: (await readTitle(archive)) ?? sections[0]?.title,
    text,
    pages,
    sections,
    warnings: [
      ...archive.warnings,
      ...(missing === 0 ? [] : [`${missing} of ${slides.length} slides are missing from the file`]),
      ...describeFindings(findings),
      ...describeUnknownSymbols(text),
      ...warnings,
    ],
  };
}

/** The slides' part names in the order of the show. */
async function slideParts(archive: Archive, main: string, readPart: ReadPart): Promise<string[]> {
  const relationships = await readRelationships(archive, main);
  const slides: string[] = [];
  await readPart(main, {
    open: (name, attributes) => {
      if (name === "p:sldId") slides.push(relationships.get(attributes["r:id"] ?? "")?.target ?? "");
    },
  });
  return slides;
}

async function readSlidePart(from: {
  archive: Archive;
  slide: string;
  readPart: ReadPart;
  findings: Findings;
}): Promise<Part> {
  const { archive, slide, readPart, findings } = from;
  const walker = createWalker();
  const reader = readSlide(findings);
  if (archive.names.includes(slide)) await readPart(slide, reader.handler);
  if (reader.isHidden()) writeParagraph(walker, "(hidden slide)");
  reader.replay(walker);
  for (const { type, target } of (await readRelationships(archive, slide)).values()) {
    if (!/^(?:notesSlide|comments|diagramData)$/.test(type)) continue;
    const notes = readNoteText(type === "notesSlide");
    await readPart(target, notes.handler);
    const head = { notesSlide: "Notes: ", comments: "[comment] " }[type] ?? "";
    for (const [index, paragraph] of notes.paragraphs().entries()) {
      writeParagraph(walker, (type === "notesSlide" && index > 0 ? "" : head) + paragraph);
    }
  }
  return walker.finish();
}
