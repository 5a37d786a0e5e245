import { makeZip } from "./zip.ts";

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

export type DocxParts = {
  readonly body: string;
  /** Part name without folder and ending ("footnotes") → its XML inside the root element. */
  readonly parts?: Readonly<Record<string, string>>;
  /** Files that stand in for a part of the text: their name, which is the id of their relationship, → content. */
  readonly inserted?: Readonly<Record<string, string | Uint8Array>>;
};

const ROOTS: Readonly<Record<string, string>> = {
  styles: "styles",
  numbering: "numbering",
  footnotes: "footnotes",
  endnotes: "endnotes",
  comments: "comments",
  header: "hdr",
  footer: "ftr",
};

/** A Word document of this body, in the parts that Word writes. */
export function makeDocx({ body, parts = {}, inserted = {} }: DocxParts): Uint8Array {
  const names = Object.keys(parts);
  const relationships = names
    .map((name, i) => `<Relationship Id="rId${i}" Type="${R}/${name}" Target="${name}.xml"/>`)
    .concat(
      Object.keys(inserted).map(
        (name) => `<Relationship Id="${name}" Type="${R}/aFChunk" Target="/word/${name}"/>`,
      ),
    )
    .join("");
  const others = names.map((name) => {
    const root = `w:${ROOTS[name]}`;
    return [`word/${name}.xml`, `<?xml version="1.0"?><${root} ${W}>${parts[name]}</${root}>`];
  });
  const packageSpace = "http://schemas.openxmlformats.org/package/2006/relationships";
  return makeZip({
    "[Content_Types].xml": "<Types/>",
    "_rels/.rels": `<Relationships xmlns="${packageSpace}"><Relationship Id="r1" Type="${R}/officeDocument" Target="word/document.xml"/></Relationships>`,
    "word/_rels/document.xml.rels": `<Relationships xmlns="${packageSpace}">${relationships}</Relationships>`,
    "word/document.xml": `<?xml version="1.0"?><w:document ${W} xmlns:r="${R}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>${body}</w:body></w:document>`,
    ...Object.fromEntries(others),
    ...Object.fromEntries(Object.entries(inserted).map(([name, content]) => [`word/${name}`, content])),
  });
}

/** A paragraph of one run; `properties` goes into its `w:pPr`. */
export function p(text: string, properties = ""): string {
  return `<w:p><w:pPr>${properties}</w:pPr><w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;
}
