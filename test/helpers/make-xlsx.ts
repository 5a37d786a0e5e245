import { makeZip } from "./zip.ts";

const SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships";

export type SheetXml = {
  readonly name: string;
  readonly data: string;
  readonly state?: string;
  readonly comments?: string;
};
export type XlsxParts = {
  readonly sheets: readonly SheetXml[];
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
    "xl/sharedStrings.xml": `<sst xmlns="${SPACE}">${strings.map((text) => `<si><t>${text}</t></si>`).join("")}</sst>`,
  };
  for (const [i, { data, comments }] of sheets.entries()) {
    files[`xl/worksheets/sheet${i}.xml`] = `<worksheet xmlns="${SPACE}">${data}</worksheet>`;
    if (comments === undefined) continue;
    files[`xl/worksheets/_rels/sheet${i}.xml.rels`] = relationships(
      relationship("c", "comments", `../comments${i}.xml`),
    );
    files[`xl/comments${i}.xml`] =
      `<comments xmlns="${SPACE}"><commentList>${comments}</commentList></comments>`;
  }
  return makeZip(files);
}
