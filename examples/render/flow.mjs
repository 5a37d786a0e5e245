import { newPage, PAGE, TEXT_WIDTH } from "./page.mjs";
import { PICTURES } from "./pictures.mjs";
import { layOutTable } from "./table.mjs";
import { toPieces, toRuns, toWords, wrapWords } from "./wrap.mjs";

/**
 * @typedef {import("./wrap.mjs").Style} Style
 * @typedef {import("marked").Token} Token
 * @typedef {{ title: string, depth: number, page: number, y: number }} Heading  page counts from 0 in this flow
 * @typedef {{ size: number, leading: number }} Setting
 */

export const BODY = { size: 11, leading: 14.4 };
const CODE = { size: 9, leading: 12 };
/** Courier looks larger than Times of the same size. */
const MONO_SHARE = 0.88;
const HEADINGS = /** @type {const} */ ({
  1: { size: 22, before: 0, after: 20 },
  2: { size: 14, before: 14, after: 7 },
  3: { size: 11.5, before: 9, after: 4 },
});

/** Sets blocks one under the other and begins new pages where they are full. */
export class Flow {
  /** @param {import("./pdf.mjs").Fonts} fonts */
  constructor(fonts) {
    this.fonts = fonts;
    /** @type {import("./page.mjs").Page[]} */
    this.pages = [];
    /** @type {Heading[]} */
    this.headings = [];
    this.y = 0;
    this.indent = 0;
    this.chapter = "";
  }

  /** @param {string} title @param {string} [number] */
  beginChapter(title, number) {
    this.chapter = number === undefined ? title : `${number} ${title}`;
    this.newPage();
    this.heading(this.chapter, 1);
  }

  newPage() {
    this.pages.push(newPage({ chapter: this.chapter }));
    this.y = PAGE.height - PAGE.top;
  }

  get page() {
    const page = this.pages.at(-1);
    if (page === undefined) throw new Error("no page was begun");
    return page;
  }

  get width() {
    return TEXT_WIDTH - this.indent;
  }

  get room() {
    return this.y - PAGE.bottom;
  }

  /** @param {number} height */
  need(height) {
    if (this.room < height) this.newPage();
  }

  /** @param {number} size @returns {import("./wrap.mjs").Measure} */
  measure(size) {
    return (text, style) => this.fonts[style].widthOfTextAtSize(text, sizeOf(size, style));
  }

  /** @param {readonly Token[]} blocks @param {string} [number] the chapter's */
  blocks(blocks, number) {
    let section = 0;
    for (const block of blocks) {
      if (block.type === "heading" && block.depth === 2) {
        section += 1;
        this.heading(number === undefined ? block.text : `${number}.${section} ${block.text}`, 2);
      } else this.block(block);
    }
  }

  /** @param {Token} block */
  block(block) {
    switch (block.type) {
      case "heading":
        return this.heading(block.text, block.depth);
      case "paragraph":
        return this.paragraph(block.tokens ?? []);
      case "text":
        return this.lines(block.tokens ?? [], BODY);
      case "list":
        return this.list(/** @type {import("marked").Tokens.List} */ (block));
      case "code":
        return this.code(block.text);
      case "table":
        return this.table(/** @type {import("marked").Tokens.Table} */ (block));
      case "blockquote":
        return this.note(block.tokens ?? []);
      case "space":
        return undefined;
      default:
        throw new Error(`${block.type} is not rendered: ${block.raw}`);
    }
  }

  /** @param {string} title @param {number} depth */
  heading(title, depth) {
    const { size, before, after } = HEADINGS[/** @type {1 | 2 | 3} */ (depth)];
    const words = toWords([{ text: title, style: "head" }]);
    const lines = wrapWords(words, { width: this.width, measure: this.measure(size) });
    // A heading stays with the first lines of what follows.
    this.need(before + lines.length * size * 1.25 + after + 3 * BODY.leading);
    if (this.room < PAGE.height - PAGE.top - PAGE.bottom) this.y -= before;
    this.headings.push({ title, depth, page: this.pages.length - 1, y: this.y + 4 });
    for (const line of lines) this.line(line, { size, leading: size * 1.25 });
    this.y -= after;
  }

  /** @param {readonly Token[]} tokens */
  paragraph(tokens) {
    const [only] = tokens;
    if (tokens.length === 1 && only?.type === "image") return this.picture(only.href);
    this.lines(tokens, BODY);
    this.y -= 6;
  }

  /** @param {readonly Token[]} tokens @param {Setting} setting */
  lines(tokens, setting) {
    const measure = this.measure(setting.size);
    const lines = wrapWords(toWords(toPieces(tokens)), { width: this.width, measure });
    lines.forEach((line, index) => {
      const left = lines.length - index;
      // Neither the first line of a paragraph alone at the foot nor the last alone at the head.
      const together = (index === 0 && lines.length > 1) || left === 2 ? 2 : 1;
      this.need(together * setting.leading);
      this.line(line, setting);
    });
  }

  /** @param {import("./wrap.mjs").Line} line @param {Setting} setting */
  line(line, { size, leading }) {
    this.y -= leading;
    let x = PAGE.left + this.indent;
    for (const { text, style } of toRuns(line)) {
      this.put(text, { x, size, style });
      x += this.measure(size)(text, style);
    }
  }

  /** @param {string} text @param {{ x: number, size: number, style: Style }} options */
  put(text, { x, size, style }) {
    this.page.operations.push({
      kind: "text",
      text,
      x,
      y: this.y,
      size: sizeOf(size, style),
      style,
      grey: 0,
    });
    this.page.text.push(text.trim());
  }

  /** @param {import("marked").Tokens.List} list */
  list({ ordered, start, items }) {
    items.forEach((item, index) => {
      this.need(2 * BODY.leading);
      const mark = ordered ? `${Number(start) + index}.` : "\u2022";
      const y = this.y - BODY.leading;
      this.page.operations.push({
        kind: "text",
        text: `${mark} `,
        x: PAGE.left + this.indent + 4,
        y,
        size: BODY.size,
        style: "body",
        grey: 0,
      });
      this.page.text.push(mark);
      this.indent += 22;
      for (const block of item.tokens) this.block(block);
      this.indent -= 22;
      this.y -= 3;
    });
    this.y -= 4;
  }

  /** @param {string} source */
  code(source) {
    const lines = source.split("\n");
    const padding = 7;
    const height = lines.length * CODE.leading + 2 * padding;
    this.need(height + 4);
    this.y -= 2;
    const box = { x: PAGE.left + this.indent, y: this.y - height, width: this.width, height };
    this.page.operations.push({ kind: "box", ...box, grey: 0.94 });
    this.y -= padding - 2;
    for (const text of lines) {
      this.y -= CODE.leading;
      if (text === "") continue;
      const size = CODE.size / MONO_SHARE;
      if (this.measure(size)(text, "mono") > this.width - 2 * padding)
        throw new Error(`code is too wide: ${text}`);
      this.put(text, { x: PAGE.left + this.indent + padding, size, style: "mono" });
    }
    this.y -= padding + 10;
  }

  /** @param {import("marked").Tokens.Table} table */
  table(table) {
    layOutTable(this, table);
  }

  /** @param {readonly Token[]} blocks */
  note(blocks) {
    this.need(3 * BODY.leading);
    const [top, page] = [this.y, this.page];
    this.indent += 16;
    for (const block of blocks) this.block(block);
    this.indent -= 16;
    // A note that crosses a page keeps its bar on the first one.
    const bottom = page === this.page ? this.y + 4 : PAGE.bottom;
    const x = PAGE.left + 5;
    page.operations.push({
      kind: "line",
      from: { x, y: top - 4 },
      to: { x, y: bottom },
      thickness: 2,
      grey: 0.6,
    });
    this.y -= 4;
  }

  /** A page of its own, without a single character. @param {string} name */
  picture(name) {
    const draw = PICTURES[name];
    if (draw === undefined) throw new Error(`no picture is called ${name}`);
    const page = newPage({ chapter: this.chapter, bare: true });
    page.operations.push(...draw());
    this.pages.push(page);
    this.y = PAGE.bottom;
  }
}

/** @param {number} size @param {Style} style */
function sizeOf(size, style) {
  return style === "mono" ? size * MONO_SHARE : size;
}
