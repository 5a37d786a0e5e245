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
/** Roman numerals and letters of larger numbers would be long and are never meant. */
const LARGEST_SPELT = 5000;

/** A list number as Word prints it (ECMA-376 part 1, section 17.18.59); unknown formats are decimal. */
export function formatNumber(value: number, format: string): string {
  if (value < 1 || value > LARGEST_SPELT) return String(value);
  switch (format) {
    case "lowerRoman":
      return roman(value);
    case "upperRoman":
      return roman(value).toUpperCase();
    case "lowerLetter":
      return letters(value);
    case "upperLetter":
      return letters(value).toUpperCase();
    case "decimalZero":
      return String(value).padStart(2, "0");
    case "none":
      return "";
    default:
      return String(value);
  }
}

/** a … z, aa, bb, … as Word counts. */
function letters(value: number): string {
  return String.fromCharCode(97 + ((value - 1) % 26)).repeat(Math.ceil(value / 26));
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
