import { describe, expect, test } from "vitest";

import { parseBytes } from "../../../src/document/parse.ts";
import { makeZip } from "../../helpers/zip.ts";

const SPACES = ["office", "text", "table", "style", "presentation", "manifest"]
  .map((name) => `xmlns:${name}="urn:oasis:names:tc:opendocument:xmlns:${name}:1.0"`)
  .concat('xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"')
  .join(" ");

type Kind = "text" | "spreadsheet" | "presentation";
const make = (kind: Kind, body: string, styles = ""): Uint8Array =>
  makeZip({
    mimetype: `application/vnd.oasis.opendocument.${kind}`,
    "content.xml": `<office:document-content ${SPACES}><office:automatic-styles>${styles}</office:automatic-styles><office:body><office:${kind}>${body}</office:${kind}></office:body></office:document-content>`,
  });
const odt = (body: string, styles = "") => parseBytes(make("text", body, styles), "a.odt");

describe("a text", () => {
  test("has headings, lists, white space and line breaks", async () => {
    const { text, sections } = await odt(
      '<text:h text:outline-level="2">Rent</text:h><text:p>It<text:s text:c="3"/>is<text:line-break/>due<text:tab/>now.</text:p><text:list text:style-name="N"><text:list-item><text:p>a</text:p></text:list-item><text:list-item><text:p>b</text:p></text:list-item></text:list>',
      '<text:list-style style:name="N"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/></text:list-style>',
    );
    expect(text).toBe("Rent\n\nIt is\ndue now.\n\n1. a\n2. b\n");
    expect(sections).toEqual([{ title: "Rent", level: 2, start: 0 }]);
  });

  test("has notes, comments and boxes after their paragraph", async () => {
    const { text } = await odt(
      '<text:p>Rent<text:note text:note-class="endnote"><text:note-citation>i</text:note-citation><text:note-body><text:p>Without</text:p><text:p>heating.</text:p></text:note-body></text:note> is<office:annotation><dc:creator>Ida</dc:creator><dc:date>2024-01-01</dc:date><text:p>Really?</text:p></office:annotation> fixed.<draw:frame><draw:text-box><text:p>Boxed.</text:p></draw:text-box></draw:frame></text:p><text:p>Next.</text:p>',
    );
    expect(text).toBe(
      "Rent[endnote i] is fixed.\n\n[endnote i] Without heating.\n\n[comment] by Ida: Really?\n\nBoxed.\n\nNext.\n",
    );
  });

  test("has the rows of a split cell, each with the cells before it", async () => {
    const cell = (text: string) => `<table:table-cell><text:p>${text}</text:p></table:table-cell>`;
    const row = (...cells: string[]) => `<table:table-row>${cells.join("")}</table:table-row>`;
    const split = (...rows: string[]) =>
      `<table:table-cell table:number-columns-spanned="2"><table:table table:is-sub-table="true">${rows.join("")}</table:table></table:table-cell><table:covered-table-cell/>`;
    const inner = split(row(cell("c"), cell("-x")), row(cell("d"), cell("-y")));
    const { text } = await odt(
      `<table:table>${row(cell("Group"), cell("Option"), cell("Means"))}${row(cell("Format"), split(row(cell("-a"), cell("A")), row(cell("-b"), cell("B"))))}${row(cell("Deep"), split(row(cell("o"), inner)))}${row(cell("Last"), cell("-z"), cell("Z"))}</table:table><text:p>After.</text:p>`,
    );
    expect(text).toBe(
      "Group | Option | Means\nFormat | -a | A\nFormat | -b | B\nDeep | o | c | -x\nDeep | o | d | -y\nLast | -z | Z\n\nAfter.\n",
    );
  });

  test("has tables, repeats what spans rows, and survives a table in a cell", async () => {
    const cell = (text: string, more = "") =>
      `<table:table-cell ${more}><text:p>${text}</text:p></table:table-cell>`;
    const row = (cells: string) => `<table:table-row>${cells}</table:table-row>`;
    const { text } = await odt(
      `<table:table><table:table-header-rows>${row(cell("Part") + cell("Berth"))}</table:table-header-rows>${row(cell("North", 'table:number-rows-spanned="2"') + cell("B1"))}${row(`<table:covered-table-cell/>${cell("B2")}`)}${row(`<table:table-cell><table:table>${row(cell("in"))}</table:table></table:table-cell>${cell("B3")}`)}</table:table><text:p>After.</text:p>`,
    );
    expect(text).toMatch(/^Part \| Berth\nNorth \| B1\nNorth \| B2\n+in[\n |]+B3\n\nAfter\.\n$/);
  });

  test("leaves tracked deletions out, and counts them; its soft page breaks are pages", async () => {
    const { text, pages, warnings } = await odt(
      "<text:tracked-changes><text:changed-region><text:deletion><text:p>not</text:p></text:deletion></text:changed-region></text:tracked-changes><text:p>One.</text:p><text:p>Two<text:soft-page-break/> three.</text:p>",
    );
    expect(text).toBe("One.\n\nTwo three.\n");
    expect(pages.map(({ start, end }) => text.slice(start, end))).toEqual(["One.\n\nTwo ", "three.\n"]);
    expect(warnings).toEqual(["1 tracked deletion was left out"]);
  });

  test("that is encrypted is refused", async () => {
    const bytes = makeZip({
      mimetype: "application/vnd.oasis.opendocument.text",
      "content.xml": "\u0001\u0002",
      "META-INF/manifest.xml": `<manifest:manifest ${SPACES}><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>`,
    });
    await expect(parseBytes(bytes, "a.odt")).rejects.toThrow("a.odt: is encrypted with a password");
  });
});

test("a spreadsheet has a page for each sheet; a million repeated empty rows are none", async () => {
  const cell = (text: string, more = "") =>
    `<table:table-cell ${more}><text:p>${text}</text:p></table:table-cell>`;
  const body = `<table:table table:name="Fees"><table:table-row>${cell("Berth")}${cell("Fee")}</table:table-row><table:table-row>${cell("B1", 'table:number-columns-repeated="2"')}<table:table-cell table:number-columns-repeated="16382"/></table:table-row><table:table-row table:number-rows-repeated="1048573"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>`;
  const { text, pages } = await parseBytes(make("spreadsheet", body), "a.ods");
  expect(text).toBe("Fees\n\nBerth | Fee\nB1 | B1\n");
  expect(pages.map(({ label }) => label)).toEqual(["sheet Fees"]);
});

describe("a spreadsheet's", () => {
  const cell = (text: string, more = "") =>
    `<table:table-cell ${more}><text:p>${text}</text:p></table:table-cell>`;
  const row = (cells: string, more = "") => `<table:table-row ${more}>${cells}</table:table-row>`;
  const sheet = (name: string, rows: string, more = "") =>
    `<table:table table:name="${name}" ${more}>${rows}</table:table>`;
  const COVERED = "<table:covered-table-cell/>";
  const spans = (columns: number, rows: number) =>
    `table:number-columns-spanned="${columns}" table:number-rows-spanned="${rows}"`;
  const textOf = async (body: string, styles = "") =>
    (await parseBytes(make("spreadsheet", body, styles), "a.ods")).text;

  test("merged cells stand in each row and column that they span, empty rows or not", async () => {
    const rows = [
      row(COVERED, 'table:number-rows-repeated="3"'),
      row(cell("Ward", spans(1, 4)) + cell("Day") + cell("Nurse", spans(2, 1)) + COVERED),
      row(COVERED + cell("Mon") + cell("Anna") + cell("Ben")),
      row(COVERED, 'table:number-rows-repeated="1"'),
      row(COVERED + cell("Tue") + cell("Cem")),
      row(cell("") + cell("Wed")),
    ];
    expect(await textOf(sheet("Plan", rows.join("")))).toBe(
      "Plan\n\nWard | Day | Nurse | Nurse\nWard | Mon | Anna | Ben\n\nWard | Tue | Cem\n | Wed\n",
    );
  });

  test("shapes over the cells follow them, and pictures are counted", async () => {
    const shapes =
      "<table:shapes><draw:custom-shape><text:p>Do not</text:p><text:p>sign.</text:p></draw:custom-shape><draw:frame><draw:image/></draw:frame></table:shapes>";
    const body = sheet("Plan", shapes + row(cell("x")));
    const { text, warnings } = await parseBytes(make("spreadsheet", body), "a.ods");
    expect(text).toBe("Plan\n\nx\n\n[text box: Do not sign.]\n");
    expect(warnings).toEqual(["1 picture was not read"]);
  });

  test("hidden sheets are marked", async () => {
    const style = '<style:style style:name="h"><style:table-properties table:display="false"/></style:style>';
    const draft = sheet("Draft", row(cell("x")), 'table:style-name="h"');
    expect(await textOf(draft + sheet("Plan", row(cell("y"))), style)).toBe(
      "Draft (hidden sheet)\n\nx\n\nPlan\n\ny\n",
    );
  });

  test("repeated rows are all there, as far as there is room", async () => {
    const rows = row(cell("0"), 'table:number-rows-repeated="1500"');
    expect((await textOf(sheet("S", rows + row(cell("end"))))).match(/^0$/gm)).toHaveLength(1500);
    const wide = cell("x".repeat(100), 'table:number-columns-repeated="16384"');
    const bomb = sheet("S", row(wide, 'table:number-rows-repeated="1048576"'));
    await expect(textOf(bomb)).rejects.toThrow("a.ods: its cells have more than 128 million characters");
  });
});

test("a presentation has a page for each slide: title, text, notes", async () => {
  const frame = (text: string, kind: string) =>
    `<draw:frame presentation:class="${kind}"><draw:text-box><text:p>${text}</text:p></draw:text-box></draw:frame>`;
  const body = `<draw:page>${frame("The quay is deep.", "outline")}${frame("Harbour", "title")}<presentation:notes>${frame("Ask for money.", "notes")}</presentation:notes></draw:page><draw:page>${frame("End.", "outline")}</draw:page>`;
  const { text, pages, sections } = await parseBytes(make("presentation", body), "a.odp");
  expect(pages.map(({ label, start, end }) => [label, text.slice(start, end)])).toEqual([
    ["slide 1", "Harbour\n\nThe quay is deep.\n\nNotes:\n\nAsk for money.\n\n"],
    ["slide 2", "End.\n"],
  ]);
  expect(sections.map(({ title }) => title)).toEqual(["Harbour"]);
});
