import type { Chunk } from "../../document/chunk.ts";
import type { Document } from "../../document/document.ts";
import { commonLanguage } from "../../document/language.ts";
import { type Span, sentencesOf } from "../../document/sentences.ts";
import { wordSet, wordWeights } from "../attribution/match.ts";
import type { Choice } from "./chooser.ts";
import type { Extent } from "./extent.ts";
import type { FocusMargins } from "./focus.ts";
import { judgedSalience } from "./judged-salience.ts";
import { type Part, partAt } from "./parts.ts";
import { type KeyTerms, sentenceSalience, type Weighed } from "./salience.ts";
import { countWords } from "./summary.ts";
import { wordingOf } from "./wording.ts";

/** A sentence of a document that may be quoted; offsets into its text. */
export type Passage = Choice & Span & { readonly document: number; readonly chunk: number };

export type PassageInput = {
  readonly documents: readonly Document[];
  readonly extent: Extent;
  readonly chunks: readonly Chunk[];
  readonly parts: readonly Part[];
  readonly terms: KeyTerms;
  /** (nChunks) */
  readonly ofChunks: Float64Array;
  /** Empty when nothing is looked for. */
  readonly focus: string;
  readonly idf: (form: string) => number;
  /** Where a condenser has looked for it. */
  readonly judged: FocusMargins | undefined;
};

/** What is less salient is a row of a table, a line of contents or a scrap. */
const LEAST_SALIENCE = -1;
/**
 * Sentences so many nats below the best are left out. 43 questions of eight dev sets as the focus of 120 words: evidence in 74 and, by their
 * content words alone, 67 %, as 34 and 24 % of the sentences (bench/focus.mjs); where nothing is left out some 3 more have it, as 15 %.
 */
const SPREAD = 6;

/** Content words; sentences with fewer are headings, labels and numbers of lists. */
const LEAST_WORDS = 3;

/** All sentences of the documents with their salience; the cost of each is its words. */
export function passages(input: PassageInput): Passage[] {
  const { documents, extent, chunks, parts, terms, ofChunks, focus, idf, judged } = input;
  const language = commonLanguage(documents);
  const found = chunks.flatMap((chunk, index) => {
    const source = documents[chunk.document];
    if (source === undefined) return [];
    const told = sentencesOf(source, chunk).filter(({ isHeading }) => !isHeading);
    const spans = told.map((span) => withoutHeading(source, span));
    return spans.flatMap((span) => {
      const text = source.text.slice(span.start, span.end);
      const wording = wordingOf(text, language);
      if (wording.forms.size < LEAST_WORDS) return [];
      const opensParagraph = /(?:^|\n[ \t]*\n)\s*$/u.test(
        source.text.slice(Math.max(0, span.start - 20), span.start),
      );
      return [{ ...span, text, wording, document: chunk.document, chunk: index, opensParagraph }];
    });
  });
  const placed = found.map((one) => ({ ...one, part: partAt(parts, one) }));
  const weighed = placed.map(({ text, wording, chunk, part, opensParagraph }, i): Weighed => {
    const opensPart = part !== placed[i - 1]?.part;
    const heading = wordSet(chunks[chunk]?.heading ?? "", language);
    const { forms } = wording;
    return {
      text,
      forms,
      heading,
      opensPart,
      opensParagraph,
      ofChunk: judged === undefined ? (ofChunks[chunk] ?? 0) : 0,
    };
  });
  const weights = wordWeights(focus, idf, language);
  const salience =
    judged === undefined
      ? sentenceSalience(weighed, terms, weights)
      : judgedSalience(placed, sentenceSalience(weighed, terms, new Map()), { documents, weights, judged });
  return placed.map(({ document, start, end, text, wording, chunk, part }, i) => {
    const span = { document, start, end, chunk, part, ...wording };
    return { ...span, tenth: extent.tenthOf(span), cost: countWords(text), salience: salience[i] ?? 0 };
  });
}

/** What is less salient than this is left out, unless there is nothing else. */
export function leastSalience(all: readonly Passage[], { judged }: Pick<PassageInput, "judged">): number {
  if (judged === undefined) return LEAST_SALIENCE;
  return all.reduce((most, { salience }) => Math.max(most, salience), -Infinity) - SPREAD;
}

/** PDF text has no blank line behind a heading, which would make it the beginning of the first sentence. */
function withoutHeading({ text, sections }: Document, { start, end }: Span): Span {
  const section = sections.find((one) => one.start >= start && one.start < end);
  if (section === undefined || !text.startsWith(section.title, section.start)) return { start, end };
  const from = section.start + section.title.length;
  const lead = /^[\s:.–—-]*/u.exec(text.slice(from, end))?.[0].length ?? 0;
  return from + lead < end ? { start: from + lead, end } : { start, end };
}
