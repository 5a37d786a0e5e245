import { isSymbolFont, symbolOf } from "../symbol-fonts.ts";

const SYMBOL = /^\s*SYMBOL\s+(0x[0-9a-f]{1,4}|\d{1,5})\b/i;
const FONT = /\\f\s*(?:"([^"]*)"|(\S+))/i;

/** The sign that a field shows, such as `SYMBOL 109 \f "Symbol"`; empty for other fields. */
export function symbolOfField(instruction: string): string {
  const code = SYMBOL.exec(instruction)?.[1];
  if (code === undefined) return "";
  const [, quoted, plain] = FONT.exec(instruction) ?? [];
  const font = quoted ?? plain ?? "";
  return isSymbolFont(font) ? symbolOf(Number(code), font) : String.fromCharCode(Number(code));
}
