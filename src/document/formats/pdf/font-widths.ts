/** More codes than two bytes have are not looked at, however a font gives them. */
const MOST_CODES = 0x10000;

// Files are not trusted: what a pattern may run over is bounded.
const NUMBER = /(?<![\d.])-?(?:\d{1,9}(?:\.\d{0,9})?|\.\d{1,9})/g;
/** A first code and a width for each from there on, or the first and the last code and a width for all. */
const RUN = /(?<!\d)(\d{1,9})\s{0,16}(?:\[([^[\]]*)\]|\s(\d{1,9})\s{1,16}([\d.]{1,16}))/g;
const ARRAY = "\\[((?:[\\d\\s.R+-]|\\[[\\d\\s.R+-]*\\])*)\\]";
const ARRAY_ALONE = new RegExp(`^\\s*${ARRAY}`);

/** How wide the glyphs of a font of single bytes are, by code, in font sizes (ISO 32000-1, 9.2.4). */
export function simpleWidths(font: string, objects: ReadonlyMap<number, string>): Map<number, number> {
  const first = Number(/\/FirstChar\s+(\d{1,9})/.exec(font)?.[1] ?? 0);
  const widths = numbersIn(arrayOf("Widths", font, objects));
  return new Map(widths.map((width, i) => [first + i, width / 1000]));
}

/** The same for a composite font whose codes are those of its glyphs (ISO 32000-1, 9.7.4.3). */
export function compositeWidths(font: string, objects: ReadonlyMap<number, string>): Map<number, number> {
  const widths = new Map<number, number>();
  const below = Number(
    /(?<!\d)(\d{1,9})\s{1,16}\d{1,9}\s{1,16}R\b/.exec(arrayOf("DescendantFonts", font, objects))?.[1],
  );
  const list = arrayOf("W", objects.get(below) ?? "", objects);
  let left = MOST_CODES;
  for (const [, from, each, last, all] of list.matchAll(RUN)) {
    const first = Number(from);
    const own =
      each === undefined
        ? new Array<number>(Math.max(0, Math.min(left, Number(last) - first + 1))).fill(Number(all))
        : numbersIn(each).slice(0, left);
    left -= own.length;
    for (const [i, width] of own.entries()) widths.set(first + i, width / 1000);
  }
  return widths;
}

/** What stands in an array of a dictionary, there or in an object of its own. */
function arrayOf(key: string, dictionary: string, objects: ReadonlyMap<number, string>): string {
  const named = new RegExp(`/${key}\\s{0,16}(?:${ARRAY}|(\\d{1,9})\\s{1,16}\\d{1,9}\\s{1,16}R\\b)`);
  const own = named.exec(dictionary);
  return own?.[1] ?? ARRAY_ALONE.exec(objects.get(Number(own?.[2])) ?? "")?.[1] ?? "";
}

function numbersIn(list: string): number[] {
  return [...list.matchAll(NUMBER)].map(([number]) => Number(number));
}
