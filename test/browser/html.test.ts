import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { degrees, PDFDocument } from "pdf-lib";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseBytes } from "../../src/document/parse.ts";
import { focus } from "../cli/spawn-focus.ts";
import { openBrowser } from "./browser.mjs";
import { readCharacters } from "./characters.mjs";
import { compareMarks } from "./compare.mjs";
import { openReport, shownSources } from "./report.mjs";

const { FOCUS_TEST_MODEL: MODEL = "" } = process.env;
/** The few chunks that are likeliest are enough here, and each is read again in every turned file. */
const ENV = {
  FOCUS_MODEL: MODEL,
  FOCUS_READER: MODEL,
  FOCUS_GPU: "off",
  FOCUS_THREADS: "1",
  FOCUS_CONDENSE: "4",
};
const HANDBOOK = await readFile(fileURLToPath(new URL("../../examples/handbook.pdf", import.meta.url)));
const CODES = "Which exit code means that the KV store failed?";
const TOWER = "Who designed the tower of the Sandrevoe light?";

let browser: Browser;
/** One for all, so that the handbook is read once. */
let cwd: string;
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), "focus-test-"));
  await writeFile(join(cwd, "handbook.pdf"), HANDBOOK);
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await rm(cwd, { recursive: true });
});

type Report = Awaited<ReturnType<typeof openReport>>;

/** The report of a question, opened as a reader does. */
async function report(name: string, question: string): Promise<Report & { readonly html: string }> {
  const html = join(cwd, `${name}.html`);
  const output = ["--answer", "quote", "--format", "html", "-o", html];
  const { code, stderr } = await focus(["ask", name, question, ...output], { cwd, env: ENV });
  expect(code, stderr).toBe(0);
  return { ...(await openReport(browser, html)), html };
}

/** Every source's letters lie in its marks, and no others do; gives the number of sources. */
async function expectRightMarks(page: Page, pdf: Uint8Array): Promise<number> {
  const sources = await shownSources(page);
  for (const { quote, marks } of sources) {
    const characters = await readCharacters(pdf, [...new Set(marks.map((mark) => mark.page))]);
    const { letters, covered, foreign } = compareMarks(quote, marks, characters);
    expect(covered, quote).toBe(letters);
    expect(foreign, quote).toBe(0);
  }
  return sources.length;
}

describe("an HTML report in Chromium", () => {
  it("marks the quoted words where PDFium has them, in a file below 2 MB", async () => {
    let sources = 0;
    for (const question of [CODES, TOWER]) {
      const { page, errors, html } = await report("handbook.pdf", question);
      sources += await expectRightMarks(page, HANDBOOK);
      expect(errors).toEqual([]);
      expect(await page.title()).toBe(question);
      const widths: number[] = await page.evaluate("[...document.images].map(image => image.naturalWidth)");
      for (const width of widths) expect(width).toBeGreaterThan(900);
      expect((await stat(html)).size).toBeLessThan(2e6);
      await page.close();
    }
    expect(sources).toBeGreaterThan(2);
  });

  it("marks them on pages that are turned and cut", async () => {
    for (const turn of [90, 270]) {
      const file = await PDFDocument.load(HANDBOOK, { updateMetadata: false });
      for (const page of file.getPages()) {
        page.setRotation(degrees(turn));
        page.setCropBox(40, 50, 500, 720);
      }
      const bytes = await file.save();
      const name = `turned-${turn}.pdf`;
      await writeFile(join(cwd, name), bytes);
      const { page } = await report(name, TOWER);
      expect(await expectRightMarks(page, bytes)).toBeGreaterThan(0);
      const picture = await page.locator("img").first().boundingBox();
      expect(picture?.width).toBeGreaterThan(picture?.height ?? 0);
      await page.close();
    }
  });

  it("prints each source with its page on one sheet, the first with the answer", async () => {
    const { page } = await report("handbook.pdf", CODES);
    const figures = await page.locator("figure").count();
    const sheets = await parseBytes(await page.pdf({ format: "A4", printBackground: false }), "sheets.pdf");
    expect(figures).toBeGreaterThan(1);
    expect(sheets.pages).toHaveLength(figures);
    for (const { start, end } of sheets.pages) expect(sheets.text.slice(start, end)).toMatch(/^Page \d+/mu);
    await page.close();
  });

  it("runs nothing that a document says", async () => {
    const hostile = `<script>alert(1)</script><img src=x onerror=alert(2)> ${TOWER} Isobel Tarrant designed it.`;
    await writeFile(join(cwd, "hostile.txt"), hostile);
    const { page, errors } = await report("hostile.txt", TOWER);
    expect(errors).toEqual([]);
    expect(await page.locator("script, img").count()).toBe(0);
    expect(await page.locator("blockquote").first().textContent()).toContain("Isobel Tarrant");
  });

  it("fits a phone, and is dark where the reader wants it so", async () => {
    const { html } = await report("handbook.pdf", TOWER);
    const { page } = await openReport(browser, html, {
      viewport: { width: 360, height: 640 },
      colorScheme: "dark",
    });
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(360);
    expect(await page.evaluate("getComputedStyle(document.body).backgroundColor")).toBe("rgb(22, 22, 24)");
    expect(await expectRightMarks(page, HANDBOOK)).toBeGreaterThan(0);
  });
});
