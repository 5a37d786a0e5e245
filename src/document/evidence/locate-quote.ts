/** A run of UTF-16 units; `end` is exclusive. */
export type Run = { readonly start: number; readonly end: number };

export type QuotePlace = { readonly found: "whole" | "part" | "none"; readonly runs: readonly Run[] };

/** A quote in the parsed text of its page, and the same page's text as another reader has it. */
export type QuoteInput = {
  readonly parsed: string;
  /** Of the quote in `parsed`. */
  readonly quote: Run;
  readonly page: string;
};

/** What may part a quote that is not together on the page: lines and cells. */
const PIECES = /\n|\t| {2,}| \| /u;

/**
 * Finds a quote in a page's own text. Only letters and numbers count, since parsing joins words and lines, and sets
 * bullets and bars. What stands several times is told by its number among the places in the parsed text; where the two
 * texts have it differently often, it is not found.
 */
export function locateQuote({ parsed, quote, page }: QuoteInput): QuotePlace {
  const letters = { parsed: lettersOf(parsed), page: lettersOf(page) };
  const whole = placeOf(quote, letters);
  if (whole !== undefined) return { found: "whole", runs: [whole] };
  const pieces = piecesOf(parsed, quote).filter((piece) => lengthIn(letters.parsed, piece) > 0);
  const runs = pieces.map((piece) => placeOf(piece, letters)).filter((run) => run !== undefined);
  if (runs.length === 0) return { found: "none", runs };
  return { found: runs.length === pieces.length ? "whole" : "part", runs };
}

/** The letters and numbers of a text without accents, and the unit of the text that each comes from. */
type Letters = { readonly text: string; readonly units: readonly number[] };

function lettersOf(text: string): Letters {
  let letters = "";
  const units: number[] = [];
  let unit = 0;
  for (const character of text) {
    const kept = character.normalize("NFKD").replaceAll(/[^\p{L}\p{N}]+/gu, "");
    letters += kept;
    for (let i = 0; i < kept.length; i += 1) units.push(unit);
    unit += character.length;
  }
  return { text: letters, units };
}

function placeOf(
  wanted: Run,
  { parsed, page }: Readonly<Record<"parsed" | "page", Letters>>,
): Run | undefined {
  const from = firstFrom(parsed.units, wanted.start);
  const sought = parsed.text.slice(from, firstFrom(parsed.units, wanted.end));
  if (sought === "") return undefined;
  const there = occurrences(page.text, sought);
  const known = occurrences(parsed.text, sought);
  const at = there.length === known.length ? there[known.indexOf(from)] : undefined;
  if (at === undefined) return undefined;
  const last = page.units[at + sought.length - 1] ?? 0;
  return { start: page.units[at] ?? 0, end: last + 1 };
}

function lengthIn({ units }: Letters, { start, end }: Run): number {
  return firstFrom(units, end) - firstFrom(units, start);
}

/** Index of the first letter that comes from that unit or a later one. */
function firstFrom(units: readonly number[], unit: number): number {
  const index = units.findIndex((from) => from >= unit);
  return index === -1 ? units.length : index;
}

function occurrences(text: string, sought: string): number[] {
  const found: number[] = [];
  for (let at = text.indexOf(sought); at !== -1; at = text.indexOf(sought, at + 1)) found.push(at);
  return found;
}

function piecesOf(text: string, { start, end }: Run): Run[] {
  let at = start;
  return text
    .slice(start, end)
    .split(new RegExp(`(${PIECES.source})`, "u"))
    .map((piece) => {
      const run = { start: at, end: at + piece.length };
      at = run.end;
      return run;
    });
}
