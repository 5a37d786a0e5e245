import { countOf } from "../decoding.ts";

/** Adobe's Symbol encoding (ISO 32000-1, annex D.5) from 0x20 on, sixteen characters a line; "�" where it has none. */
const SYMBOL = [
  " !∀#∃%&∋()∗+,−./",
  "0123456789:;<=>?",
  "≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟ",
  "ΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_",
  "‾αβχδεφγηιϕκλµνο",
  "πθρστυϖωξψζ{|}∼�",
  "����������������",
  "����������������",
  "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓",
  "°±″≥×∝∂•÷≠≡≈…⏐⎯↵",
  "ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉",
  "∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓",
  "◊⟨®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪",
  "�⟩∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭�",
].join("");
const FIRST = 0x20;

type Signs = Readonly<Record<number, string>>;
/** Of Microsoft's fonts what stands in forms and lists: ticks, boxes, bullets and arrows. */
const WINGDINGS: Signs = {
  32: " ",
  40: "☎",
  42: "✉",
  108: "●",
  110: "■",
  111: "☐",
  113: "☐",
  114: "☐",
  115: "⬧",
  117: "◆",
  118: "❖",
  159: "•",
  161: "○",
  167: "▪",
  168: "☐",
  216: "➢",
  223: "←",
  224: "→",
  225: "↑",
  226: "↓",
  232: "➔",
  251: "✗",
  252: "✓",
  253: "☒",
  254: "☑",
};
const WINGDINGS_2: Signs = {
  32: " ",
  79: "✗",
  80: "✓",
  81: "☒",
  82: "☑",
  83: "☒",
  84: "☒",
  163: "☐",
};

/** Fonts whose codes mean signs. Programs write a code as it is, or at U+F000 in Unicode's private use. */
const FONTS: readonly (readonly [name: RegExp, sign: (code: number) => string | undefined])[] = [
  [/^symbol(?: ?mt)?$/i, (code) => SYMBOL[code - FIRST]],
  [/^wingdings$/i, (code) => WINGDINGS[code]],
  [/^wingdings 2$/i, (code) => WINGDINGS_2[code]],
  [/^(?:wingdings 3|webdings|marlett|mt extra|zapf ?dingbats|monotype sorts)$/i, () => undefined],
];
/** Stands for a sign that only its font knows. */
export const UNKNOWN = "\ufffd";

export function isSymbolFont(font: string): boolean {
  return FONTS.some(([name]) => name.test(font));
}

/** The sign that a code stands for in a symbol font; U+FFFD for one that only the font knows. */
export function symbolOf(code: number, font: string): string {
  const sign = FONTS.find(([name]) => name.test(font))?.[1];
  return sign?.(code & 0xff) ?? UNKNOWN;
}

/** A run's text, with the signs of symbol fonts in place of the private use of Unicode that programs write for them. */
export function showSymbols(text: string, font: string): string {
  return text.replace(/[\uf020-\uf0ff]/g, (character) => symbolOf(character.charCodeAt(0), font));
}

/** One sentence about signs that are lost; none where there are none. */
export function describeUnknownSymbols(text: string): string[] {
  const count = countOf(text, /\ufffd/g);
  if (count === 0) return [];
  const what = count === 1 ? "1 character stands" : `${count} characters stand`;
  return [`${what} as U+FFFD: a sign that only its font knows, or a damaged letter`];
}
