import { Flow } from "./flow.mjs";
import { PAGE } from "./page.mjs";

const SETTINGS = /** @type {const} */ ({
  1: { style: "bold", size: 11, leading: 15, before: 6, indent: 0 },
  2: { style: "body", size: 10, leading: 12.5, before: 0, indent: 18 },
});

/**
 * @param {readonly { title: string, depth: number, label: string }[]} headings @param {import("./pdf.mjs").Fonts} fonts
 */
export function layOutContents(headings, fonts) {
  const flow = new Flow(fonts);
  flow.beginChapter("Contents");
  for (const { title, depth, label } of headings) {
    const { style, size, leading, before, indent } = SETTINGS[/** @type {1 | 2} */ (depth)];
    flow.need(before + leading * (depth === 1 ? 3 : 1));
    flow.y -= before + leading;
    const font = fonts[style];
    const right = PAGE.width - PAGE.right;
    const x = PAGE.left + indent;
    const labelX = right - font.widthOfTextAtSize(label, size);
    const titleEnd = x + font.widthOfTextAtSize(title, size);
    const dot = fonts.body.widthOfTextAtSize(" .", size);
    const dots = Math.max(0, Math.floor((labelX - titleEnd - 8) / dot));
    flow.put(`${title} `, { x, size, style });
    // Dots end at one edge, whatever the title's length.
    const leaderX = labelX - 4 - dots * dot;
    if (dots > 2)
      flow.page.operations.push({
        kind: "text",
        text: `${" .".repeat(dots)} `,
        x: leaderX,
        y: flow.y,
        size,
        style: "body",
        grey: 0.4,
      });
    flow.put(label, { x: labelX, size, style });
  }
  return flow.pages;
}
