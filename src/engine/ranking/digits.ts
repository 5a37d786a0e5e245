const OTHER_DIGIT = /[^\P{Nd}0-9]/gu;
const IS_DIGIT = /\p{Nd}/u;
/** The decimal and the grouping marks of Arabic numbers, and the full stop of wide ones. */
const MARK = /(?<=\p{Nd})[٫٬．](?=\p{Nd})/gu;
const MARKS: Readonly<Record<string, string>> = { "٫": ".", "٬": ",", "．": "." };
const NOT_LATIN = /[^\0-\u02ff]/;

/** Digits of all scripts as 0 to 9, each at its place: ４２ and ٤٢ are 42. Those that take two units (𝟒𝟐) stay. */
export function withAsciiDigits(text: string): string {
  if (!NOT_LATIN.test(text)) return text;
  const marked = text.replaceAll(MARK, (mark) => MARKS[mark] ?? mark);
  return marked.replaceAll(OTHER_DIGIT, (digit) =>
    digit.length === 1 ? String(valueOfDigit(digit)) : digit,
  );
}

/** Ten digits stand one behind the other; the first of them has a code that ends with 0 or with 6. */
function valueOfDigit(digit: string): number {
  const code = digit.charCodeAt(0);
  const low = code & 0xf;
  return IS_DIGIT.test(String.fromCharCode(code - low)) ? low : low - 6;
}
