import { expect, test } from "vitest";

import { parseBytes } from "../../../src/document/parse.ts";
import { makeZip } from "../../helpers/zip.ts";

type BookParts = {
  readonly manifest: string;
  readonly spine: string;
  readonly files: Record<string, string>;
};

const book = ({ manifest, spine, files }: BookParts): Uint8Array =>
  makeZip({
    mimetype: "application/epub+zip",
    "META-INF/container.xml":
      '<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>',
    "OEBPS/book.opf": `<package xmlns:dc="d"><metadata><dc:title>The Harbour</dc:title></metadata><manifest>${manifest}</manifest><spine>${spine}</spine></package>`,
    ...files,
  });
const page = (body: string): string =>
  `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body>${body}</body></html>`;
const item = (id: string, href: string, more = ""): string => `<item id="${id}" href="${href}" ${more}/>`;

const BOOK: BookParts = {
  manifest:
    item("b", "Text/two%20b.xhtml") +
    item("a", "Text/one.xhtml") +
    item("a2", "Text/one.xhtml#s2") +
    item("n", "nav.xhtml", 'properties="nav"'),
  spine: '<itemref idref="a"/><itemref idref="a2"/><itemref idref="b"/>',
  files: {
    "OEBPS/Text/one.xhtml": page(
      '<p>Before.</p><h1 id="s2">The quay</h1><p>It is deep.</p><h2>Ropes</h2><p>Long.</p>',
    ),
    "OEBPS/Text/two b.xhtml": page("<p>The crane is old.</p>"),
    "OEBPS/nav.xhtml": page(
      '<nav xmlns:epub="e" epub:type="toc"><ol><li><a href="Text/one.xhtml">One</a><ol><li><a href="Text/one.xhtml#s2">The quay</a></li></ol></li><li><a href="Text/two%20b.xhtml">Two</a></li></ol></nav>',
    ),
  },
};

test("files come in the order of the spine, each once; the table of contents and other headings are sections", async () => {
  const { text, title, sections, pages, warnings } = await parseBytes(book(BOOK), "a.epub");
  expect(text).toBe("Before.\n\nThe quay\n\nIt is deep.\n\nRopes\n\nLong.\n\nThe crane is old.\n");
  expect(
    sections.map(({ title: name, level, start }) => [name, level, text.slice(start, start + 5)]),
  ).toEqual([
    ["One", 1, "Befor"],
    ["The quay", 2, "The q"],
    ["Ropes", 4, "Ropes"],
    ["Two", 1, "The c"],
  ]);
  expect([title, pages, warnings]).toEqual(["The Harbour", [], []]);
});

test("pictures are counted once each, decoration left aside, and no text for one is no text", async () => {
  const picture = (src: string, alt: string): string =>
    `<p>Before <img src="${src}" alt="${alt}"/> after.</p>`;
  const pictures = picture("a.png", "(missing alt)") + picture("a.png", "A quay") + picture("b.png", "");
  const one = page(pictures);
  const { text, warnings } = await parseBytes(
    book({ ...BOOK, files: { ...BOOK.files, "OEBPS/Text/one.xhtml": one } }),
    "a.epub",
  );
  expect(text).toMatch(/^Before after\.\n\nBefore A quay after\.\n\nBefore after\.\n/u);
  expect(warnings).toEqual(["1 picture was not read"]);
});

test("an EPUB 2 table of contents is read, and a file that is missing is said", async () => {
  const { sections, warnings } = await parseBytes(
    book({
      manifest:
        item("a", "one.xhtml") +
        item("z", "gone.xhtml") +
        item("t", "toc.ncx", 'media-type="application/x-dtbncx+xml"'),
      spine: '<itemref idref="a"/><itemref idref="z"/>',
      files: {
        "OEBPS/one.xhtml": page("<p>Text.</p>"),
        "OEBPS/toc.ncx":
          '<ncx><docTitle><text>No</text></docTitle><navMap><navPoint><navLabel><text>One</text></navLabel><content src="one.xhtml"/></navPoint></navMap></ncx>',
      },
    }),
    "a.epub",
  );
  expect(sections).toEqual([{ title: "One", level: 1, start: 0 }]);
  expect(warnings).toEqual(["OEBPS/gone.xhtml is missing from the book"]);
});

test("a book whose text is encrypted is refused, one with encrypted fonts is not", async () => {
  const encrypted = (uri: string): string =>
    `<encryption><enc:EncryptedData><enc:CipherReference URI="${uri}"/></enc:EncryptedData></encryption>`;
  const parse = (uri: string) =>
    parseBytes(
      book({ ...BOOK, files: { ...BOOK.files, "META-INF/encryption.xml": encrypted(uri) } }),
      "a.epub",
    );
  await expect(parse("OEBPS/Text/one.xhtml")).rejects.toThrow("a.epub: is protected by its shop (DRM)");
  expect((await parse("OEBPS/font.otf")).text).toContain("The crane is old.");
});
