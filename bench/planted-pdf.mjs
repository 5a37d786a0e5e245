// Writes a copy of a PDF with a page of its own for one sentence, to look for it in the real document around it.
// usage: node bench/planted-pdf.mjs FILE.pdf OUT.pdf PAGE "The access code of the silver harbor is 48213."
import { readFile, writeFile } from "node:fs/promises";
import { PDFDocument, StandardFonts } from "pdf-lib";

const [file, out, page, sentence] = process.argv.slice(2);
const pdf = await PDFDocument.load(await readFile(file));
const font = await pdf.embedFont(StandardFonts.TimesRoman);
const planted = pdf.insertPage(Number(page) - 1);
planted.drawText(sentence, { x: 72, y: planted.getHeight() - 72, size: 11, font, maxWidth: 450 });
await writeFile(out, await pdf.save());
