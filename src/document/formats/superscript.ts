const RAISED: Readonly<Record<string, string>> = Object.fromEntries(
  [..."0⁰1¹2²3³4⁴5⁵6⁶7⁷8⁸9⁹+⁺-⁻−⁻–⁻=⁼(⁽)⁾n\u207fi\u2071"].flatMap((character, i, all) =>
    i % 2 === 0 ? [[character, all[i + 1] ?? ""]] : [],
  ),
);
const LOWERED = "₀₁₂₃₄₅₆₇₈₉";
const FRACTIONS: Readonly<Record<string, string>> = Object.fromEntries(
  "1/2½ 1/3⅓ 2/3⅔ 1/4¼ 3/4¾ 1/5⅕ 2/5⅖ 3/5⅗ 4/5⅘ 1/6⅙ 5/6⅚ 1/8⅛ 3/8⅜ 5/8⅝ 7/8⅞"
    .split(" ")
    .map((pair) => [pair.slice(0, 3), pair.slice(3)]),
);
/** What is raised behind a number because it is said so: 1st, 2nd, XIXe, 1er, 3º. */
const ORDINAL = /^(?:st|nd|rd|th|er|re|ère|e|è?me|os?|as|º|ª)$/iu;

/**
 * A superscript as plain text that cannot be taken for more digits or letters of what stands `before` it: 10²¹, day.³,
 * 45^a, e^(x+1). Ordinals and abbreviations (1st, Mme) stay as they are.
 */
export function raised(text: string, before: string): string {
  const mark = text.trim();
  if (/^[\d+\-−–=()ni\s,;]*\d[\d+\-−–=()ni\s,;]*$|^[+\-−–]$/u.test(mark))
    return [...mark].map((character) => RAISED[character] ?? character).join("");
  if (/^(?:tm|sm)$/iu.test(mark)) return mark.toLowerCase() === "tm" ? "™" : "℠";
  const isOrdinal = /\d$/.test(before) && ORDINAL.test(mark);
  const isAbbreviation = /\p{L}$/u.test(before) && /^\p{L}{2,}\.?$/u.test(mark);
  const isMark = /^[[(*]/.test(mark) || !/[\p{L}\p{N}]/u.test(mark);
  if (isOrdinal || isAbbreviation || isMark || before === "") return text;
  if (/^[\p{L}\p{N}](?:[,;] ?[\p{L}\p{N}])*$/u.test(mark)) return `^${mark}`;
  return /[\p{L}\p{N}]$/u.test(before) ? `^(${mark})` : text;
}

/** A subscript: digits behind digits become ₂, all else stays as it is (H2O). */
export function lowered(text: string, before: string): string {
  const mark = text.trim();
  if (!/^\d+$/.test(mark) || !/\d$/.test(before)) return text;
  return [...mark].map((digit) => LOWERED[Number(digit)] ?? digit).join("");
}

/** The end of a text that makes a fraction with the digits lowered behind it: "¹/" of "1¹/". */
export const OPEN_FRACTION = /[\u2070\u00b9\u00b2\u00b3\u2074-\u2079]+[/\u2044]$/u;

/** "½" for ¹/ and 2, "11/12" where Unicode has no sign, with a space behind a number. */
export function fraction(numerator: string, denominator: string, before: string): string {
  const digits = [...numerator].flatMap((sign) => {
    const digit = Object.keys(RAISED).find((key) => RAISED[key] === sign);
    return digit === undefined ? [] : [digit];
  });
  const plain = `${digits.join("")}/${denominator}`;
  return FRACTIONS[plain] ?? (/\d$/.test(before) ? ` ${plain}` : plain);
}
