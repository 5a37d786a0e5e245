import { describe, expect, test } from "vitest";

import { parseBytes } from "../../../src/document/parse.ts";
import { makeZip } from "../../helpers/zip.ts";

const SPACES = ["office", "text", "table", "style", "form"]
  .map((name) => `xmlns:${name}="urn:oasis:names:tc:opendocument:xmlns:${name}:1.0"`)
  .join(" ");
const odt = (body: string, styles = "", attributes = "") =>
  parseBytes(
    makeZip({
      mimetype: "application/vnd.oasis.opendocument.text",
      "content.xml": `<office:document-content ${SPACES}><office:automatic-styles>${styles}</office:automatic-styles><office:body><office:text ${attributes}>${body}</office:text></office:body></office:document-content>`,
    }),
    "a.odt",
  );
const style = (family: string, name: string, inner: string) =>
  `<style:style style:family="${family}" style:name="${name}" ${inner}</style:style>`;
const p = (text: string, name = "") => `<text:p text:style-name="${name}">${text}</text:p>`;

describe("what styles say of text", () => {
  const STYLES =
    style("paragraph", "P1", '><style:text-properties style:text-line-through-style="solid"/>') +
    style("paragraph", "P2", 'style:parent-style-name="P1">') +
    style("text", "T1", '><style:text-properties style:text-line-through-style="none"/>') +
    style("text", "T2", '><style:text-properties text:display="none"/>') +
    style("text", "T3", '><style:text-properties style:text-position="super 58%"/>');

  test("struck-out paragraphs are left out but for spans that are not, inherited or not", async () => {
    const { text, warnings } = await odt(
      p("The rent is 900.") +
        p('Pets<text:line-break/>are <text:span text:style-name="T1">welcome.</text:span>', "P2"),
      STYLES,
    );
    expect(text).toBe("The rent is 900.\n\nwelcome.\n");
    expect(warnings).toHaveLength(1);
  });

  test("what is not shown is marked", async () => {
    const seen =
      'Seen <text:span text:style-name="T2">not seen</text:span>10<text:span text:style-name="T3">6</text:span>';
    const { text } = await odt(
      `${p(seen)}<text:section text:display="none">${p("A draft.")}</text:section>${p("End.")}`,
      STYLES,
    );
    expect(text).toBe("Seen 10⁶\n\nEnd.\n\n[not visible: not seen]\n[not visible: A draft.]\n");
  });
});

test("notes have the marks that the text shows, each kind its own", async () => {
  const note = (kind: string, mark: string, text: string) =>
    `<text:note text:note-class="${kind}"><text:note-citation>${mark}</text:note-citation><text:note-body>${p(text)}</text:note-body></text:note>`;
  const { text } = await odt(
    p(
      `A${note("endnote", "i", "x")}${note("footnote", "1", "y")}${note("footnote", "*", "z")}${note("footnote", "", "w")}`,
    ),
  );
  expect(text).toBe(
    "A[endnote i][footnote 1][footnote *][footnote 3]\n\n[endnote i] x\n\n[footnote 1] y\n\n[footnote *] z\n\n[footnote 3] w\n",
  );
});

describe("lists", () => {
  const level = (at: number, more: string) => `<text:list-level-style-number text:level="${at}" ${more}/>`;
  const STYLES = `<text:list-style style:name="L">${level(1, 'style:num-format="1" style:num-suffix="."')}${level(2, 'style:num-format="a" style:num-prefix="(" style:num-suffix=")"')}${level(3, 'style:num-format="i" text:display-levels="3" text:start-value="2"')}</text:list-style>`;
  const item = (inner: string, more = "") => `<text:list-item ${more}>${inner}</text:list-item>`;
  const list = (inner: string, more = "") => `<text:list text:style-name="L" ${more}>${inner}</text:list>`;

  test("have the numbers that the text shows, on all levels", async () => {
    const deep = list(item(p("deep")));
    const { text } = await odt(
      list(
        item(p("one")) +
          item(p("two") + list(item(p("a")) + item(p("b") + deep))) +
          item(p("seven"), 'text:start-value="7"'),
      ),
      STYLES,
    );
    expect(text).toBe("1. one\n2. two\n  (a) a\n  (b) b\n    2.b.ii deep\n7. seven\n");
  });

  test("go on where they say so, also inside an item that has no text of its own", async () => {
    const { text } = await odt(
      list(item(p("one") + list(item(p("a")))), 'xml:id="x"') +
        p("Between.") +
        list(item(list(item(p("b")))) + item(p("two")), 'text:continue-numbering="true"') +
        list(item(p("new")), 'xml:id="y"') +
        list(item(p("three")), 'text:continue-list="x"'),
      STYLES,
    );
    expect(text.split(/\n+/)).toEqual([
      "1. one",
      "  (a) a",
      "Between.",
      "  (b) b",
      "2. two",
      "1. new",
      "3. three",
      "",
    ]);
  });
});

describe("pages", () => {
  const STYLES =
    style("paragraph", "Before", '><style:paragraph-properties fo:break-before="page"/>') +
    style("paragraph", "After", '><style:paragraph-properties fo:break-after="page"/>') +
    style("paragraph", "Annex", 'style:master-page-name="Landscape">');
  const pagesOf = async (body: string, attributes = "") => {
    const { text, pages, warnings } = await odt(body, STYLES, attributes);
    return { texts: pages.map(({ start, end }) => text.slice(start, end).trim()), warnings };
  };

  test("break where styles ask for it, beside the breaks that the program noted", async () => {
    const body =
      p("One.", "Annex") +
      p("Two.", "Before") +
      p("<text:soft-page-break/>Three.", "After") +
      p("Four.") +
      p("Five.", "Annex");
    expect(await pagesOf(body, 'text:use-soft-page-breaks="true"')).toEqual({
      texts: ["One.", "Two.", "Three.", "Four.", "Five."],
      warnings: [],
    });
  });

  test("that only the author's breaks make are said to be so", async () => {
    const { texts, warnings } = await pagesOf(p("One.") + p("Two.", "Before"));
    expect(texts).toEqual(["One.", "Two."]);
    expect(warnings).toEqual([expect.stringMatching(/^pages are counted by the page breaks/)]);
  });

  test("do not break in a table, nor once for each cell of a row", async () => {
    const cell = `<table:table-cell>${p("a<text:soft-page-break/>b", "Before")}</table:table-cell>`;
    const { texts } = await pagesOf(
      `${p("One.")}<table:table><table:table-row>${cell}${cell}</table:table-row></table:table>`,
    );
    expect(texts).toHaveLength(2);
  });
});

test("controls of a form say what they hold, where they are shown", async () => {
  const form =
    '<form:text form:id="t" form:current-value="Anna Berg"/><form:checkbox form:id="c" form:label="Consent" form:current-state="checked"/><form:radio form:id="r" form:label="Later"/><form:listbox form:id="l"><form:option form:label="England"/><form:option form:label="Scotland" form:current-selected="true"/></form:listbox>';
  const shown = ["t", "c", "r", "l", "gone"].map((id) => `<draw:control draw:control="${id}"/> `).join("");
  const { text } = await odt(
    `<office:forms><form:form>${form}</form:form></office:forms>${p(`Name: ${shown}`)}`,
  );
  expect(text).toBe("Name: Anna Berg [x] Consent [ ] Later Scotland\n");
});
