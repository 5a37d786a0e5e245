import type { Document } from "../document.ts";
import { noFindings } from "./docx/body-options.ts";
import { describeFindings } from "./docx/extras.ts";
import { assertSomeText, joinParts, type Part } from "./parts.ts";
import { describeStruck } from "./set-aside.ts";
import { createCells, type Workbook } from "./sheet/cells.ts";
import { readDrawing } from "./sheet/drawing.ts";
import { layoutSheet } from "./sheet/layout.ts";
import { readCellStyles, readComments, readStrings } from "./sheet/parts.ts";
import { createRoom } from "./sheet/room.ts";
import { damaged, openArchive } from "./zip/archive.ts";
import { readTitle } from "./zip/core-properties.ts";
import { isOn } from "./zip/on-off.ts";
import { partReader } from "./zip/part.ts";
import { partOfType, readRelationships } from "./zip/relationships.ts";
import type { XmlHandler } from "./zip/xml.ts";

export type XlsxOptions = { readonly signal?: AbortSignal | undefined };

type SheetEntry = { readonly name: string; readonly id: string; readonly hidden: boolean };

/**
 * An Excel workbook: a sheet is a page, a row is a line; numbers as their format shows them, formulas by their last
 * result.
 * @throws InputError when it is damaged, encrypted or has no text.
 */
export async function parseXlsx(
  bytes: Uint8Array,
  path: string,
  { signal }: XlsxOptions = {},
): Promise<Document> {
  const archive = openArchive(bytes, path);
  const main = partOfType(await readRelationships(archive, ""), "officeDocument") ?? "xl/workbook.xml";
  if (!archive.names.includes(main)) throw damaged(path, `it has no ${main}`);
  const readPart = partReader(archive, signal);
  const { sheets, from1904 } = await readWorkbook((handler) => readPart(main, handler));
  const relationships = await readRelationships(archive, main);
  const strings = readStrings();
  await readPart(partOfType(relationships, "sharedStrings"), strings.handler);
  const cellStyles = readCellStyles();
  await readPart(partOfType(relationships, "styles"), cellStyles.handler);
  const findings = noFindings();
  const workbook: Workbook = {
    strings: strings.strings,
    styles: cellStyles.styles(),
    from1904,
    takeRoom: createRoom(path),
    struck: [],
  };

  const parts: Part[] = [];
  const missing: string[] = [];
  for (const { name, id, hidden } of sheets) {
    const target = relationships.get(id)?.target ?? "";
    const comments = readComments();
    const own = await readRelationships(archive, target);
    await readPart(partOfType(own, "comments"), comments.handler);
    const drawing = readDrawing(findings);
    await readPart(partOfType(own, "drawing"), drawing.handler);
    const cells = createCells(workbook, comments.comments);
    if (archive.names.includes(target)) await readPart(target, cells.handler);
    else missing.push(name);
    const unplaced = [...cells.unplaced()].map(
      ([cell, comment]) => `[comment on ${cell}: ${comment.trim()}]`,
    );
    parts.push(layoutSheet({ name, hidden, rows: cells.rows(), asides: [...unplaced, ...drawing.lines] }));
  }
  const { text, pages, sections } = joinParts(parts);
  assertSomeText({ text, path, kind: "an XLSX workbook" });
  return {
    path,
    format: "xlsx",
    title: await readTitle(archive),
    text,
    pages,
    sections,
    warnings: [
      ...archive.warnings,
      ...missing.map((name) => `the sheet ${name} is missing from the file`),
      ...describeFindings(findings),
      ...describeStruck(workbook.struck),
    ],
  };
}

async function readWorkbook(
  read: (handler: XmlHandler) => Promise<void>,
): Promise<{ sheets: SheetEntry[]; from1904: boolean }> {
  const sheets: SheetEntry[] = [];
  let from1904 = false;
  await read({
    open: (element, { name = "", state = "visible", "r:id": id = "", date1904 = "0" }) => {
      if (element === "x:workbookPr") from1904 = isOn(date1904);
      if (element === "x:sheet") sheets.push({ name, id, hidden: state !== "visible" });
    },
  });
  return { sheets, from1904 };
}
