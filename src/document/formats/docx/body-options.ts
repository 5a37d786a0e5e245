import type { Notes } from "./notes.ts";
import type { Numbering } from "./numbering.ts";
import type { PageMarks } from "./pages.ts";
import type { Recording, Sink } from "./sink.ts";
import type { Styles } from "./styles.ts";

/** What was found on the way and is not plain text; an `embedded` file is an object of another program. */
export type Findings = { deletions: number; pictures: number; charts: number; embedded: number };

export function noFindings(): Findings {
  return { deletions: 0, pictures: 0, charts: 0, embedded: 0 };
}

export type BodyOptions = {
  readonly sink: Sink;
  readonly styles: Styles;
  readonly numbering: Numbering;
  readonly notes: Notes;
  readonly pages: PageMarks;
  readonly findings: Findings;
  /** Files that stand in for a part of the text, by the id of their relationship. */
  readonly inserted: ReadonlyMap<string, Recording>;
};
