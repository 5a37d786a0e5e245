/**
 * @typedef {{ kind: "text", text: string, x: number, y: number, size: number, style: import("./wrap.mjs").Style, grey: number }} TextOperation
 * @typedef {{ kind: "box", x: number, y: number, width: number, height: number, grey: number, border?: number }} BoxOperation
 * @typedef {{ kind: "line", from: Point, to: Point, thickness: number, grey: number }} LineOperation
 * @typedef {{ x: number, y: number }} Point
 * @typedef {TextOperation | BoxOperation | LineOperation} Operation
 * @typedef {{ operations: Operation[], text: string[], chapter: string, bare: boolean }} Page  bare: no header, no footer
 */

/** A4; everything in points, y upwards. */
export const PAGE = { width: 595.28, height: 841.89, left: 76, right: 76, top: 88, bottom: 74 };
export const TEXT_WIDTH = PAGE.width - PAGE.left - PAGE.right;

/**
 * @param {{ chapter?: string, bare?: boolean }} [options]
 * @returns {Page}
 */
export function newPage({ chapter = "", bare = false } = {}) {
  return { operations: [], text: [], chapter, bare };
}
