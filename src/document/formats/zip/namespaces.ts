export type XmlAttributes = Readonly<Record<string, string>>;

const OOXML = "http://schemas.openxmlformats.org/";
const STRICT = "http://purl.oclc.org/ooxml/";
const ODF = "urn:oasis:names:tc:opendocument:xmlns:";

/** The end of a namespace's name → the prefix that everybody writes for it. */
const PREFIXES: readonly (readonly [space: string, prefix: string])[] = [
  ["wordprocessingml/main", "w"],
  ["spreadsheetml/main", "x"],
  ["presentationml/main", "p"],
  ["drawingml/main", "a"],
  ["drawingml/diagram", "dgm"],
  ["drawingml/chart", "c"],
  ["wordprocessingDrawing", "wp"],
  ["spreadsheetDrawing", "xdr"],
  ["officeDocument/math", "m"],
  ["officeDocument/relationships", "r"],
  ["package/relationships", "rel"],
  ["markup-compatibility", "mc"],
  ...["office", "text", "table", "drawing", "presentation", "style", "form", "manifest"].map(
    (space) => [space, space === "drawing" ? "draw" : space] as const,
  ),
];

/** Gives elements and attributes the usual prefixes, whichever a file's writer chose. */
export function canonicalNames() {
  const prefixes = new Map<string, string>();
  // Few files need their attributes renamed, and millions of cells have some.
  let isUnusual = false;
  const learn = (attributes: XmlAttributes): void => {
    for (const [name, space] of Object.entries(attributes)) {
      if (name !== "xmlns" && !name.startsWith("xmlns:")) continue;
      const usual = usualPrefix(space);
      if (usual === undefined) continue;
      prefixes.set(name.slice(6), usual);
      isUnusual ||= name !== "xmlns" && name.slice(6) !== usual;
    }
  };
  const rename = (name: string, isAttribute: boolean): string => {
    const colon = name.indexOf(":");
    // An attribute without a prefix belongs to its element, not to the default namespace.
    if (colon === -1 && isAttribute) return name;
    const usual = prefixes.get(colon === -1 ? "" : name.slice(0, colon));
    return usual === undefined ? name : `${usual}:${name.slice(colon + 1)}`;
  };
  return {
    element: (name: string, attributes: XmlAttributes): string => {
      learn(attributes);
      return rename(name, false);
    },
    closed: (name: string): string => rename(name, false),
    attributes: (attributes: XmlAttributes): XmlAttributes =>
      isUnusual
        ? Object.fromEntries(Object.entries(attributes).map(([name, value]) => [rename(name, true), value]))
        : attributes,
  };
}

function usualPrefix(space: string): string | undefined {
  if (space.startsWith(ODF)) {
    const name = space.slice(ODF.length).split(":")[0];
    return PREFIXES.find(([known]) => known === name)?.[1];
  }
  if (!space.startsWith(OOXML) && !space.startsWith(STRICT)) return undefined;
  // Their names hold a year or not, and end alike: ".../wordprocessingml/2006/main".
  const name = space.replace(/\/\d{4}(?=\/|$)/, "");
  return PREFIXES.find(([known]) => name.endsWith(`/${known}`))?.[1];
}
