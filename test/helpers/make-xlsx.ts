import { makeZip } from "./zip.ts";

const SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships";
const DRAWING = "http://schemas.openxmlformats.org/drawingml/2006";

export type SheetXml = {
  readonly name: string;
  readonly data: string;
  readonly state?: string;
  readonly comments?: string;
  /** What stands inside the drawing over the cells. */
  readonly drawing?: string;
};
export type XlsxParts = {
  readonly sheets: readonly SheetXml[];
  /** Plain, or in runs: "<r><t>…". */
  readonly strings?: readonly string[];
  readonly styles?: string;
};

/** A workbook of these worksheets, `data` being what stands inside `worksheet`. */
export function makeXlsx({ sheets, strings = [], styles = "" }: XlsxParts): Uint8Array {
  const relationship = (id: string, type: string, target: string): string =>
    `<Relationship Id="${id}" Type="${R}/${type}" Target="${target}"/>`;
  const relationships = (inner: string): string =>
    `<Relationships xmlns="${PACKAGE}">${inner}</Relationships>`;
  const entries = sheets.map(
    ({ name, state = "visible" }, i) =>
      `<sheet name="${name}" sheetId="${i}" state="${state}" r:id="s${i}"/>`,
  );
  const files: Record<string, string> = {
    "_rels/.rels": relationships(relationship("r1", "officeDocument", "xl/workbook.xml")),
    "xl/workbook.xml": `<workbook xmlns="${SPACE}" xmlns:r="${R}"><sheets>${entries.join("")}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": relationships(
      sheets.map((_, i) => relationship(`s${i}`, "worksheet", `worksheets/sheet${i}.xml`)).join("") +
        relationship("st", "styles", "styles.xml") +
        relationship("ss", "sharedStrings", "/xl/sharedStrings.xml"),
    ),
    "xl/styles.xml": `<styleSheet xmlns="${SPACE}">${styles}</styleSheet>`,
    "xl/sharedStrings.xml": `<sst xmlns="${SPACE}">${strings.map((text) => `<si>${text.startsWith("<r>") ? text : `<t>${text}</t>`}</si>`).join("")}</sst>`,
  };
  for (const [i, { data, comments, drawing }] of sheets.entries()) {
    files[`xl/worksheets/sheet${i}.xml`] = `<worksheet xmlns="${SPACE}">${data}</worksheet>`;
    const own = [
      ...(comments === undefined ? [] : [relationship("c", "comments", `../comments${i}.xml`)]),
      ...(drawing === undefined ? [] : [relationship("d", "drawing", `../drawings/drawing${i}.xml`)]),
    ];
    if (own.length > 0) files[`xl/worksheets/_rels/sheet${i}.xml.rels`] = relationships(own.join(""));
    if (drawing !== undefined)
      files[`xl/drawings/drawing${i}.xml`] =
        `<xdr:wsDr xmlns:xdr="${DRAWING}/spreadsheetDrawing" xmlns:a="${DRAWING}/main" xmlns:c="${DRAWING}/chart">${drawing}</xdr:wsDr>`;
    if (comments === undefined) continue;
    files[`xl/comments${i}.xml`] =
      `<comments xmlns="${SPACE}"><commentList>${comments}</commentList></comments>`;
  }
  return makeZip(files);
}
