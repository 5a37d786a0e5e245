/** A span of a piece of text; UTF-16 offsets, `end` exclusive. */
type Lines = { readonly start: number; readonly end: number };

/** A rule from side to side, such as ├───┼───┤ or +---+---+. */
const RULE = /^[ \t]*[┌├└╒╞╘╓╟╙╔╠╚┏┣┗+][─━═┄┅┈┉┬┼┴╤╪╧╥╫╨╦╬╩┳╋┻+=-]{3,}[┐┤┘╕╡╛╖╢╜╗╣╝┓┫┛+][ \t]*$/u;
/** A line between two sides; a rule may begin in the middle of it, below some of its cells. */
const BOXED = /^[ \t]*[│┃║|├].*[│┃║|┤][ \t]*$/u;
/** Tables with fewer blocks between rules have one below their header at most: each line is a row. */
const FEWEST_RULED_ROWS = 3;

/**
 * The rows of tables that are drawn with lines, as terminals and text browsers print them. Between two rules lies one row, whose
 * cells may go on over several lines; where rules are above and below the header alone, a row is a line.
 */
export function boxedRows(piece: string): Lines[] {
  return tablesOf(piece).flatMap((lines) => {
    const blocks = blocksOf(lines);
    if (blocks.length >= FEWEST_RULED_ROWS) return blocks.flatMap(around);
    // One line between two bars may be anything.
    return lines.length === 1 ? [] : blocks.flat();
  });
}

type Line = Lines & { readonly isRule: boolean };

/** Runs of lines of which each is a rule or lies between two sides. */
function tablesOf(piece: string): Line[][] {
  const tables: Line[][] = [];
  for (const { 0: line, index: start } of piece.matchAll(/[^\n]+/g)) {
    const isRule = RULE.test(line);
    if (!isRule && !BOXED.test(line)) continue;
    const table = tables.at(-1);
    const own = { start, end: start + line.length, isRule };
    if (table?.at(-1)?.end === start - 1) table.push(own);
    else tables.push([own]);
  }
  return tables;
}

/** The lines between rules; none are empty. */
function blocksOf(lines: readonly Line[]): Line[][] {
  const blocks: Line[][] = [];
  let isNew = true;
  for (const line of lines) {
    if (!line.isRule && isNew) blocks.push([line]);
    else if (!line.isRule) blocks.at(-1)?.push(line);
    isNew = line.isRule;
  }
  return blocks;
}

function around(block: readonly Line[]): Lines[] {
  const [first, last] = [block[0], block.at(-1)];
  return first === undefined || last === undefined ? [] : [{ start: first.start, end: last.end }];
}
