// Renders examples/handbook/*.md to a PDF: node examples/render.mjs [OUTPUT.pdf] [PAGES.json]
// PAGES.json receives every page's number, printed label and words, as they were laid out.
import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { readBook } from "./render/book.mjs";
import { layOutBook } from "./render/lay-out-book.mjs";
import { openPdf, writePdf } from "./render/pdf.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const [output = `${here}handbook.pdf`, pagesPath] = process.argv.slice(2);

const book = await readBook(`${here}handbook`);
const { pdf, fonts } = await openPdf();
const laidOut = layOutBook(book, fonts);
const bytes = await writePdf(pdf, fonts, laidOut);
await writeFile(output, bytes);
if (pagesPath !== undefined) {
  const pages = laidOut.pages.map(({ label, text }, index) => ({
    page: index + 1,
    label,
    text: text.join(" "),
  }));
  await writeFile(pagesPath, `${JSON.stringify(pages, null, 1)}\n`);
}
console.error(`${laidOut.pages.length} pages, ${bytes.length} bytes`);
