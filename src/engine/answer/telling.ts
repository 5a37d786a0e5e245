import { isOfContents, isOfIndex } from "../../document/contents.ts";
import type { NearestInput, NearPassage } from "../attribution/nearest-passages.ts";
import { withoutOtherRows } from "./named-rows.ts";
import { isIdleSignature } from "./signature.ts";

/**
 * (nChunks, nPassages) what is asked of each chunk's passages: those of a table of contents, an index or a signature that cannot
 * answer only where there is nothing else; with `orAll` false not even then.
 */
export function telling(
  ofChunks: readonly (readonly NearPassage[])[],
  input: NearestInput,
  { orAll }: { readonly orAll: boolean } = { orAll: true },
): readonly (readonly NearPassage[])[] {
  const { documents, chunks, question } = input;
  const meant = new Set(withoutOtherRows(ofChunks.flat(), input));
  const told = ofChunks.map((passages) => {
    const chunk = chunks[passages[0]?.chunk ?? -1];
    const document = documents[chunk?.document ?? -1];
    if (chunk === undefined || document === undefined || isOfIndex(document, chunk)) return [];
    return passages.filter(
      (one) => meant.has(one) && !isOfContents(document, one.quote) && !isIdleSignature(one.text, question),
    );
  });
  return !orAll || told.some((passages) => passages.length > 0) ? told : ofChunks;
}
