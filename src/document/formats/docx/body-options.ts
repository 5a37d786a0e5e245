import type { Numbering } from "./numbering.ts";
import type { Sink } from "./sink.ts";
import type { Styles } from "./styles.ts";

/** What was found on the way and is not plain text. */
export type Findings = { deletions: number; pictures: number; charts: number };

export type BodyOptions = {
  readonly sink: Sink;
  readonly styles: Styles;
  readonly numbering: Numbering;
  /** "footnote 3" → its text; also "endnote …" and "comment …". */
  readonly notes: ReadonlyMap<string, string>;
  readonly onPageBreak: (kind: "explicit" | "rendered") => void;
  readonly findings: Findings;
};
