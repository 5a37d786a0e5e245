/** The first line of a text, without a byte order mark, which some editors write and nobody sees. */
export function firstLine(text: string): string {
  const [line = ""] = text.replace(/^\ufeff/u, "").split(/\r?\n/u);
  return line;
}
