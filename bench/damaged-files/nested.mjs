// Documents whose elements nest deeper than any program writes them.
import { strToU8, zipSync } from "fflate";

const DEEP = 200_000;

/** [{ name, bytes }] */
export function makeNested() {
  const boundary = (i) => `Content-Type: multipart/mixed; boundary=b${i}\n\n--b${i}\n`;
  const made = {
    "nested.html": `${"<div>".repeat(DEEP)}Quay`,
    "nested.md": `${"> ".repeat(DEEP)}Quay`,
    "nested.json": `${"[".repeat(DEEP)}"Quay"`,
    "nested.ipynb": `{"cells":${"[".repeat(DEEP)}`,
    "nested.rtf": `{\\rtf1 ${"{".repeat(DEEP)}Quay`,
    "nested.eml": `${Array.from({ length: 5000 }, (_, i) => boundary(i)).join("")}\nQuay`,
    "nested.csv": `a,"${'""'.repeat(DEEP)}`,
    "nested.odt": zip({
      mimetype: "application/vnd.oasis.opendocument.text",
      "content.xml": "<text:section>".repeat(DEEP),
    }),
    "nested.docx": zip({ "word/document.xml": "<w:tbl>".repeat(DEEP) }),
    "nested.pdf": `%PDF-1.4\n1 0 obj<</Type/Catalog/Pages ${"[".repeat(DEEP)}`,
  };
  return Object.entries(made).map(([name, content]) => ({ name, bytes: Buffer.from(content) }));
}

function zip(files) {
  return zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])));
}
