/** Signs by their names in Adobe's glyph list for new fonts (AGLFN 1.7); letters of one character are their own names. */
const SIGNS = `space   exclam ! quotedbl " numbersign # dollar $ percent % ampersand & quotesingle ' parenleft ( parenright )
asterisk * plus + comma , hyphen - period . slash / zero 0 one 1 two 2 three 3 four 4 five 5 six 6 seven 7 eight 8 nine 9
colon : semicolon ; less < equal = greater > question ? at @ bracketleft [ backslash \\ bracketright ] asciicircum ^
underscore _ grave \` braceleft { bar | braceright } asciitilde ~ exclamdown ¡ cent ¢ sterling £ currency ¤ yen ¥
section § copyright © registered ® degree ° plusminus ± twosuperior ² threesuperior ³ mu µ paragraph ¶
periodcentered · onesuperior ¹ onequarter ¼ onehalf ½ threequarters ¾ questiondown ¿ AE Æ ae æ Oslash Ø oslash ø
OE Œ oe œ Eth Ð eth ð Thorn Þ thorn þ germandbls ß Lslash Ł lslash ł dotlessi ı multiply × divide ÷ logicalnot ¬
guillemotleft « guillemotright » guilsinglleft ‹ guilsinglright › quoteleft ‘ quoteright ’ quotesinglbase ‚
quotedblleft “ quotedblright ” quotedblbase „ endash – emdash — ellipsis … bullet • dagger † daggerdbl ‡
perthousand ‰ Euro € trademark ™ minus − fraction ⁄ asteriskmath ∗ infinity ∞ lessequal ≤ greaterequal ≥ notequal ≠
approxequal ≈ summation ∑ product ∏ radical √ integral ∫ partialdiff ∂ gradient ∇ element ∈ proportional ∝ similar ∼
arrowleft ← arrowup ↑ arrowright → arrowdown ↓ ff ff fi fi fl fl ffi ffi ffl ffl
Alpha Α Beta Β Gamma Γ Delta Δ Epsilon Ε Zeta Ζ Eta Η Theta Θ Iota Ι Kappa Κ Lambda Λ Mu Μ Nu Ν Xi Ξ Omicron Ο Pi Π
Rho Ρ Sigma Σ Tau Τ Upsilon Υ Phi Φ Chi Χ Psi Ψ Omega Ω alpha α beta β gamma γ delta δ epsilon ε zeta ζ eta η theta θ
iota ι kappa κ lambda λ nu ν xi ξ omicron ο pi π rho ρ sigma σ sigma1 ς tau τ upsilon υ phi φ chi χ psi ψ omega ω`;
const ACCENTS: Readonly<Record<string, string>> = {
  grave: "\u0300",
  acute: "\u0301",
  circumflex: "\u0302",
  tilde: "\u0303",
  macron: "\u0304",
  breve: "\u0306",
  dotaccent: "\u0307",
  dieresis: "\u0308",
  ring: "\u030a",
  hungarumlaut: "\u030b",
  caron: "\u030c",
  cedilla: "\u0327",
  ogonek: "\u0328",
};
const ACCENTED = new RegExp(`^([A-Za-z])(${Object.keys(ACCENTS).join("|")})$`);

const BY_NAME = new Map(
  [...SIGNS.matchAll(/(\S+) (\S+|(?<=space ) )/g)].map(([, name = "", sign = ""]) => [name, sign]),
);

/** The letters that a glyph's name stands for (Adobe Glyph List Specification, section 2); undefined for a name of no meaning. */
export function lettersOf(name: string): string | undefined {
  const [plain = ""] = name.split(".");
  const parts = plain.split("_").map(partOf);
  return plain === "" || parts.includes(undefined) ? undefined : parts.join("");
}

function partOf(name: string): string | undefined {
  if (/^[A-Za-z]$/.test(name)) return name;
  const [, hex = ""] =
    /^(?:uni([\dA-F]{4})|u([\dA-F]{4,6}))$/.exec(name)?.filter((part) => part !== undefined) ?? [];
  const point = Number.parseInt(hex, 16);
  if (point > 0 && point <= 0x10ffff) return String.fromCodePoint(point);
  const [, letter = "", accent = ""] = ACCENTED.exec(name) ?? [];
  return BY_NAME.get(name) ?? (letter === "" ? undefined : `${letter}${ACCENTS[accent]}`.normalize("NFC"));
}
