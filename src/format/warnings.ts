/** Longer warnings are cut, unless everything is asked for. */
const MOST_CHARACTERS = 140;
/** As many documents with the same kind of warning are told one by one. */
const MOST_ALIKE = 2;

export type DocumentWarnings = { readonly path: string; readonly warnings: readonly string[] };

/**
 * The warnings of several documents: one line each, short; the same kind of warning about many documents is told of the
 * first, with the number of the others. `whole` tells every one as it is.
 */
export function warningLines(documents: readonly DocumentWarnings[], whole: boolean): string[] {
  const all = documents.flatMap(({ path, warnings }) => warnings.map((text) => ({ path, text })));
  if (whole) return all.map(({ path, text }) => `${path}: ${text}`);
  const kinds = new Map<string, typeof all>();
  for (const one of all) kinds.set(kindOf(one.text), [...(kinds.get(kindOf(one.text)) ?? []), one]);
  return [...kinds.values()].flatMap((alike) => {
    const files = new Set(alike.map(({ path }) => path)).size;
    const told = files > MOST_ALIKE ? alike.slice(0, 1) : alike;
    const more = files > MOST_ALIKE ? ` (likewise ${files - 1} more documents: --verbose names them)` : "";
    return told.map(({ path, text }) => `${path}: ${shortened(text)}${more}`);
  });
}

/** A warning without what differs from document to document: numbers and quotes. */
function kindOf(text: string): string {
  return text
    .replaceAll(/"[^"]*"/gu, '""')
    .replaceAll(/\d+(?:[-,. ]+\d+)*/gu, "0")
    .replaceAll(/(?:"", )*""/gu, '""')
    .replace(/\b(page|line|time|character)s\b/gu, "$1")
    .replace(/\bhave\b/gu, "has");
}

function shortened(text: string): string {
  if (text.length <= MOST_CHARACTERS) return text;
  const head = text.slice(0, MOST_CHARACTERS - 25).replace(/\s+\S*$/u, "");
  return `${head} … (--verbose tells all)`;
}
