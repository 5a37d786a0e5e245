import type { Span } from "../../sentences.ts";

const MULTIPART = /^content-type:\s*multipart\/[^\n]*(?:\n[ \t][^\n]*)*/gim;
const BOUNDARY = /boundary\s*=\s*(?:"([^"\n]+)"|([^\s;"]+))/i;

/** What a message says to stand between its parts, those of messages in it as well. */
export function boundariesOf(message: string): string[] {
  return [...message.matchAll(MULTIPART)].flatMap(([header]) => {
    const [, quoted, plain] = BOUNDARY.exec(header) ?? [];
    return quoted ?? plain ?? [];
  });
}

/** The parts between lines of boundaries, in order; the first is the message's own headers and what follows them. */
export function partsOf(message: string, boundaries: readonly string[]): Span[] {
  const marks = new Set(boundaries.flatMap((boundary) => [`--${boundary}`, `--${boundary}--`]));
  const parts: Span[] = [];
  let start = 0;
  for (let at = 0; at < message.length; ) {
    const end = message.indexOf("\n", at);
    const next = end === -1 ? message.length : end + 1;
    if (message.startsWith("--", at) && marks.has(message.slice(at, next).trimEnd())) {
      parts.push({ start, end: at });
      start = next;
    }
    at = next;
  }
  return [...parts, { start, end: message.length }];
}
