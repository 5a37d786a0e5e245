/** Ligatures (ﬁ) and Arabic presentation forms: glyphs, not letters. NFKC elsewhere would turn x² into x2. */
const PRESENTATION_FORMS = /[\ufb00-\ufb06\ufb50-\ufdff\ufe70-\ufefc]+/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is dropped
const CONTROLS = /[\0-\x08\x0b-\x1f\x7f-\x9f\uffff]/g;

/** One line of PDFium's text without glyph forms, no-break spaces and control characters. U+FFFE stays. */
export function cleanLine(line: string): string {
  return line
    .replace(CONTROLS, "")
    .replaceAll("\u00a0", " ")
    .replace(PRESENTATION_FORMS, (forms) => forms.normalize("NFKC"))
    .trimEnd();
}

/** Whether a character would be dropped, or taken for a gap or the end of a line. */
export function isControl(character: string): boolean {
  return character === "\t" || character === "\n" || character.replace(CONTROLS, "") === "";
}
