import { textOf } from "../../document/document.ts";
import { cite } from "../attribution/citation.ts";
import type { Attribution } from "../attribution/match.ts";
import type { SummarizeOptions } from "../options.ts";
import { onOneLine } from "./clean-text.ts";
import { N_TENTHS, type Place } from "./extent.ts";
import type { Note } from "./merge.ts";
import { partAt } from "./parts.ts";
import type { Passage } from "./passages.ts";
import { type PointInput, placeSentences } from "./placed.ts";
import { chooseSpread } from "./spread.ts";
import { countWords, type PointCitation, type SummaryPoint } from "./summary.ts";

export type Points = {
  /** In document order. */
  readonly points: readonly SummaryPoint[];
  /** (10) points whose passage begins in each tenth of the text. */
  readonly tenths: readonly number[];
  readonly droppedUnsupported: number;
  /** Sentences that repeat others or exceed the length. */
  readonly droppedForLength: number;
  /** Tokens that the reader evaluated. */
  readonly tokens: number;
};

/** Sentences of the documents as points; what is quoted is borne out by itself. */
export function quotedPoints(chosen: readonly Passage[], input: PointInput): Points {
  const points = chosen.map(({ document, start, end, chunk }, i): SummaryPoint => {
    const found = {
      sentence: { start: 0, end: 0 },
      chunk,
      quote: { start, end },
      overlap: 1,
      support: 0,
      isRelated: true,
    };
    const citation = citationOf(found, i + 1, input);
    return {
      text: onOneLine(textOf(input.documents, { document, start, end })),
      original: null,
      section: sectionAt({ document, start }, input),
      supported: true,
      foreign: [],
      citation: citation === null ? null : { ...citation, support: null },
    };
  });
  const tenths = tenthsOf(chosen, input);
  return { points, tenths, droppedUnsupported: 0, droppedForLength: 0, tokens: 0 };
}

/** The sentences of notes as points, each with the passage that bears it out; at most so many words in all. */
export async function writtenPoints(
  notes: readonly Note[],
  input: PointInput,
  options: SummarizeOptions,
): Promise<Points> {
  const { placed, tokens } = await placeSentences(notes, input, options);
  const allowed = placed.filter(({ supported }) => supported || !options.strict);
  const choices = allowed.map(({ text, wording, found, place: at }) => ({
    ...wording,
    tenth: input.extent.tenthOf(at),
    part: partAt(input.parts, at),
    cost: countWords(text),
    salience: (found?.support ?? 0) / Math.max(1, countWords(text)),
  }));
  const kept = chooseSpread(choices, { budget: options.mostWords, spread: input.spread })
    .flatMap((index) => allowed[index] ?? [])
    .sort((a, b) => a.place.document - b.place.document || a.place.start - b.place.start);
  const points = kept.map(({ text, foreign, supported, found, place: at }, i): SummaryPoint => {
    const citation = found === undefined ? null : citationOf(found, i + 1, input);
    return { text, original: null, section: sectionAt(at, input), supported, foreign, citation };
  });
  return {
    points,
    tenths: tenthsOf(
      kept.filter(({ found }) => found !== undefined).map((one) => one.place),
      input,
    ),
    tokens,
    droppedUnsupported: placed.length - allowed.length,
    droppedForLength: allowed.length - kept.length,
  };
}

function citationOf(found: Attribution, id: number, { documents, chunks }: PointInput): PointCitation | null {
  const [citation] = cite([found], { documents, chunks });
  return citation === undefined ? null : { ...citation, id };
}

function sectionAt(at: Place, { parts }: PointInput): string {
  return parts[partAt(parts, at)]?.title ?? "";
}

function tenthsOf(places: readonly Place[], { extent }: PointInput): number[] {
  const tenths = new Array<number>(N_TENTHS).fill(0);
  for (const at of places) {
    const tenth = extent.tenthOf(at);
    tenths[tenth] = (tenths[tenth] ?? 0) + 1;
  }
  return tenths;
}
