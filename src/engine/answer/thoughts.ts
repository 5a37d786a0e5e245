const OPENING = "<think>";
const CLOSING = "</think>";

/** The answer without the part that reasoning models put in front of it; nothing while that part is still open. */
export function withoutThoughts(text: string): string {
  const head = text.trimStart();
  if (!head.startsWith(OPENING)) return OPENING.startsWith(head) && head.length > 0 ? "" : text;
  const close = head.indexOf(CLOSING);
  return close < 0 ? "" : head.slice(close + CLOSING.length).trimStart();
}
