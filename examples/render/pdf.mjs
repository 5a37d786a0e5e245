import { PDFDocument, PDFHexString, PDFName, PDFString, rgb, StandardFonts } from "pdf-lib";
import { METADATA } from "./book.mjs";
import { PAGE } from "./page.mjs";

/**
 * @typedef {import("./wrap.mjs").Style} Style
 * @typedef {Readonly<Record<Style, import("pdf-lib").PDFFont>>} Fonts
 * @typedef {import("./lay-out-book.mjs").LaidOut} LaidOut
 * @typedef {{ title: string, page: number, y: number, children: Bookmark[] }} Bookmark
 */

/** @returns {Promise<{ pdf: PDFDocument, fonts: Fonts }>} */
export async function openPdf() {
  const pdf = await PDFDocument.create({ updateMetadata: false });
  const embed = (/** @type {StandardFonts} */ font) => pdf.embedStandardFont(font);
  const fonts = {
    body: embed(StandardFonts.TimesRoman),
    bold: embed(StandardFonts.TimesRomanBold),
    italic: embed(StandardFonts.TimesRomanItalic),
    mono: embed(StandardFonts.Courier),
    head: embed(StandardFonts.HelveticaBold),
  };
  return { pdf, fonts };
}

/**
 * @param {PDFDocument} pdf @param {Fonts} fonts @param {LaidOut} laidOut
 * @returns {Promise<Uint8Array>}
 */
export async function writePdf(pdf, fonts, { pages, labels, bookmarks }) {
  describe(pdf);
  const drawn = pages.map(({ operations }) => drawPage(pdf, fonts, operations));
  pdf.catalog.set(PDFName.of("PageLabels"), pdf.context.obj({ Nums: labelNumbers(pdf, labels) }));
  addOutline(
    pdf,
    bookmarks,
    drawn.map(({ ref }) => ref),
  );
  return pdf.save({ useObjectStreams: true, addDefaultPage: false });
}

/** @param {PDFDocument} pdf */
function describe(pdf) {
  const { title, author, subject, date } = METADATA;
  pdf.setTitle(title, { showInWindowTitleBar: true });
  pdf.setAuthor(author);
  pdf.setSubject(subject);
  pdf.setKeywords(["focus", "long documents", "language models"]);
  pdf.setCreator("examples/render.mjs");
  pdf.setProducer("pdf-lib");
  pdf.setCreationDate(date);
  pdf.setModificationDate(date);
  pdf.setLanguage("en");
}

/** @param {PDFDocument} pdf @param {Fonts} fonts @param {readonly import("./page.mjs").Operation[]} operations */
function drawPage(pdf, fonts, operations) {
  const page = pdf.addPage([PAGE.width, PAGE.height]);
  for (const operation of operations) {
    const color = rgb(operation.grey, operation.grey, operation.grey);
    if (operation.kind === "text") {
      const { text, x, y, size, style } = operation;
      page.drawText(text, { x, y, size, font: fonts[style], color });
    } else if (operation.kind === "box") {
      const { x, y, width, height, border } = operation;
      const edge = rgb(0.25, 0.25, 0.25);
      page.drawRectangle({
        x,
        y,
        width,
        height,
        color,
        ...(border ? { borderWidth: border, borderColor: edge } : {}),
      });
    } else {
      const { from, to, thickness } = operation;
      page.drawLine({ start: from, end: to, thickness, color });
    }
  }
  return page;
}

/** The number tree of PDF 32000-1, 12.4.2. @param {PDFDocument} pdf @param {LaidOut["labels"]} labels */
function labelNumbers(pdf, labels) {
  return labels.flatMap(({ firstIndex, style, prefix }) => [
    firstIndex,
    pdf.context.obj({ S: style, ...(prefix === undefined ? {} : { P: PDFString.of(prefix) }) }),
  ]);
}

/** @param {PDFDocument} pdf @param {readonly Bookmark[]} bookmarks @param {readonly import("pdf-lib").PDFRef[]} pageRefs */
function addOutline(pdf, bookmarks, pageRefs) {
  const { context } = pdf;
  const root = context.nextRef();
  /** @param {readonly Bookmark[]} items @param {import("pdf-lib").PDFRef} parent */
  const addLevel = (items, parent) => {
    const refs = items.map(() => context.nextRef());
    items.forEach((item, index) => {
      const ref = /** @type {import("pdf-lib").PDFRef} */ (refs[index]);
      const dict = context.obj({
        Title: PDFHexString.fromText(item.title),
        Parent: parent,
        Dest: [pageRefs[item.page], "XYZ", null, item.y, null],
      });
      if (index > 0) dict.set(PDFName.of("Prev"), refs[index - 1]);
      if (index < items.length - 1) dict.set(PDFName.of("Next"), refs[index + 1]);
      if (item.children.length > 0) {
        const children = addLevel(item.children, ref);
        dict.set(PDFName.of("First"), children[0]);
        dict.set(PDFName.of("Last"), children.at(-1));
        // Negative: the item is closed when the document is opened.
        dict.set(PDFName.of("Count"), context.obj(-children.length));
      }
      context.assign(ref, dict);
    });
    return refs;
  };
  const top = addLevel(bookmarks, root);
  context.assign(root, context.obj({ Type: "Outlines", First: top[0], Last: top.at(-1), Count: top.length }));
  pdf.catalog.set(PDFName.of("Outlines"), root);
  pdf.catalog.set(PDFName.of("PageMode"), PDFName.of("UseOutlines"));
}
