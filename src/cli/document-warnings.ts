import { displayPath } from "../document/display-path.ts";
import type { Document } from "../document/document.ts";
import { warningLines } from "../format/warnings.ts";

/** The documents' warnings, a line each. */
export function documentWarnings(documents: readonly Document[], whole: boolean): string[] {
  return warningLines(
    documents.map(({ path, warnings }) => ({ path: displayPath(path), warnings })),
    whole,
  );
}
