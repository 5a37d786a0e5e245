import type { Document } from "../../document/document.ts";

/** Equal parts of the text over which points are spread. */
export const N_TENTHS = 10;

/** Where something begins: a document of the list, and a UTF-16 offset into its text. */
export type Place = { readonly document: number; readonly start: number };

/** The texts of all documents, one behind another. */
export class Extent {
  /** (nDocuments) where each text begins. */
  readonly #begins: readonly number[];
  readonly #length: number;

  constructor(documents: readonly Pick<Document, "text">[]) {
    let length = 0;
    this.#begins = documents.map(({ text }) => {
      const begin = length;
      length += text.length;
      return begin;
    });
    this.#length = length;
  }

  /** The tenth of all text, from 0, in which a place lies. */
  tenthOf({ document, start }: Place): number {
    const offset = (this.#begins[document] ?? 0) + start;
    return Math.min(N_TENTHS - 1, Math.floor((offset * N_TENTHS) / Math.max(1, this.#length)));
  }
}
