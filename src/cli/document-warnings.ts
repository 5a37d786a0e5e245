import type { Document } from "../document/document.ts";
import { warningLines } from "../format/warnings.ts";
import { shown } from "../session/sources.ts";

/** The documents' warnings, a line each. */
export function documentWarnings(documents: readonly Document[], whole: boolean): string[] {
  return warningLines(
    documents.map(({ path, warnings }) => ({ path: shown(path), warnings })),
    whole,
  );
}
