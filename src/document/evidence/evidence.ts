/** A rectangle on a picture, in pixels from its upper left corner. */
export type Box = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

/** Where a quote stands on a page; "part" and "none" where the page's characters do not tell. */
export type Mark = {
  /** Of the citation. */
  readonly id: number;
  readonly found: "whole" | "part" | "none";
  readonly boxes: readonly Box[];
};

/** A page as it looks, and the quotes on it. */
export type PagePicture = {
  readonly path: string;
  /** Counted from 1. */
  readonly page: number;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  readonly png: Uint8Array;
  readonly marks: readonly Mark[];
};

/** A quote with the text around it, for what has no picture. */
export type Excerpt = {
  /** Of the citation. */
  readonly id: number;
  readonly before: string;
  readonly quote: string;
  readonly after: string;
};

/** What shows that quotes stand where citations say. */
export type Evidence = {
  readonly pictures: readonly PagePicture[];
  readonly excerpts: readonly Excerpt[];
  /** One sentence each: what is not shown, and why. */
  readonly notes: readonly string[];
};

/** A passage to show: UTF-16 offsets into the text of the document with that path. */
export type Shown = {
  readonly id: number;
  readonly path: string;
  readonly start: number;
  readonly end: number;
};
