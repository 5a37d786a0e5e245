import { METADATA } from "./book.mjs";
import { layOutContents } from "./contents.mjs";
import { Flow } from "./flow.mjs";
import { newPage, PAGE } from "./page.mjs";
import { toRoman } from "./roman.mjs";

/**
 * @typedef {import("./page.mjs").Page & { label: string }} LabelledPage
 * @typedef {{ firstIndex: number, style: "r" | "D", prefix?: string }} LabelRange
 * @typedef {{ pages: LabelledPage[], labels: LabelRange[], bookmarks: import("./pdf.mjs").Bookmark[] }} LaidOut
 * @typedef {import("./pdf.mjs").Fonts} Fonts
 */

const APPENDIX_PREFIX = "A-";
const SMALL = { size: 8.5, grey: 0.3 };

/**
 * Front matter i, ii, …; chapters 1, 2, …; appendix, …. The body is set first, since the contents list needs its pages.
 * @param {import("./book.mjs").Book} book @param {Fonts} fonts
 * @returns {LaidOut}
 */
export function layOutBook(book, fonts) {
  const chapters = flowOf(
    book.filter(({ kind }) => kind === "chapter"),
    fonts,
    (index) => `${index + 1}`,
  );
  const appendix = flowOf(
    book.filter(({ kind }) => kind === "appendix"),
    fonts,
    (index) => String.fromCharCode(65 + index),
  );
  const labelled = [
    ...labelHeadings(chapters, (page) => `${page + 1}`),
    ...labelHeadings(appendix, (page) => `${APPENDIX_PREFIX}${page + 1}`),
  ];
  const [about, ...rest] = book.filter(({ kind }) => kind === "front");
  const aboutFlow = flowOf(about ? [about] : [], fonts, () => undefined);
  const contents = layOutContents(labelled, fonts);
  const restFlow = flowOf(rest, fonts, () => undefined);
  const front = [titlePage(fonts), ...aboutFlow.pages, ...contents, ...restFlow.pages];
  const pages = [
    ...front.map((page, index) => ({ ...page, label: toRoman(index + 1) })),
    ...chapters.pages.map((page, index) => ({ ...page, label: `${index + 1}` })),
    ...appendix.pages.map((page, index) => ({ ...page, label: `${APPENDIX_PREFIX}${index + 1}` })),
  ];
  for (const page of pages) addRunningLines(page, fonts);
  const appendixStart = front.length + chapters.pages.length;
  const frontStart = 1 + aboutFlow.pages.length;
  return {
    pages,
    labels: [
      { firstIndex: 0, style: "r" },
      { firstIndex: front.length, style: "D" },
      { firstIndex: appendixStart, style: "D", prefix: APPENDIX_PREFIX },
    ],
    bookmarks: [
      ...bookmarksOf(aboutFlow, 1),
      { title: "Contents", page: frontStart, y: PAGE.height, children: [] },
      ...bookmarksOf(restFlow, frontStart + contents.length),
      ...bookmarksOf(chapters, front.length),
      ...bookmarksOf(appendix, appendixStart),
    ],
  };
}

/** @param {import("./book.mjs").Book} parts @param {Fonts} fonts @param {(index: number) => string | undefined} numberOf */
function flowOf(parts, fonts, numberOf) {
  const flow = new Flow(fonts);
  parts.forEach(({ title, blocks }, index) => {
    const number = numberOf(index);
    flow.beginChapter(title, number);
    flow.blocks(blocks, number);
  });
  return flow;
}

/** @param {Flow} flow @param {(page: number) => string} labelOf */
function labelHeadings({ headings }, labelOf) {
  return headings
    .filter(({ depth }) => depth < 3)
    .map(({ title, depth, page }) => ({ title, depth, label: labelOf(page) }));
}

/** Chapters with their sections. @param {Flow} flow @param {number} firstPage */
function bookmarksOf({ headings }, firstPage) {
  /** @type {import("./pdf.mjs").Bookmark[]} */
  const chapters = [];
  for (const { title, depth, page, y } of headings) {
    const bookmark = { title, page: firstPage + page, y, children: [] };
    if (depth === 1) chapters.push(bookmark);
    else if (depth === 2) chapters.at(-1)?.children.push(bookmark);
  }
  return chapters;
}

/** @param {Fonts} fonts */
function titlePage(fonts) {
  const page = newPage({ bare: true });
  const [first = "", second = ""] = METADATA.shortTitle.split(/(?<=Documents) /u);
  const lines = /** @type {const} */ ([
    [first, "head", 30, 590],
    [second, "head", 30, 552],
    [METADATA.subtitle, "italic", 18, 505],
    [METADATA.author, "body", 13, 190],
    ["Edition of November 2026", "body", 11, 166],
  ]);
  for (const [text, style, size, y] of lines) {
    const x = (PAGE.width - fonts[style].widthOfTextAtSize(text, size)) / 2;
    page.operations.push({ kind: "text", text, x, y, size, style, grey: 0 });
    page.text.push(text);
  }
  page.operations.push({
    kind: "line",
    from: { x: 200, y: 478 },
    to: { x: PAGE.width - 200, y: 478 },
    thickness: 1,
    grey: 0.4,
  });
  return page;
}

/** The running header and the page number. @param {LabelledPage} page @param {Fonts} fonts */
function addRunningLines({ bare, chapter, label, operations, text }, fonts) {
  if (bare) return;
  const { size, grey } = SMALL;
  const right = PAGE.width - PAGE.right;
  const headerY = PAGE.height - 58;
  /** @type {import("./page.mjs").Operation[]} */
  const header = [
    { kind: "text", text: METADATA.shortTitle, x: PAGE.left, y: headerY, size, style: "italic", grey },
    {
      kind: "text",
      text: chapter,
      x: right - fonts.italic.widthOfTextAtSize(chapter, size),
      y: headerY,
      size,
      style: "italic",
      grey,
    },
    {
      kind: "line",
      from: { x: PAGE.left, y: headerY - 6 },
      to: { x: right, y: headerY - 6 },
      thickness: 0.4,
      grey: 0.5,
    },
  ];
  operations.unshift(...header);
  const x = (PAGE.width - fonts.body.widthOfTextAtSize(label, 10)) / 2;
  operations.push({ kind: "text", text: label, x, y: 48, size: 10, style: "body", grey: 0 });
  text.push(label);
}
