const NUMBER = /-?(?:\d+\.?\d*|\.\d+)/g;

/** How wide the glyphs of a font of single bytes are, by code, in font sizes (ISO 32000-1, 9.2.4). */
export function simpleWidths(font: string, objects: ReadonlyMap<number, string>): Map<number, number> {
  const first = Number(/\/FirstChar\s+(\d+)/.exec(font)?.[1] ?? 0);
  const widths = numbersIn(arrayOf("Widths", font, objects));
  return new Map(widths.map((width, i) => [first + i, width / 1000]));
}

/** The same for a composite font whose codes are those of its glyphs (ISO 32000-1, 9.7.4.3). */
export function compositeWidths(font: string, objects: ReadonlyMap<number, string>): Map<number, number> {
  const widths = new Map<number, number>();
  const below = Number(/(\d+)\s+\d+\s+R\b/.exec(arrayOf("DescendantFonts", font, objects))?.[1]);
  const list = arrayOf("W", objects.get(below) ?? "", objects);
  // A first code and a width for each from there on, or the first and the last code and a width for all.
  for (const [, from, each, last, all] of list.matchAll(/(\d+)\s*(?:\[([^\]]*)\]|\s(\d+)\s+([\d.]+))/g)) {
    const first = Number(from);
    const own = each === undefined ? [] : numbersIn(each);
    for (const [i, width] of own.entries()) widths.set(first + i, width / 1000);
    for (let code = first; all !== undefined && code <= Math.min(Number(last), 0xffff); code++)
      widths.set(code, Number(all) / 1000);
  }
  return widths;
}

/** What stands in an array of a dictionary, there or in an object of its own. */
function arrayOf(key: string, dictionary: string, objects: ReadonlyMap<number, string>): string {
  const array = "\\[((?:[^[\\]]|\\[[^\\]]*\\])*)\\]";
  const own = new RegExp(`/${key}\\s*(?:${array}|(\\d+)\\s+\\d+\\s+R\\b)`).exec(dictionary);
  return own?.[1] ?? new RegExp(array).exec(objects.get(Number(own?.[2])) ?? "")?.[1] ?? "";
}

function numbersIn(list: string): number[] {
  return [...list.matchAll(NUMBER)].map(([number]) => Number(number));
}
