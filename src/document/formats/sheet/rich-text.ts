import { lowered, raised } from "../superscript.ts";
import type { XmlAttributes } from "../zip/namespaces.ts";
import { isOn } from "../zip/on-off.ts";

/** A text without what is struck out in it. */
export type RichText = { readonly text: string; readonly struck: readonly string[] };

const NO_TEXT: RichText = { text: "", struck: [] };

/** Collects a text that has runs of different looks, without the readings of Japanese words. */
export function createRichText() {
  let text = "";
  let struck: string[] = [];
  let look: { isStruck: boolean; position: string } = { isStruck: false, position: "" };
  let readings = 0;
  let isText = false;
  const add = (piece: string): void => {
    if (look.isStruck) struck.push(piece);
    else if (look.position === "superscript") text += raised(piece, text);
    else text += look.position === "subscript" ? lowered(piece, text) : piece;
  };
  return {
    open: (name: string, { val }: XmlAttributes & { readonly val?: string }): void => {
      isText = name === "x:t";
      if (name === "x:r") look = { isStruck: false, position: "" };
      else if (name === "x:strike") look.isStruck = isOn(val);
      else if (name === "x:vertAlign") look.position = val ?? "";
      else if (name === "x:rPh") readings += 1;
    },
    close: (name: string): void => {
      isText = false;
      if (name === "x:r") look = { isStruck: false, position: "" };
      else if (name === "x:rPh") readings -= 1;
    },
    text: (piece: string): void => {
      if (isText && readings === 0) add(piece);
    },
    /** What was collected since it was last taken. */
    take: (): RichText => {
      const taken = text === "" && struck.length === 0 ? NO_TEXT : { text, struck };
      text = "";
      struck = [];
      return taken;
    },
  };
}
