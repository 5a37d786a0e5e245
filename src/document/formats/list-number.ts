const ROMAN: readonly (readonly [value: number, digits: string])[] = [
  [1000, "m"],
  [900, "cm"],
  [500, "d"],
  [400, "cd"],
  [100, "c"],
  [90, "xc"],
  [50, "l"],
  [40, "xl"],
  [10, "x"],
  [9, "ix"],
  [5, "v"],
  [4, "iv"],
  [1, "i"],
];
const LATIN = "abcdefghijklmnopqrstuvwxyz";
/** Without ё, й, ъ and ь, with which no list counts. */
const RUSSIAN = "абвгдежзиклмнопрстуфхцчшщыэюя";
/** Roman numerals and letters of larger numbers would be long and are never meant. */
const LARGEST_SPELT = 5000;

/**
 * A list number as Word prints it, by the name that Word has for its format (ECMA-376 part 1, section 17.18.59); unknown
 * formats are decimal. `lowerColumn` and `upperColumn`, which Word lacks, count as spreadsheets name columns.
 */
export function formatNumber(value: number, format: string): string {
  if (value < 1 || value > LARGEST_SPELT) return format === "none" ? "" : String(value);
  switch (format) {
    case "lowerRoman":
      return roman(value);
    case "upperRoman":
      return roman(value).toUpperCase();
    case "lowerLetter":
      return repeated(value, LATIN);
    case "upperLetter":
      return repeated(value, LATIN).toUpperCase();
    case "russianLower":
      return repeated(value, RUSSIAN);
    case "russianUpper":
      return repeated(value, RUSSIAN).toUpperCase();
    case "lowerColumn":
      return column(value);
    case "upperColumn":
      return column(value).toUpperCase();
    case "decimalZero":
      return String(value).padStart(2, "0");
    case "none":
      return "";
    default:
      return String(value);
  }
}

/** a … z, aa, bb, … as Word counts. */
function repeated(value: number, alphabet: string): string {
  const letter = alphabet[(value - 1) % alphabet.length] ?? "";
  return letter.repeat(Math.ceil(value / alphabet.length));
}

/** a … z, aa, ab, … */
function column(value: number): string {
  let text = "";
  for (let rest = value; rest > 0; rest = Math.floor((rest - 1) / LATIN.length))
    text = (LATIN[(rest - 1) % LATIN.length] ?? "") + text;
  return text;
}

function roman(value: number): string {
  let rest = value;
  let text = "";
  for (const [worth, digits] of ROMAN) {
    text += digits.repeat(Math.floor(rest / worth));
    rest %= worth;
  }
  return text;
}
