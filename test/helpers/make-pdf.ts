/** What {@link makePdf} puts on a page: lines from the top down, each at a height of its own. */
export type PdfPage = {
  readonly lines?: readonly (string | PdfLine)[];
  /** Draws a grey box, so that the page has something, but no text. */
  readonly picture?: boolean;
  /** Content-stream operators, drawn behind the lines; /F is the font. */
  readonly operators?: string;
  /** Bodies of annotation dictionaries, without their brackets. */
  readonly annotations?: readonly string[];
  /** Form fields that hold a text, "" = not filled in; `subtype` is that of their annotation, else Widget. */
  readonly fields?: readonly (PdfLine & { readonly subtype?: "FreeText" })[];
};

/** `y` in points from the page's bottom, `x` from its left; the page is 612 wide and 792 high. */
export type PdfLine = {
  readonly text: string;
  readonly y: number;
  /** 72 when absent. */
  readonly x?: number;
  /** Of the font, in points; 11 when absent. */
  readonly size?: number;
};

export type PdfOptions = {
  /** Entries lead to a page, counted from 0. */
  readonly outline?: readonly { readonly title: string; readonly page: number }[];
  /** Page index → numbering style, as in a PDF's /PageLabels: "r" = roman, "D" = decimal. */
  readonly labels?: Readonly<Record<number, { readonly style: "r" | "D"; readonly prefix?: string }>>;
  readonly title?: string;
  /** Width and height of all pages, said in the page tree alone. */
  readonly treeSize?: readonly [number, number];
  /** Further entries of the catalog. */
  readonly catalog?: string;
};

const TOP = 700;
const LEADING = 14;

/** A small valid PDF, uncompressed, in Helvetica (Latin-1 text only). */
export function makePdf(pages: readonly PdfPage[], options: PdfOptions = {}): Uint8Array {
  const objects: string[] = [];
  const add = (body: string): number => objects.push(body);
  const catalog = add("");
  const tree = add("");
  const font = add("<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>");
  const formFields: string[] = [];
  const { treeSize } = options;
  const own = treeSize === undefined ? "/MediaBox[0 0 612 792]" : "";
  const inherited = treeSize === undefined ? "" : `/MediaBox[0 0 ${treeSize.join(" ")}]`;
  const kids = pages.map((page) => {
    const content = contentOf(page);
    const stream = add(`<</Length ${content.length}>>stream\n${content}\nendstream`);
    const resources = `/Resources<</Font<</F ${font} 0 R>>>>`;
    const fields = (page.fields ?? []).map((field) => addField(objects, field, resources));
    const others = (page.annotations ?? []).map((body) => {
      const reference = `${add(`<</Type/Annot/F 4 ${body}>>`)} 0 R`;
      if (body.includes("/FT")) formFields.push(reference);
      return reference;
    });
    const annotations = [...fields, ...others];
    return add(
      `<</Type/Page/Parent ${tree} 0 R${own}/Contents ${stream} 0 R${resources}/Annots[${annotations.join(" ")}]>>`,
    );
  });
  objects[tree - 1] =
    `<</Type/Pages${inherited}/Count ${kids.length}/Kids[${kids.map((kid) => `${kid} 0 R`).join(" ")}]>>`;
  const form = formFields.length === 0 ? "" : `/AcroForm<</Fields[${formFields.join(" ")}]>>`;
  const info = add(`<</Title${pdfString(options.title ?? "")}>>`);
  const outline = addOutline(objects, kids, options.outline ?? []);
  objects[catalog - 1] =
    `<</Type/Catalog/Pages ${tree} 0 R${outline}${labelsOf(options)}${form}${options.catalog ?? ""}>>`;
  return assemble(objects, catalog, info);
}

function contentOf({ lines = [], picture = false, operators = "" }: PdfPage): string {
  const box = picture ? ["0.5 g 100 100 400 400 re f 0 g"] : [];
  const texts = lines.map((line, i) => {
    const placed: PdfLine = typeof line === "string" ? { text: line, y: TOP - i * LEADING } : line;
    const { text, y, x = 72, size = 11 } = placed;
    return `BT /F ${size} Tf ${x} ${y} Td ${pdfString(text)} Tj ET`;
  });
  return [...box, ...texts, operators].join("\n");
}

/** A reference to its annotation, which draws the text in a box of its own. */
function addField(
  objects: string[],
  { text, y, subtype }: NonNullable<PdfPage["fields"]>[number],
  resources: string,
): string {
  const content = `/Tx BMC 0 0 200 16 re S BT /F 11 Tf 2 4 Td ${pdfString(text)} Tj ET EMC`;
  const look = `<</Type/XObject/Subtype/Form/BBox[0 0 200 16]${resources}/Length ${content.length}>>`;
  const appearance = objects.push(`${look}stream\n${content}\nendstream`);
  const kind = subtype === undefined ? "/Subtype/Widget/FT/Tx" : `/Subtype/${subtype}`;
  const box = `/F 4/Rect[150 ${y - 4} 350 ${y + 12}]/AP<</N ${appearance} 0 R>>`;
  return `${objects.push(`<</Type/Annot${kind}${box}>>`)} 0 R`;
}

/** `pages` are the object numbers of the pages. */
function addOutline(
  objects: string[],
  pages: readonly number[],
  outline: NonNullable<PdfOptions["outline"]>,
): string {
  if (outline.length === 0) return "";
  const root = objects.push("");
  const items = outline.map(() => objects.push(""));
  for (const [i, { title, page }] of outline.entries()) {
    const next = items[i + 1] === undefined ? "" : `/Next ${items[i + 1]} 0 R`;
    const item = `<</Title${pdfString(title)}/Parent ${root} 0 R/Dest[${pages[page]} 0 R/Fit]${next}>>`;
    objects[(items[i] ?? 1) - 1] = item;
  }
  objects[root - 1] =
    `<</Type/Outlines/First ${items[0]} 0 R/Last ${items.at(-1)} 0 R/Count ${items.length}>>`;
  return `/Outlines ${root} 0 R`;
}

function labelsOf({ labels }: PdfOptions): string {
  if (labels === undefined) return "";
  const ranges = Object.entries(labels).map(
    ([index, { style, prefix = "" }]) => `${index}<</S/${style}/P${pdfString(prefix)}>>`,
  );
  return `/PageLabels<</Nums[${ranges.join("")}]>>`;
}

function pdfString(text: string): string {
  return `(${text.replace(/[\\()]/g, "\\$&")})`;
}

function assemble(objects: readonly string[], catalog: number, info: number): Uint8Array {
  let file = "%PDF-1.7\n";
  const offsets = objects.map((body, i) => {
    const offset = file.length;
    file += `${i + 1} 0 obj\n${body}\nendobj\n`;
    return `${String(offset).padStart(10, "0")} 00000 n \n`;
  });
  const start = file.length;
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.join("")}`;
  file += `trailer\n<</Size ${objects.length + 1}/Root ${catalog} 0 R/Info ${info} 0 R>>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(file, "latin1");
}
