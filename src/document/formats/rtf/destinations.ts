/** Where the text of a group goes. */
export type Destination =
  | "body"
  | "note"
  | "comment"
  | "fonts"
  | "styles"
  | "title"
  | "instruction"
  | "form"
  | "entry"
  | "none";

/** Control words that open a group with text of another kind; `\*` before an unknown word means "none", too. */
const DESTINATIONS: Readonly<Record<string, Destination>> = {
  fonttbl: "fonts",
  stylesheet: "styles",
  title: "title",
  fldinst: "instruction",
  footnote: "note",
  annotation: "comment",
  formfield: "form",
  ffl: "entry",
};
/** Starred words whose text is text. */
const STARRED = new Set(["shpinst", "shptxt", "ud", "annotation", "footnote"]);
const NONE = new Set(
  "colortbl info pict object themedata datastore filetbl listtable listoverridetable revtbl rsidtbl generator header headerl headerr headerf footer footerl footerr footerf xe tc sp nonesttables upr atnid atnauthor atnref atndate objdata xmlnstbl latentstyles pgdsctbl bkmkstart bkmkend ftnsep ftnsepc aftnsep".split(
    " ",
  ),
);

/** The destination that a control word opens; undefined for a word that opens none. */
export function destinationOf(name: string, isStarred: boolean): Destination | undefined {
  const known = DESTINATIONS[name];
  if (known !== undefined) return known;
  if (STARRED.has(name)) return "body";
  return NONE.has(name) || isStarred ? "none" : undefined;
}
