import type { Document } from "../document.ts";
import type { Excerpt, Shown } from "./evidence.ts";

/** Characters on either side of a quote, unless its paragraph ends before. */
const AROUND = 500;
/** In text without spaces, such as Chinese, no word begins so near to where it is cut off. */
const LONGEST_WORD = 50;

/** A quote in its paragraph; of a long one, the words near it. */
export function excerptOf({ text }: Pick<Document, "text">, { id, start, end }: Shown): Excerpt {
  const near = text.slice(Math.max(0, start - AROUND), start).replace(/^\p{Cs}/u, "");
  const next = text.slice(end, end + AROUND).replace(/\p{Cs}$/u, "");
  const before = near.slice(lastBreakIn(near, start > AROUND));
  const after = next.slice(0, firstBreakIn(next, end + AROUND < text.length));
  return { id, before, quote: text.slice(start, end), after };
}

/** Where the paragraph begins; where text was cut off before it, the first word that is whole. */
function lastBreakIn(text: string, isCut: boolean): number {
  const at = Array.from(text.matchAll(/\n[ \t]*\n\s*/gu)).at(-1);
  if (at !== undefined) return at.index + at[0].length;
  return isCut ? Math.max(0, text.slice(0, LONGEST_WORD).search(/(?<=\s)\S/u)) : 0;
}

function firstBreakIn(text: string, isCut: boolean): number {
  const at = text.search(/\n[ \t]*\n/u);
  if (at !== -1) return at;
  const space = isCut ? text.slice(-LONGEST_WORD).search(/\s\S*$/u) : -1;
  return space === -1 ? text.length : Math.max(0, text.length - LONGEST_WORD) + space;
}
