import { isOn } from "../zip/on-off.ts";
import type { XmlHandler } from "../zip/xml.ts";
import { type NumberKind, numberKind } from "./number-format.ts";
import { createRichText, type RichText } from "./rich-text.ts";

/** Collects the items of sharedStrings.xml. */
export function readStrings(): { readonly handler: XmlHandler; readonly strings: readonly RichText[] } {
  const strings: RichText[] = [];
  const item = createRichText();
  const handler: XmlHandler = {
    open: item.open,
    close: (name) => {
      item.close(name);
      if (name === "x:si") strings.push(item.take());
    },
    text: item.text,
  };
  return { handler, strings };
}

/** What a cell's style shows numbers as, and whether it strikes all out. */
export type CellStyle = { readonly kind: NumberKind; readonly isStruck: boolean };

/** Collects the cell styles of styles.xml. */
export function readCellStyles(): { readonly handler: XmlHandler; readonly styles: () => CellStyle[] } {
  const codes = new Map<number, string>();
  const formats: { readonly id: number; readonly font: number }[] = [];
  const struck = new Set<number>();
  let fonts = 0;
  let isFonts = false;
  let isCellStyles = false;
  const handler: XmlHandler = {
    open: (name, { numFmtId = "0", formatCode = "", fontId = "0", val }) => {
      const id = Number(numFmtId);
      if (name === "x:numFmt") codes.set(id, formatCode);
      else if (name === "x:fonts") isFonts = true;
      else if (name === "x:font" && isFonts) fonts += 1;
      else if (name === "x:strike" && isFonts && isOn(val)) struck.add(fonts - 1);
      else if (name === "x:cellXfs") isCellStyles = true;
      else if (name === "x:xf" && isCellStyles) formats.push({ id, font: Number(fontId) });
    },
    close: (name) => {
      if (name === "x:fonts") isFonts = false;
      else if (name === "x:cellXfs") isCellStyles = false;
    },
  };
  const styles = (): CellStyle[] =>
    formats.map(({ id, font }) => ({ kind: numberKind(id, codes.get(id)), isStruck: struck.has(font) }));
  return { handler, styles };
}

/** Collects a sheet's comments by cell: "B2" → text. */
export function readComments(): {
  readonly handler: XmlHandler;
  readonly comments: ReadonlyMap<string, string>;
} {
  const comments = new Map<string, string>();
  let reference: string | undefined;
  let isText = false;
  const handler: XmlHandler = {
    open: (name, { ref }) => {
      isText = name === "x:t";
      if (name === "x:comment") reference = ref;
    },
    close: (name) => {
      isText = false;
      if (name === "x:comment") reference = undefined;
    },
    text: (text) => {
      if (isText && reference !== undefined)
        comments.set(reference, (comments.get(reference) ?? "") + text.replace(/\s+/g, " "));
    },
  };
  return { handler, comments };
}
