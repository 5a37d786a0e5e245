import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { parseBytes } from "../../../src/document/parse.ts";

const parse = (html: string) => parseBytes(Buffer.from(html), "a.html");
const textOf = async (html: string): Promise<string> => (await parse(html)).text;

describe("blocks", () => {
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
  });
});

describe("lists", () => {
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
