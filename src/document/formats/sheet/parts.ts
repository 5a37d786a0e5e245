import type { XmlHandler } from "../zip/xml.ts";
import { type NumberKind, numberKind } from "./number-format.ts";

/** Collects sharedStrings.xml: the text of each item, without the readings of Japanese words. */
export function readStrings(): { readonly handler: XmlHandler; readonly strings: readonly string[] } {
  const strings: string[] = [];
  let parts: string[] = [];
  let readings = 0;
  let isText = false;
  const handler: XmlHandler = {
    open: (name) => {
      isText = name === "x:t";
      if (name === "x:si") parts = [];
      else if (name === "x:rPh") readings += 1;
    },
    close: (name) => {
      isText = false;
      if (name === "x:si") strings.push(parts.join(""));
      else if (name === "x:rPh") readings -= 1;
    },
    text: (text) => {
      if (isText && readings === 0) parts.push(text);
    },
  };
  return { handler, strings };
}

/** Collects from styles.xml what each cell style shows numbers as. */
export function readNumberKinds(): { readonly handler: XmlHandler; readonly kinds: () => NumberKind[] } {
  const codes = new Map<number, string>();
  const formats: number[] = [];
  let isCellStyles = false;
  const handler: XmlHandler = {
    open: (name, { numFmtId = "0", formatCode = "" }) => {
      const id = Number(numFmtId);
      if (name === "x:numFmt") codes.set(id, formatCode);
      else if (name === "x:cellXfs") isCellStyles = true;
      else if (name === "x:xf" && isCellStyles) formats.push(id);
    },
    close: (name) => {
      if (name === "x:cellXfs") isCellStyles = false;
    },
  };
  return { handler, kinds: () => formats.map((id) => numberKind(id, codes.get(id))) };
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
