import { PAGE } from "./page.mjs";

/**
 * @typedef {import("./page.mjs").Operation} Operation
 * @typedef {import("./page.mjs").Point} Point
 */

/** Full-page pictures without a character: what a page without text looks like to a parser. @type {Readonly<Record<string, () => Operation[]>>} */
export const PICTURES = { pipeline: drawPipeline, "survey-sheet": drawSurveySheet };

/** A document of many chunks, the question on every chunk, the chosen ones, the window, the answer with its quote. */
function drawPipeline() {
  const centre = PAGE.width / 2;
  const chosen = new Set([2, 3, 9, 14]);
  const chunks = Array.from({ length: 16 }, (_, index) => ({
    index,
    x: 82 + (index % 8) * 55,
    y: 560 - Math.floor(index / 8) * 84,
  }));
  return [
    ...sheet({ x: centre - 60, y: 690, width: 120, height: 100 }, 8),
    ...arrow({ x: centre, y: 686 }, { x: centre, y: 640 }),
    ...chunks.flatMap(({ index, x, y }) => {
      const grey = chosen.has(index) ? 0.55 : 0.88;
      /** @type {Operation[]} */
      const question = [{ kind: "box", x, y: y - 16, width: 46, height: 10, grey: 0.3 }];
      return [...sheet({ x, y, width: 46, height: 52 }, 4, grey), ...question];
    }),
    ...chunks
      .filter(({ index }) => chosen.has(index))
      .flatMap(({ x }, order) => arrow({ x: x + 23, y: 456 }, { x: 202 + order * 62, y: 372 })),
    ...Array.from({ length: 4 }, (_, order) =>
      sheet({ x: 176 + order * 62, y: 306, width: 56, height: 62 }, 5, 0.55),
    ).flat(),
    { kind: "box", x: 176, y: 284, width: 242, height: 14, grey: 0.3 },
    ...arrow({ x: centre, y: 280 }, { x: centre, y: 226 }),
    { kind: "box", x: centre - 130, y: 150, width: 260, height: 72, grey: 1, border: 1.4 },
    ...rules({ x: centre - 114, y: 204 }, 228, 2),
    { kind: "box", x: centre - 114, y: 166, width: 150, height: 12, grey: 0.55 },
    ...arrow({ x: centre + 40, y: 172 }, { x: centre + 116, y: 172 }),
  ];
}

/** A crooked photocopy: a frame, a tower, and scribbled lines. */
function drawSurveySheet() {
  /** @type {Operation[]} */
  const sheetOperations = [
    { kind: "box", x: 52, y: 60, width: PAGE.width - 104, height: PAGE.height - 120, grey: 0.93, border: 1 },
  ];
  const tower = polygon([
    [210, 380],
    [232, 640],
    [238, 664],
    [282, 664],
    [288, 640],
    [310, 380],
  ]);
  const gallery = [
    ...polygon([
      [224, 640],
      [296, 640],
    ]),
    ...polygon([
      [242, 664],
      [246, 706],
      [274, 706],
      [278, 664],
    ]),
    ...polygon([
      [244, 706],
      [260, 726],
      [276, 706],
    ]),
  ];
  const sea = Array.from({ length: 5 }, (_, row) => wave({ x: 96, y: 366 - row * 11 }, 400, 3)).flat();
  const scribbles = Array.from({ length: 14 }, (_, row) =>
    wave({ x: 100, y: 268 - row * 12 }, 260 + ((row * 53) % 120), 2),
  ).flat();
  return [...sheetOperations, ...tower, ...gallery, ...sea, ...scribbles];
}

/** @param {{ x: number, y: number, width: number, height: number }} box @param {number} lines @param {number} [grey] @returns {Operation[]} */
function sheet(box, lines, grey = 0.96) {
  const step = box.height / (lines + 1);
  return [
    { kind: "box", ...box, grey, border: 1 },
    ...rules({ x: box.x + 6, y: box.y + box.height - step }, box.width - 12, lines, step),
  ];
}

/** @param {Point} from @param {number} width @param {[number, number?]} rest @returns {Operation[]} */
function rules(from, width, ...[count, step = 14]) {
  return Array.from({ length: count }, (_, index) => {
    const y = from.y - index * step;
    return {
      kind: "line",
      from: { x: from.x, y },
      to: { x: from.x + width * (index === count - 1 ? 0.6 : 1), y },
      thickness: 1.4,
      grey: 0.35,
    };
  });
}

/** @param {Point} from @param {Point} to @returns {Operation[]} */
function arrow(from, to) {
  const angle = Math.atan2(to.y - from.y, to.x - from.x);
  const barb = (/** @type {number} */ turn) => ({
    x: to.x - 9 * Math.cos(angle + turn),
    y: to.y - 9 * Math.sin(angle + turn),
  });
  return [from, barb(0.45), barb(-0.45)].map((end) => ({
    kind: "line",
    from: end,
    to,
    thickness: 1.6,
    grey: 0.3,
  }));
}

/** @param {readonly (readonly [number, number])[]} points @returns {Operation[]} */
function polygon(points) {
  return points.slice(1).map(([x, y], index) => {
    const [fromX, fromY] = /** @type {readonly [number, number]} */ (points[index]);
    return { kind: "line", from: { x: fromX, y: fromY }, to: { x, y }, thickness: 1.6, grey: 0.25 };
  });
}

/** @param {Point} start @param {number} length @param {number} height @returns {Operation[]} */
function wave(start, length, height) {
  const step = 7;
  return Array.from({ length: Math.floor(length / step) }, (_, index) => {
    const point = (/** @type {number} */ at) => ({
      x: start.x + at * step,
      y: start.y + at * 0.12 + height * Math.sin(at * 1.7 + start.y),
    });
    return { kind: "line", from: point(index), to: point(index + 1), thickness: 0.9, grey: 0.35 };
  });
}
