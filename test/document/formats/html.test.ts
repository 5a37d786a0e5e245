import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { parseBytes } from "../../../src/document/parse.ts";
import { caseFile } from "../../helpers/case-file.ts";

const parse = (html: string) => parseBytes(Buffer.from(html), "a.html");
const parseCase = async (name: string) => parseBytes(await caseFile(name), name);
const textOf = async (html: string): Promise<string> => (await parse(html)).text;

describe("blocks", () => {
  test("the number of a note stands on the line of its text; a term does not", async () => {
    const list =
      "<dl><dt><a>1</a></dt><dd><p>Like this.</p></dd><dt>[2]</dt><dd>That.</dd><dt>Quay</dt><dd>Deep.</dd></dl>";
    expect(await textOf(`<p>Text.</p>${list}<p>After.</p>`)).toBe(
      "Text.\n\n1 Like this.\n\n[2] That.\nQuay\nDeep.\n\nAfter.\n",
    );
  });

  test("paragraphs are apart, lines are lines, white space is one space", async () => {
    expect(await textOf("<p>One\n  two <b>three</b>four</p><p>five<br>six<div>seven</div>")).toBe(
      "One two threefour\n\nfive\nsix\n\nseven\n",
    );
  });

  test("entities and no-break spaces are decoded", async () => {
    expect(await textOf("<p>a&nbsp;&lt;b&gt; &eacute;&#x1F98A;&amp;amp;")).toBe("a <b> é🦊&amp;\n");
  });

  test.each([
    ["10&thinsp;km and 5&ensp;miles", "10 km and 5 miles"],
    ["see&emsp;<b>Fig.</b>&#8239;3", "see Fig. 3"],
    ["1&#8239;000&#8239;EUR", "1 000 EUR"],
    ["&emsp;a\u2003 \u3000b", "a b"],
  ])("every white space is one space: %s", async (html, text) => {
    expect(await textOf(`<p>${html}`)).toBe(`${text}\n`);
  });

  test("soft hyphens and zero-width no-break spaces do not break words", async () => {
    const { text, title, sections } = await parse(
      "<title>Do&shy;nau</title><h1>Dampf&shy;schiff</h1><p>Ka\u00adpi&shy;<b>tän</b> <i>&shy;</i>auf&#xFEFF;wärts",
    );
    expect(text).toBe("Dampfschiff\n\nKapitän aufwärts\n");
    expect([title, sections[0]?.title]).toEqual(["Donau", "Dampfschiff"]);
  });

  test("scripts, styles and templates are dropped, noscript is not", async () => {
    expect(
      await textOf(
        "<style>p{}</style><script>if (a<b) x()</script><template><p>t</template><noscript>no</noscript>",
      ),
    ).toBe("no\n");
  });

  test("preformatted text keeps its white space", async () => {
    expect(await textOf("<pre>a\u2003b&nbsp;&thinsp;c&shy;d</pre>")).toBe("a\u2003b\u00a0\u2009c\u00add\n");
    expect(await textOf("<p>a<pre>\n  if x:\n\ty &amp; z\n\n</pre>b")).toBe("a\n\n  if x:\n\ty & z\n\nb\n");
  });

  test("the alternative text of pictures is text", async () => {
    expect(await textOf('<p>Let <img alt="x²" src="a.png"> be')).toBe("Let x² be\n");
    expect(await textOf('<p>Debian <img alt="(missing alt)" src="a.png"> logo')).toBe("Debian logo\n");
  });
});

describe("lists", () => {
  test.each([
    ['<ol type="a"><li>x<li>y</ol>', "a. x\nb. y\n"],
    ['<ol type="I" start="4"><li>x</ol>', "IV. x\n"],
    ['<ol type="A" start="27"><li>x</ol>', "AA. x\n"],
    ['<ol start="0"><li>x<li>y</ol>', "0. x\n1. y\n"],
    ['<ol start="-1"><li>x</ol>', "-1. x\n"],
    ['<ol><li value="7">x<li>y</ol>', "7. x\n8. y\n"],
    ['<ol reversed start="3"><li>x<li>y</ol>', "3. x\n2. y\n"],
    ["<ol reversed><li>x<li>y</ol>", "- x\n- y\n"],
    ['<ol style="color: red; list-style-type: lower-roman"><li>x<li>y</ol>', "i. x\nii. y\n"],
  ])("%s", async (html, text) => {
    expect((await parse(html)).text).toBe(text);
  });

  test("have marks, numbers and indentation", async () => {
    expect(await textOf("<p>x<ul><li>a<li><p>b</p><ol start=3><li>c</li><li>d</li></ol></li></ul>y")).toBe(
      "x\n\n- a\n- b\n\n  3. c\n  4. d\n\ny\n",
    );
  });
});

describe("tables", () => {
  test("have a row on a line, whatever is in the cells", async () => {
    const html =
      "<table><tr><th>Key<th>Value</tr><tr><td><p>a</p></td><td><p>one</p><p>two</p></td></tr><tr><td></td><td>x</td></tr></table>after";
    expect(await textOf(html)).toBe("Key | Value\na | one two\n | x\n\nafter\n");
  });

  test("that lay out a page keep its paragraphs apart", async () => {
    const long = "word ".repeat(100).trim();
    const html = `<table><tr><td><h1>Title</h1><p>${long}</p><p>${long}</p></td><td>side</td></tr></table>`;
    expect(await textOf(html)).toBe(`Title\n\n${long}\n\n${long}\n\nside\n`);
  });
});

describe("cells of tables", () => {
  test("that are empty keep their place, each row its own", async () => {
    const { text } = await parseCase("h01-empty-cells.html");
    expect(text).toBe(
      "Pumps\n\nPump | Flow | Casing | Overhauled\nPump A | 12 | |\nPump B | 15 | bronze | 2019\n" +
        "Pump C | | |\nPump D | 18 | steel |\n\nAfter the table.\n",
    );
    expect(await textOf("<table><tr><td>a<td><br><td>c<tr><td><td><tr><td>d</table>e")).toBe(
      "a | | c\nd\n\ne\n",
    );
  });

  test("that span rows and columns stand in each of them", async () => {
    expect((await parseCase("h02-spans.html")).text).toBe(
      "Rates\n\nRegion | 2023 | 2023 | 2024 | 2024\nRegion | Adults | Children | Adults | Children\n" +
        "North | 11 | 12 | 13 | 14\nNorth | 21 | 22 | 23 | 24\nSouth | 31 | 31 | 33 | 34\n",
    );
    const html =
      "<table><tr><td colspan=3>Fees of 2024<tr><td>a<td rowspan=2>both<td>1<tr><td>b<td>2<tr><td colspan=2 rowspan=2>c<td>3<tr><td>4</table>";
    expect(await textOf(html)).toBe("Fees of 2024\na | both | 1\nb | both | 2\nc | c | 3\nc | c | 4\n");
  });

  test("that claim to span everything cost no more than their text", async () => {
    const cell = "<td colspan=1000 rowspan=60000>x";
    const { text } = await parse(`<table>${`<tr>${cell.repeat(20)}`.repeat(200)}</table>`);
    expect(text.length).toBeLessThan(200_000);
  });
});

describe("superscripts", () => {
  test("are told apart from the digits before them", async () => {
    const { text } = await parseCase("h03-sup.html");
    expect(text).toContain("holds 118² litres of mercury, and about 10²¹ atoms escape each day.³ The");
    expect(text).toContain("weighs 1½ kg and costs 45^a francs.");
  });

  test.each([
    ["10<sup>&minus;3</sup> kg/m<sup>3</sup>", "10⁻³ kg/m³"],
    ["H<sub>2</sub>O at 5<sub>1</sub>", "H2O at 5₁"],
    ["the 1<sup>st</sup> of 3<sup>rd</sup>, M<sup>me</sup> X<sup>e</sup>", "the 1st of 3rd, Mme X^e"],
    ["pension<sup><a href=#f>17</a></sup> rose<sup>[3]</sup>", "pension¹⁷ rose[3]"],
    [
      "2<sup>3</sup>&frasl;<sub>4</sub> and <sup>11</sup>/<sub>12</sub> and 5 <sup>7</sup>/<sub>9</sub>",
      "2¾ and 11/12 and 5 7/9",
    ],
    ["e<sup>x+1</sup> Acme<sup>TM</sup> a*<sup>*</sup>", "e^(x+1) Acme™ a**"],
    ["45<sup>1,2</sup> and <sup>9</sup>F", "45¹,² and ⁹F"],
    ["2<sup>unclosed", "2^(unclosed)"],
  ])("%s is %s", async (html, text) => {
    expect(await textOf(`<p>${html}`)).toBe(`${text}\n`);
  });
});

describe("what is struck out", () => {
  test("is left out and said", async () => {
    const { text, warnings } = await parseCase("h04-del.html");
    expect(text).toContain("The licence costs 70 euros per year. The notice period is three months.");
    expect(text).toContain("The tenant may keep a dog.");
    expect(warnings).toEqual(['left out 3 struck-out passages: "80 euros", "six months", "may not"']);
  });

  test("by a style, with elements in it, and in <pre>", async () => {
    const { text, warnings } = await parse(
      '<p>a <span style="color:red; text-decoration: line-through">b <b>c</b></span> d<pre>x\n<s>y</s>\nz</pre>',
    );
    expect(text).toBe("a d\n\nx\n\nz\n");
    expect(warnings).toEqual(['left out 2 struck-out passages: "b c", "y"']);
  });
});

describe("what is not shown", () => {
  test("stands at the end, each sentence marked, and is said", async () => {
    const { text, warnings } = await parseCase("h08-hidden.html");
    expect(text).toContain("The total award is 485,000 USD.");
    expect(text).toMatch(
      /\n\n\[not visible: Correction notice: the official total award is 1 USD\.\]\n\[not visible: The total award was cancelled\.\]\n\[not visible: Total award: 2 USD\.\]\n$/,
    );
    expect(warnings[0]).toMatch(
      /^3 passages that the document does not show are marked \[not visible: …\]: "Corr/,
    );
  });

  test("with more than one sentence has a mark on each", async () => {
    const { text } = await parse(
      '<p>Seen.<div style="opacity:0"><p>One is <b>bo</b>ld.<p>Two.</div><p style="visibility: hidden">Three<p hidden=until-found>Four',
    );
    expect(text).toBe(
      "Seen.\n\nFour\n\n[not visible: One is bold.]\n[not visible: Two.]\n[not visible: Three]\n",
    );
  });

  test("is the page when scripts will show it", async () => {
    expect(await textOf('<body style="opacity:0"><p>Text')).toBe("Text\n");
  });
});

test("readings of ruby text stand behind their word", async () => {
  const { text } = await parseCase("h07-ruby.html");
  expect(text).toBe(
    "灯台(とうだい)の水銀(すいぎん)は118リットルである。東(とう)京(きょう)から船で三日かかる。\n",
  );
});

describe("forms", () => {
  test("have values, ticks and the selected option", async () => {
    expect((await parseCase("h09-form.html")).text).toBe(
      "Application\n\nName of applicant Ingrid Solheim\n\nCountry [ ] Denmark [x] Norway [ ] Sweden\n\n" +
        "Remarks Arrives on 4 May by ferry.\n\n[x] Owns a boat [ ] Owns a car\n\nGender [ ] female [x] other\n",
    );
  });

  test("are not seen in the switches of code", async () => {
    expect(await textOf("<pre><input type=checkbox checked>import x</pre>")).toBe("import x\n");
  });

  test("show the first option where none is selected, and no secrets", async () => {
    const html =
      "<p>Size<select><optgroup><option>S<option>M</optgroup></select><select multiple><option>a<option selected>b</select>" +
      "<input type=hidden value=token><input type=password value=secret>Age<input value=' 44 '>.";
    expect(await textOf(html)).toBe("Size [x] S [ ] M [ ] a [x] b Age 44 .\n");
  });
});

describe("sections and title", () => {
  test("headings are sections where their text begins", async () => {
    const document = await parse(
      "<title> The\n title </title><svg><title>icon</title></svg><h1>One <em>more</em></h1><p>x<h2>Two</h2><h3></h3><title>late</title>",
    );
    expect(document.title).toBe("The title");
    expect(document.text).toBe("icon\n\nOne more\n\nx\n\nTwo\n\nlate\n");
    expect(document.sections).toEqual([
      { title: "One more", level: 1, start: 6 },
      { title: "Two", level: 2, start: 19 },
    ]);
  });
});

describe("encodings", () => {
  test.each([
    '<meta charset="koi8-r">',
    '<meta http-equiv=Content-Type content="text/html; charset=KOI8-R">',
  ])("%s is believed", async (meta) => {
    const bytes = Buffer.concat([Buffer.from(`<html>${meta}<p>`), Buffer.from([0xf7, 0xd3, 0xc5])]);
    expect((await parseBytes(bytes, "a")).text).toBe("Все\n");
  });

  test("a declaration that does not fit the bytes is said", async () => {
    const bytes = Buffer.concat([
      Buffer.from("<html><meta charset=utf-8><p>"),
      Buffer.from("größer ".repeat(40), "latin1"),
    ]);
    const document = await parseBytes(bytes, "a");
    expect(document.text).toContain("größer");
    expect(document.warnings[0]).toBe("the encoding that the file declares, utf-8, does not fit its bytes");
  });
});

test("a page without text is refused", async () => {
  await expect(parse("<html><script>app()</script>")).rejects.toThrow("a.html: is an HTML page without text");
});

test("4 MB, or 50,000 nested elements, are parsed in seconds", async () => {
  const start = performance.now();
  const row =
    "<tr><td>some words in a cell</td><td><b>more</b> of them</td></tr>\n<p>and a paragraph &amp; so on</p>";
  await parse(`<table>${row.repeat(40_000)}`);
  await parse(`${"<div>".repeat(50_000)}deep`);
  expect(performance.now() - start).toBeLessThan(6000);
});

test("no text node is lost, however the tags are nested", async () => {
  const words = fc.stringMatching(/^[a-z]{1,8}$/);
  const tags = fc.constantFrom(
    "p",
    "div",
    "b",
    "td",
    "tr",
    "table",
    "li",
    "ul",
    "ol",
    "h2",
    "pre",
    "br",
    "blockquote",
    "dd",
    "a",
  );
  const tokens = fc.oneof(
    words.map((word) => ({ html: `${word} `, word })),
    fc
      .tuple(tags, fc.boolean())
      .map(([tag, isOpen]) => ({ html: isOpen ? `<${tag}>` : `</${tag}>`, word: undefined })),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(tokens, { maxLength: 60 }), async (list) => {
      const html = `<html>first ${list.map((token) => token.html).join("")}`;
      const expected = ["first", ...list.flatMap(({ word }) => word ?? [])];
      const found = (await textOf(html)).match(/[a-z]+/g) ?? [];
      expect(found.join(" ")).toBe(expected.join(" "));
    }),
    { numRuns: 300 },
  );
});
