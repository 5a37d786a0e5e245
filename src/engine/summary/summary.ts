import { isUnspaced, segments } from "../ranking/character-pairs.ts";
import type { Citation, Coverage, ModelInfo, Settings, Verdict } from "../results.ts";

/** Where a point stands in the document. */
export type PointCitation = Omit<Citation, "support"> & {
  /** As in an answer, in nats; null where the point is the quote itself. */
  readonly support: number | null;
};

/** One sentence of a summary. */
export type SummaryPoint = {
  /** On one line; a quoted point is the document's text with its white space made single spaces. */
  readonly text: string;
  /** Before it was translated; null where it was not. */
  readonly original: string | null;
  /** Title of the first-level section that holds the passage, or of its document when there are several; may be empty. */
  readonly section: string;
  /** Whether the passage bears the sentence out, and each of its numbers and names stands in the document. */
  readonly supported: boolean;
  /** Numbers and capitalised words of the sentence that stand nowhere in the document. */
  readonly foreign: readonly string[];
  readonly citation: PointCitation | null;
};

/** What the writer noted of a chunk, before notes were merged. */
export type SummaryNote = {
  readonly text: string;
  /** Of the chunk. */
  readonly path: string;
  /** Null where the format has no pages. */
  readonly page: number | null;
  readonly start: number;
  readonly end: number;
};

/** What `summarize` returns; JSON version 1 is this with `version`, `command` and `summary` in front. */
export type Summary = {
  /** One, unless several were summarised as one. */
  readonly documents: readonly { readonly path: string; readonly title: string | null }[];
  /** What was looked for; null = what matters most. */
  readonly focus: string | null;
  /**
   * Whether the documents speak of what was looked for, judged as an answer is: where they may not, the points are only what is nearest to
   * it. Null without a focus, and with a reader without a condenser; so is `confidence`.
   */
  readonly verdict: Verdict | null;
  /** Probability (0 … 1) that they do. */
  readonly confidence: number | null;
  /** What the points were translated into; null = the documents' own language. */
  readonly language: string | null;
  /** "quote": the points are the document's own sentences; "write": the writer's words. */
  readonly pointStyle: "quote" | "write";
  /** What was written from: see SummarizeOptions; null where points are quoted. */
  readonly depth: "full" | "quick" | "once" | null;
  /** How the points are laid out as text. */
  readonly layout: "paragraph" | "bullets" | "outline";
  /** In document order. */
  readonly points: readonly SummaryPoint[];
  /** In document order; empty where points are quoted or written at once. */
  readonly notes: readonly SummaryNote[];
  /** Of all points. */
  readonly words: number;
  /** Points that are marked as unsupported. */
  readonly unsupported: number;
  /** Sentences that were left out of notes, with numbers or names that their chunk does not have or saying only what it is about, and those that --strict has dropped. */
  readonly droppedUnsupported: number;
  /** Written sentences that were left out: merging did not make them short enough, or they repeat others. */
  readonly droppedForLength: number;
  /** (10) points whose passage begins in each tenth of the text. */
  readonly tenths: readonly number[];
  readonly coverage: Coverage;
  readonly tokens: {
    readonly computed: {
      readonly read: number;
      readonly condense: number;
      /** Chunks that the writer had to read, prompts, and what was decoded. */
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

/** What does not differ from run to run: the same document, models and settings give the same. */
export type LastingSummary = Omit<Summary, "tokens" | "timings">;

/** Words of a summary, by name. */
export const SUMMARY_WORDS = { short: 100, medium: 300, long: 800 } as const;

/** Two characters make a word of Chinese or Japanese, about. */
const CHARACTERS_PER_WORD = 2;

/**
 * What --length counts: runs of characters between white space. Of scripts that put no spaces between words, it is the
 * characters, as many as make a word.
 */
export function countWords(text: string): number {
  const runs = text.match(/\S+/gu) ?? [];
  return runs.reduce((sum, run) => sum + (isUnspaced(run) ? unspacedWords(run) : 1), 0);
}

function unspacedWords(run: string): number {
  const counts = segments(run).map(({ segment }) => {
    const letters = segment.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
    return isUnspaced(segment) ? Math.ceil(letters / CHARACTERS_PER_WORD) : Math.min(1, letters);
  });
  return counts.reduce((sum, count) => sum + count, 0);
}
