/** An address of the web for people to read, without what may be a password or a key; any other text as it is. */
export function shownUrl(text: string): string {
  if (!/^https?:/iu.test(text)) return text;
  if (!URL.canParse(text)) return text.replace(/\/\/.*@/su, "//").replace(/[?#].*$/su, "");
  const { origin, pathname } = new URL(text);
  return origin + pathname;
}
