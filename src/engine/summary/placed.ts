import type { Chunk } from "../../document/chunk.ts";
import type { Document } from "../../document/document.ts";
import { commonLanguage } from "../../document/language.ts";
import { type Span, sentences } from "../../document/sentences.ts";
import { attributeSentences } from "../attribution/attribute-sentences.ts";
import { foreignTerms, inventory } from "../attribution/foreign.ts";
import type { Attribution } from "../attribution/match.ts";
import { bearsOut } from "../attribution/verdict.ts";
import type { SummarizeOptions } from "../options.ts";
import { onOneLine } from "./clean-text.ts";
import type { Extent, Place } from "./extent.ts";
import type { Note } from "./merge.ts";
import type { Part } from "./parts.ts";
import type { SpreadOptions } from "./spread.ts";
import { type Wording, wordingOf } from "./wording.ts";

export type PointInput = {
  readonly documents: readonly Document[];
  readonly extent: Extent;
  readonly chunks: readonly Chunk[];
  readonly parts: readonly Part[];
  /** What was looked for, as the writer was told it. */
  readonly topic: string;
  readonly idf: (form: string) => number;
  readonly spread: SpreadOptions["spread"];
};

/** A written sentence and where it belongs. */
export type Placed = {
  readonly text: string;
  readonly wording: Wording;
  readonly foreign: readonly string[];
  readonly found: Attribution | undefined;
  readonly supported: boolean;
  readonly place: Place;
};

/** Attributes the sentences of notes to passages of the chunks that they were made from. */
export async function placeSentences(
  notes: readonly Note[],
  input: PointInput,
  options: SummarizeOptions,
): Promise<{ readonly placed: readonly Placed[]; readonly tokens: number }> {
  const { documents, chunks, topic, idf } = input;
  const answer = notes.map(({ text }) => text).join("\n\n");
  const spans = sentences(answer, { start: 0, end: answer.length });
  if (spans.length === 0) return { placed: [], tokens: 0 };
  const chosen = [...new Set(notes.flatMap((note) => note.chunks))];
  const asked = { documents, chunks, question: topic, answer, chosen, idf };
  const { attributions, tokens } = await attributeSentences({ ...asked, spans }, options);
  const language = commonLanguage(documents);
  const known = inventory(documents.map(({ text }) => text).join("\n"), language);
  const placed = spans.flatMap((span) => {
    const text = onOneLine(answer.slice(span.start, span.end));
    const found = attributions.find(({ sentence, isRelated }) => isRelated && sentence.start === span.start);
    const wording = wordingOf(text, language);
    const foreign = foreignTerms(text, known);
    const supported = found !== undefined && foreign.length === 0 && bearsOut(found);
    const chunk = chunks[found?.chunk ?? chunkOf(span, notes)];
    const at = { document: chunk?.document ?? 0, start: found?.quote.start ?? chunk?.start ?? 0 };
    return wording.forms.size === 0 ? [] : [{ text, wording, foreign, found, supported, place: at }];
  });
  return { placed, tokens };
}

/** The first chunk of the note that holds a sentence of the joined notes. */
function chunkOf({ start }: Span, notes: readonly Note[]): number {
  let end = 0;
  for (const note of notes) {
    end += note.text.length + 2;
    if (start < end) return note.chunks[0] ?? 0;
  }
  return 0;
}
