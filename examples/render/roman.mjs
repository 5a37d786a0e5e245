const NUMERALS = /** @type {const} */ ([
  [10, "x"],
  [9, "ix"],
  [5, "v"],
  [4, "iv"],
  [1, "i"],
]);

/** Lower-case Roman numerals up to 39. @param {number} number */
export function toRoman(number) {
  let [left, roman] = [number, ""];
  for (const [value, numeral] of NUMERALS) {
    while (left >= value) {
      roman += numeral;
      left -= value;
    }
  }
  return roman;
}
