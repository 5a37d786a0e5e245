import type { Chunk } from "../../document/chunk.ts";
import { type Document, textOf } from "../../document/document.ts";
import { commonLanguage } from "../../document/language.ts";
import {
  ABSENT_BELOW,
  ANSWERED_FROM,
  BEST_MARGIN,
  type Calibration,
  probability,
} from "../condenser/confidence.ts";
import { contentWords } from "../ranking/words.ts";
import type { Verdict } from "../results.ts";
import { type Attribution, shareOf, wordSet } from "./match.ts";

export type Evidence = {
  /** Whether the writer says that the passages do not answer. */
  readonly declined: boolean;
  /** Whether the answer is the writer's: then it is shown in any case. */
  readonly isWritten: boolean;
  /** Whether the answer is of another kind than what is asked for: then it is not sure. */
  readonly isOfOtherKind: boolean;
  /** Highest margin of a chunk, in nats; undefined without a condenser. */
  readonly margin: number | undefined;
  /** Share (0 … 1) of the question's surprise that the best chunk explains; undefined with a condenser. */
  readonly explained: number | undefined;
  /** Share (0 … 1) of the question's word weight that the best chosen chunk has. */
  readonly questionOverlap: number;
};

/** Confidence of an answer of another kind at most: hardly any right one is of another (3 of 11,909, bench/other-kind.mjs). */
const MOST_OF_OTHER_KIND = 0.25;
/** Below this the answer's sentences share too little with any passage to be called supported. */
const LEAST_OVERLAP = 0.3;

/**
 * Explained share + OVERLAP_WEIGHT * overlap → log odds, for readers without a condenser. Even at 0.27, where a speech of 29
 * chunks tells 20 of its own 25 questions from 47 of 50 foreign ones; other kinds of text differ, so that this alone never
 * says "absent", and answers below it are shown as uncertain.
 */
const BEST_LIKELIHOOD: Calibration = { slope: 12, bias: -3.24 };
const OVERLAP_WEIGHT = 0.3;

/** Whether a passage bears a sentence out: it has enough of its words, and makes it likelier. */
export function bearsOut({ overlap, support }: Pick<Attribution, "overlap" | "support">): boolean {
  return overlap >= LEAST_OVERLAP && support > 0;
}

export type Judgement = { readonly verdict: Verdict; readonly confidence: number };

/** Whether documents answer whose best chunk has this margin, in nats, where nobody wrote an answer. */
export function judgeMargin(margin: number): Judgement {
  return judge({
    declined: false,
    isWritten: false,
    isOfOtherKind: false,
    margin,
    explained: undefined,
    questionOverlap: 0,
  });
}

/**
 * Judges whether the documents answer. An answer that somebody gave is never taken away: "absent" is only said where the
 * writer declines, or where the condenser finds no chunk that answers and so gives no answer of its own.
 */
export function judge(evidence: Evidence): Judgement {
  const { declined, isWritten, isOfOtherKind, margin } = evidence;
  const odds = margin === undefined ? likelihoodOdds(evidence) : probability(margin, BEST_MARGIN);
  const confidence = isOfOtherKind ? Math.min(odds, MOST_OF_OTHER_KIND) : odds;
  if (declined) return { verdict: "absent", confidence };
  if (margin !== undefined && !isWritten && confidence < ABSENT_BELOW)
    return { verdict: "absent", confidence };
  return { verdict: confidence < ANSWERED_FROM ? "uncertain" : "answered", confidence };
}

function likelihoodOdds({ explained = 0, questionOverlap: overlap }: Evidence): number {
  return probability(explained + OVERLAP_WEIGHT * overlap, BEST_LIKELIHOOD);
}

/** Words that the documents do not have may be synonyms of some that they have: they weigh less than a rare word. */
const SYNONYM_WEIGHT = 2;

export type OverlapInput = {
  readonly question: string;
  readonly documents: readonly Document[];
  readonly chunks: readonly Chunk[];
  readonly chosen: readonly number[];
  readonly idf: (form: string) => number;
};

/** Share (0 … 1) of the question's word weight that the best chosen chunk has. */
export function questionOverlap({ question, documents, chunks, chosen, idf }: OverlapInput): number {
  const language = commonLanguage(documents);
  const asked = new Map(
    contentWords(question, language).map(({ form }) => [form, idf(form) || SYNONYM_WEIGHT]),
  );
  const shares = chosen.map((index) => {
    const chunk = chunks[index];
    const text = textOf(documents, chunk);
    return shareOf(asked, wordSet(text, language));
  });
  return Math.max(0, ...shares);
}
