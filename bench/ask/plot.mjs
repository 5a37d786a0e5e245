// Evidence recall by the tokens of the window, an arm a line, as an SVG that needs nothing beside it.

const [WIDTH, HEIGHT] = [720, 400];
const FRAME = { left: 56, right: 210, top: 20, bottom: 48 };
const COLOURS = ["#1b6ca8", "#c8553d", "#588157", "#8d6a9f", "#b8860b", "#555555"];

/** `rows`: { arm: { tokens: text } } as in tables.mjs; `arms`: those that are drawn, in this order. */
export function plot(rows, arms) {
  const budgets = Object.keys(rows[arms[0]]).map(Number);
  const least =
    Math.floor(Math.min(...arms.flatMap((arm) => Object.values(rows[arm]).map(Number))) / 10) * 10;
  const innerWidth = WIDTH - FRAME.left - FRAME.right;
  const innerHeight = HEIGHT - FRAME.top - FRAME.bottom;
  const x = (i) => FRAME.left + (innerWidth * i) / (budgets.length - 1);
  const y = (value) => FRAME.top + (innerHeight * (100 - value)) / (100 - least);
  const levels = Array.from({ length: (100 - least) / 10 + 1 }, (_, i) => least + 10 * i);
  const grid = levels.map(
    (level) =>
      `<line x1="${FRAME.left}" x2="${WIDTH - FRAME.right}" y1="${y(level)}" y2="${y(level)}" stroke="#ddd"/>` +
      `<text x="${FRAME.left - 8}" y="${y(level) + 4}" text-anchor="end">${level} %</text>`,
  );
  const ticks = budgets.map(
    (budget, i) =>
      `<text x="${x(i)}" y="${HEIGHT - FRAME.bottom + 20}" text-anchor="middle">${budget}</text>`,
  );
  const lines = arms.map((arm, at) => {
    const points = budgets.map(
      (budget, i) => `${x(i).toFixed(1)},${y(Number(rows[arm][budget])).toFixed(1)}`,
    );
    const label = FRAME.top + 16 + 20 * at;
    const from = WIDTH - FRAME.right + 16;
    return (
      `<polyline points="${points.join(" ")}" fill="none" stroke="${COLOURS[at]}" stroke-width="2.5"/>` +
      `<line x1="${from}" x2="${from + 24}" y1="${label - 4}" y2="${label - 4}" stroke="${COLOURS[at]}" stroke-width="2.5"/>` +
      `<text x="${from + 30}" y="${label}">${arm}</text>`
    );
  });
  const axis = `<text x="${FRAME.left + innerWidth / 2}" y="${HEIGHT - 8}" text-anchor="middle">tokens of the window</text>`;
  const all = [...grid, ...ticks, ...lines, axis].join("\n");
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="13">
<title>Share of the evidence in the window, by what fills it</title>
<rect width="${WIDTH}" height="${HEIGHT}" fill="white"/>
${all}
</svg>
`;
}
