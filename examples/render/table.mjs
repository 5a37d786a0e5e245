import { PAGE } from "./page.mjs";
import { toPieces, toRuns, toWords, wrapWords } from "./wrap.mjs";

const SIZE = 9.5;
const LEADING = 12.5;
const GAP = 12;

/**
 * Cells are set row by row, each with a space behind it, so that a row without wrapped cells reads as one line.
 * @param {import("./flow.mjs").Flow} flow @param {import("marked").Tokens.Table} table
 */
export function layOutTable(flow, { header, rows, align }) {
  const measure = flow.measure(SIZE);
  const grid = [
    header.map((cell) => toWords(toPieces(cell.tokens, "head"))),
    ...rows.map((row) => row.map((cell) => toWords(toPieces(cell.tokens)))),
  ];
  const widths = columnWidths(grid, flow.width, measure);
  const set = grid.map((row) =>
    row.map((words, column) => wrapWords(words, { width: widths[column] ?? 0, measure })),
  );
  flow.y -= 2;
  const [head = [], ...body] = set;
  const headHeight = heightOf(head);
  flow.need(headHeight + heightOf(body[0] ?? []) + 2 * LEADING);
  row(flow, head, { widths, align, measure });
  rule(flow, 0.8);
  for (const cells of body) {
    if (flow.room < heightOf(cells)) {
      flow.newPage();
      row(flow, head, { widths, align, measure });
      rule(flow, 0.8);
    }
    row(flow, cells, { widths, align, measure });
    rule(flow, 0.3);
  }
  flow.y -= 12;
}

/** @param {readonly (readonly unknown[])[]} cells */
function heightOf(cells) {
  return Math.max(1, ...cells.map(({ length }) => length)) * LEADING + 5;
}

/**
 * Natural widths; where they do not fit, the widest column gives way.
 * @param {readonly (readonly (readonly import("./wrap.mjs").Word[])[])[]} grid @param {number} total @param {import("./wrap.mjs").Measure} measure
 */
function columnWidths(grid, total, measure) {
  const columns = grid[0]?.length ?? 0;
  const widthOf = (/** @type {readonly import("./wrap.mjs").Word[]} */ words) =>
    words.reduce(
      (sum, word, index) =>
        sum +
        (index > 0 ? measure(" ", "body") : 0) +
        word.reduce((w, { text, style }) => w + measure(text, style), 0),
      0,
    );
  const natural = Array.from(
    { length: columns },
    (_, column) => Math.max(...grid.map((row) => widthOf(row[column] ?? []))) + 1,
  );
  const available = total - GAP * (columns - 1);
  for (;;) {
    const excess = natural.reduce((sum, width) => sum + width, 0) - available;
    if (excess <= 0) return natural;
    const widest = natural.indexOf(Math.max(...natural));
    const second = Math.max(40, ...natural.filter((_, column) => column !== widest));
    natural[widest] = Math.max((natural[widest] ?? 0) - excess, Math.min(second, (natural[widest] ?? 0) - 1));
  }
}

/**
 * @param {import("./flow.mjs").Flow} flow @param {readonly (readonly import("./wrap.mjs").Line[])[]} cells
 * @param {{ widths: readonly number[], align: readonly (string | null)[], measure: import("./wrap.mjs").Measure }} options
 */
function row(flow, cells, { widths, align, measure }) {
  const top = flow.y;
  let left = PAGE.left + flow.indent;
  cells.forEach((lines, column) => {
    const width = widths[column] ?? 0;
    flow.y = top;
    for (const line of lines) {
      flow.y -= LEADING;
      const runs = toRuns(line);
      const used = runs.reduce((sum, { text, style }) => sum + measure(text, style), 0);
      let x = align[column] === "right" ? left + width - used : left;
      runs.forEach(({ text, style }, index) => {
        flow.put(index === runs.length - 1 ? `${text} ` : text, { x, size: SIZE, style });
        x += measure(text, style);
      });
    }
    left += width + GAP;
  });
  flow.y = top - heightOf(cells) + 1;
}

/** @param {import("./flow.mjs").Flow} flow @param {number} thickness */
function rule(flow, thickness) {
  const [x, y] = [PAGE.left + flow.indent, flow.y];
  flow.page.operations.push({
    kind: "line",
    from: { x, y },
    to: { x: x + flow.width, y },
    thickness,
    grey: 0.45,
  });
  flow.y -= 1;
}
