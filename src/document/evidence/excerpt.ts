import type { Document } from "../document.ts";
import type { Excerpt, Shown } from "./evidence.ts";

/** Characters on either side of a quote, unless its paragraph ends before. */
const AROUND = 500;

/** A quote in its paragraph; of a long one, the words near it. */
export function excerptOf({ text }: Pick<Document, "text">, { id, start, end }: Shown): Excerpt {
  const near = text.slice(Math.max(0, start - AROUND), start);
  const next = text.slice(end, end + AROUND);
  const before = near.slice(lastBreakIn(near, start > AROUND));
  const after = next.slice(0, firstBreakIn(next, end + AROUND < text.length));
  return { id, before, quote: text.slice(start, end), after };
}

/** Where the paragraph begins; where text was cut off before it, the first word that is whole. */
function lastBreakIn(text: string, isCut: boolean): number {
  const at = Array.from(text.matchAll(/\n[ \t]*\n\s*/gu)).at(-1);
  if (at !== undefined) return at.index + at[0].length;
  return isCut ? text.search(/(?<=\s)\S/u) : 0;
}

function firstBreakIn(text: string, isCut: boolean): number {
  const at = text.search(/\n[ \t]*\n/u);
  if (at !== -1) return at;
  return isCut ? text.search(/\s\S*$/u) : text.length;
}
