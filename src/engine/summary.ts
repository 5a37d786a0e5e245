import type { Citation, Coverage, ModelInfo, Settings } from "./answer.ts";

/** Where a point stands in the document. */
export type PointCitation = Omit<Citation, "support"> & {
  /** As in an answer, in nats; null where the point is the quote itself. */
  readonly support: number | null;
};

/** One sentence of a summary. */
export type SummaryPoint = {
  /** On one line; a quoted point is the document's text with its white space made single spaces. */
  readonly text: string;
  /** Title of the section of the first level that holds the passage; empty where the document has none. */
  readonly section: string;
  /** Whether the passage bears the sentence out, and each of its numbers and names stands in the document. */
  readonly supported: boolean;
  /** Numbers and capitalised words of the sentence that stand nowhere in the document. */
  readonly foreign: readonly string[];
  readonly citation: PointCitation | null;
};

/** What `summarize` returns; JSON version 1 is this with `version`, `command` and `summary` in front. */
export type Summary = {
  readonly path: string;
  readonly title: string | null;
  /** What was looked for; null = what matters most. */
  readonly focus: string | null;
  /** "quote": the points are the document's own sentences; "write": the writer's words. */
  readonly pointStyle: "quote" | "write";
  /** How the points are laid out as text. */
  readonly layout: "paragraph" | "bullets" | "outline";
  /** In document order. */
  readonly points: readonly SummaryPoint[];
  /** Of all points. */
  readonly words: number;
  /** Points that are marked as unsupported, and sentences that --strict has dropped. */
  readonly unsupported: number;
  readonly droppedUnsupported: number;
  /** Written sentences that were left out: merging did not make them short enough, or they repeat others. */
  readonly droppedForLength: number;
  /** (10) points whose passage begins in each tenth of the document's text. */
  readonly tenths: readonly number[];
  readonly coverage: Coverage;
  readonly tokens: {
    readonly computed: {
      readonly read: number;
      readonly condense: number;
      /** Prompts of notes and merges, and what was decoded; the writer's. */
      readonly write: number;
      readonly attribute: number;
    };
    readonly reused: number;
  };
  readonly timings: {
    readonly loadMs: number;
    readonly readMs: number;
    readonly condenseMs: number;
    readonly writeMs: number;
    readonly attributeMs: number;
    readonly totalMs: number;
  };
  readonly models: { readonly reader: ModelInfo; readonly writer: ModelInfo };
  readonly settings: Settings;
};

/** Words of a summary, by name. */
export const SUMMARY_WORDS = { short: 100, medium: 300, long: 800 } as const;

/** Equal parts of the text over which points are spread. */
export const N_TENTHS = 10;

/** The tenth of a text, from 0, in which an offset lies. */
export function tenthOf(offset: number, length: number): number {
  return Math.min(N_TENTHS - 1, Math.floor((offset * N_TENTHS) / Math.max(1, length)));
}

/** Runs of characters between white space: what --length counts. */
export function countWords(text: string): number {
  return text.match(/\S+/gu)?.length ?? 0;
}
