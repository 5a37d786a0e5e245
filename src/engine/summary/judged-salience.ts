import type { Document } from "../../document/document.ts";
import type { Span } from "../../document/sentences.ts";
import { shareOf } from "../attribution/match.ts";
import { passageScore } from "../condenser/passage-score.ts";
import type { FocusMargins } from "./focus.ts";
import type { Wording } from "./wording.ts";

/** How much a sentence's own salience counts beside what speaks for it under a focus. */
const OWN_NATS = 0.3;

type Sentence = Span & { readonly document: number; readonly chunk: number; readonly wording: Wording };

type JudgedInput = {
  readonly documents: readonly Document[];
  /** Of the focus's words. */
  readonly weights: ReadonlyMap<string, number>;
  readonly judged: FocusMargins;
};

/**
 * (nSentences) in nats: what speaks for a sentence as for a passage that answers, and some of `own`, its salience whatever is looked for. What
 * a sentence means is not asked in chunks that were not looked at: a long document has tens of thousands.
 */
export function judgedSalience(
  sentences: readonly Sentence[],
  own: Float64Array,
  { documents, weights, judged }: JudgedInput,
): Float64Array {
  return own.map((salience, i) => {
    const sentence = sentences[i];
    const source = documents[sentence?.document ?? -1];
    if (sentence === undefined || source === undefined) return salience;
    const { chunk, start, end, wording } = sentence;
    const share = shareOf(weights, wording.forms);
    const similarity = judged.isCondensed(chunk)
      ? judged.similarity(source.text.slice(start, end), source)
      : 0;
    const margin = judged.marginOf(chunk, sentence);
    return OWN_NATS * salience + passageScore({ margin, share, similarity }, judged.marginOfChunk(chunk));
  });
}
