// A document of every format, each with the same paragraphs.

import { strToU8, zipSync } from "fflate";
import { PDFDocument, StandardFonts } from "pdf-lib";

const PARAGRAPHS = Array.from(
  { length: 200 },
  (_, i) => `Berth ${i} lies ${i * 7 + 3} metres from the lock, and its fee is ${i * 13 + 5} crowns a tonne.`,
);
const OOXML = "http://schemas.openxmlformats.org";
const ODF = "urn:oasis:names:tc:opendocument:xmlns";

/** [{ name, bytes }], of so many paragraphs a page, where the format has pages. */
export async function makeSamples(paragraphs = PARAGRAPHS, each = 20) {
  const text = paragraphs.join("\n\n");
  const made = {
    "sample.txt": text,
    "sample.md": `# Berths\n\n${text}`,
    "sample.html": html(paragraphs),
    "sample.csv": paragraphs.map((paragraph, i) => `${i},"${paragraph}"`).join("\n"),
    "sample.json": JSON.stringify({ berths: paragraphs }),
    "sample.jsonl": paragraphs.map((berth) => JSON.stringify({ berth })).join("\n"),
    "sample.ipynb": JSON.stringify({
      nbformat: 4,
      metadata: {},
      cells: paragraphs.map((source) => ({ cell_type: "markdown", metadata: {}, source })),
    }),
    "sample.rtf": `{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0 Arial;}}${paragraphs.map((one) => `\\pard ${one}\\par\n`).join("")}}`,
    "sample.srt": paragraphs
      .map((one, i) => `${i + 1}\n${time(i)} --> ${time(i + 0.9)}\n${one}\n`)
      .join("\n"),
    "sample.eml": mail(text),
    "sample.mbox": [1, 2, 3]
      .map((i) => `From a@example.org Thu Nov 26 07:00:0${i} 2026\n${mail(text)}\n`)
      .join(""),
    "sample.docx": docx(paragraphs),
    "sample.xlsx": xlsx(paragraphs),
    "sample.pptx": pptx(paragraphs, each),
    "sample.odt": odf(
      "text",
      `<office:text>${paragraphs.map((one) => `<text:p>${one}</text:p>`).join("")}</office:text>`,
    ),
    "sample.ods": odf("spreadsheet", odsBody(paragraphs)),
    "sample.odp": odf("presentation", odpBody(paragraphs, each)),
    "sample.epub": epub(paragraphs, each),
    "sample.pdf": await pdf(paragraphs, each),
  };
  return Object.entries(made).map(([name, content]) => ({
    name,
    bytes: typeof content === "string" ? Buffer.from(content) : Buffer.from(content),
  }));
}

function html(paragraphs) {
  const body = paragraphs.map((paragraph) => `<p>${paragraph}</p>`).join("\n");
  return `<html><head><title>Berths</title></head><body>${body}</body></html>`;
}

/** Two bodies, in base64 and quoted-printable. */
function mail(text) {
  const head = "From: a@example.org\nSubject: Berths\nMIME-Version: 1.0\n";
  const encoded = Buffer.from(text).toString("base64").replace(/.{76}/g, "$&\n");
  const part = (type, encoding, body) =>
    `--b1\nContent-Type: ${type}\nContent-Transfer-Encoding: ${encoding}\n\n${body}\n`;
  return `${head}Content-Type: multipart/mixed; boundary=b1\n\n${part("text/plain", "base64", encoded)}${part("text/plain", "7bit", text)}--b1--\n`;
}

function time(seconds) {
  const two = (value) => String(Math.floor(value)).padStart(2, "0");
  return `00:${two(seconds / 60)}:${two(seconds % 60)},${String(Math.round((seconds % 1) * 1000)).padStart(3, "0")}`;
}

function zip(files) {
  const entries = Object.entries(files).map(([name, text]) => [
    name,
    [strToU8(text), { level: name === "mimetype" ? 0 : 6 }],
  ]);
  return zipSync(Object.fromEntries(entries));
}

function relationships(list) {
  const each = list.map(
    ([id, type, target]) =>
      `<Relationship Id="${id}" Type="${OOXML}/officeDocument/2006/relationships/${type}" Target="${target}"/>`,
  );
  return `<Relationships xmlns="${OOXML}/package/2006/relationships">${each.join("")}</Relationships>`;
}

function docx(paragraphs) {
  const space = `xmlns:w="${OOXML}/wordprocessingml/2006/main"`;
  const body = paragraphs.map((one) => `<w:p><w:r><w:t>${one}</w:t></w:r></w:p>`).join("");
  return zip({
    "_rels/.rels": relationships([["r1", "officeDocument", "word/document.xml"]]),
    "word/_rels/document.xml.rels": relationships([["n1", "footnotes", "footnotes.xml"]]),
    "word/document.xml": `<w:document ${space}><w:body>${body}<w:p><w:r><w:t>End</w:t><w:footnoteReference w:id="2"/></w:r></w:p></w:body></w:document>`,
    "word/footnotes.xml": `<w:footnotes ${space}><w:footnote w:id="2"><w:p><w:r><w:t>A note on the tonne.</w:t></w:r></w:p></w:footnote></w:footnotes>`,
  });
}

function xlsx(paragraphs) {
  const space = `xmlns="${OOXML}/spreadsheetml/2006/main"`;
  const rows = paragraphs.map((_, i) => `<row><c t="s"><v>${i}</v></c><c><v>${i * 11}</v></c></row>`);
  return zip({
    "_rels/.rels": relationships([["r1", "officeDocument", "xl/workbook.xml"]]),
    "xl/_rels/workbook.xml.rels": relationships([
      ["s1", "worksheet", "worksheets/sheet1.xml"],
      ["s2", "worksheet", "worksheets/sheet2.xml"],
      ["st", "sharedStrings", "sharedStrings.xml"],
    ]),
    "xl/workbook.xml": `<workbook ${space} xmlns:r="${OOXML}/officeDocument/2006/relationships"><sheets><sheet name="A" r:id="s1"/><sheet name="B" r:id="s2"/></sheets></workbook>`,
    "xl/worksheets/sheet1.xml": `<worksheet ${space}><sheetData>${rows.slice(0, 100).join("")}</sheetData></worksheet>`,
    "xl/worksheets/sheet2.xml": `<worksheet ${space}><sheetData>${rows.slice(100).join("")}</sheetData></worksheet>`,
    "xl/sharedStrings.xml": `<sst ${space}>${paragraphs.map((one) => `<si><t>${one}</t></si>`).join("")}</sst>`,
  });
}

function pptx(paragraphs, each) {
  const space = `xmlns:p="${OOXML}/presentationml/2006/main" xmlns:a="${OOXML}/drawingml/2006/main" xmlns:r="${OOXML}/officeDocument/2006/relationships"`;
  const numbers = Array.from({ length: paragraphs.length / each }, (_, i) => i);
  const slide = (i) => {
    const texts = paragraphs
      .slice(each * i, each * (i + 1))
      .map((one) => `<a:p><a:r><a:t>${one}</a:t></a:r></a:p>`);
    return `<p:sld ${space}><p:cSld><p:spTree><p:sp><p:txBody>${texts.join("")}</p:txBody></p:sp></p:spTree></p:cSld></p:sld>`;
  };
  return zip({
    "_rels/.rels": relationships([["r1", "officeDocument", "ppt/presentation.xml"]]),
    "ppt/_rels/presentation.xml.rels": relationships(
      numbers.map((i) => [`s${i}`, "slide", `slides/slide${i}.xml`]),
    ),
    "ppt/presentation.xml": `<p:presentation ${space}><p:sldIdLst>${numbers.map((i) => `<p:sldId r:id="s${i}"/>`).join("")}</p:sldIdLst></p:presentation>`,
    ...Object.fromEntries(numbers.map((i) => [`ppt/slides/slide${i}.xml`, slide(i)])),
  });
}

function odf(kind, body) {
  const spaces = ["office", "text", "table", "drawing", "presentation", "style"].map(
    (name) => `xmlns:${name === "drawing" ? "draw" : name}="${ODF}:${name}:1.0"`,
  );
  return zip({
    mimetype: `application/vnd.oasis.opendocument.${kind}`,
    "styles.xml": `<office:document-styles ${spaces.join(" ")}/>`,
    "content.xml": `<office:document-content ${spaces.join(" ")}><office:body>${body}</office:body></office:document-content>`,
  });
}

function odsBody(paragraphs) {
  const rows = paragraphs.map(
    (one) =>
      `<table:table-row><table:table-cell><text:p>${one}</text:p></table:table-cell></table:table-row>`,
  );
  return `<office:spreadsheet><table:table table:name="A">${rows.join("")}</table:table></office:spreadsheet>`;
}

function odpBody(paragraphs, each) {
  const pages = Array.from({ length: paragraphs.length / each }, (_, i) => {
    const texts = paragraphs.slice(each * i, each * (i + 1)).map((one) => `<text:p>${one}</text:p>`);
    return `<draw:page><draw:frame><draw:text-box>${texts.join("")}</draw:text-box></draw:frame></draw:page>`;
  });
  return `<office:presentation>${pages.join("")}</office:presentation>`;
}

function epub(paragraphs, each) {
  const numbers = Array.from({ length: paragraphs.length / each / 2 }, (_, i) => i);
  return zip({
    mimetype: "application/epub+zip",
    "META-INF/container.xml": '<container><rootfiles><rootfile full-path="b.opf"/></rootfiles></container>',
    "b.opf": `<package><metadata><title>Berths</title></metadata><manifest>${numbers
      .map((i) => `<item id="c${i}" href="c${i}.xhtml"/>`)
      .join(
        "",
      )}</manifest><spine>${numbers.map((i) => `<itemref idref="c${i}"/>`).join("")}</spine></package>`,
    ...Object.fromEntries(
      numbers.map((i) => [`c${i}.xhtml`, html(paragraphs.slice(2 * each * i, 2 * each * (i + 1)))]),
    ),
  });
}

async function pdf(paragraphs, each) {
  const file = await PDFDocument.create();
  const font = await file.embedFont(StandardFonts.Helvetica);
  for (let start = 0; start < paragraphs.length; start += each) {
    const page = file.addPage([612, 792]);
    for (const [i, one] of paragraphs.slice(start, start + each).entries())
      page.drawText(one, { x: 60, y: 720 - (600 / each) * i, size: 10, font });
  }
  return file.save();
}
