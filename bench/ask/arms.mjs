// What ranks the chunks of a question: each arm is a function of its scores → indexes, best first.
import { JUDGED_AT_ONCE, sureMargin } from "../../dist/engine/condenser/confidence.js";
import { CONDENSER_WEIGHTS, fuse, order, zScores } from "../../dist/engine/ranking/fuse.js";
import { trialOrder } from "../../dist/engine/ranking/select.js";

const asMap = (scores) => new Map(scores.flatMap((score, i) => (score === null ? [] : [[i, score]])));

/** z-sum of BM25 and lists of scores; chunks without a score come last, in the order of BM25. */
function sum({ bm25 }, lists) {
  const known = bm25.map((_, i) => lists.every(({ scores }) => scores[i] !== null));
  const indexes = bm25.flatMap((_, i) => (known[i] ? [i] : []));
  const zs = lists.map(({ scores, weight }) => ({ weight, z: zScores(indexes.map((i) => scores[i])) }));
  const total = new Map(indexes.map((i, at) => [i, zs.reduce((t, { z, weight }) => t + weight * z[at], 0)]));
  const least = Math.min(0, ...total.values());
  const highest = Math.max(...bm25) || 1;
  return order(bm25.map((score, i) => total.get(i) ?? least - 2 + score / highest));
}

function windowOf({ bm25, relevance = bm25, margins }) {
  const fused = fuse(relevance, asMap(margins), CONDENSER_WEIGHTS);
  const condensed = margins.map((margin) => margin ?? Number.NEGATIVE_INFINITY);
  return [...trialOrder({ fused, relevance, condensed })];
}

/**
 * The record as if its chunks were judged JUDGED_AT_ONCE at a time, best of the first stage first, at most so many, until one of them has the margin that
 * `sure` says of the number judged.
 */
export function judgedUntil({ bm25, relevance = bm25, margins, ...record }, { most, sure }) {
  const indexes = order(relevance)
    .filter((i) => margins[i] !== null)
    .slice(0, most);
  let judged = 0;
  const isSure = () => indexes.slice(0, judged).some((i) => margins[i] >= sure(judged));
  while (judged < indexes.length && !isSure()) judged += JUDGED_AT_ONCE;
  const known = new Set(indexes.slice(0, judged));
  return {
    ...record,
    bm25,
    relevance,
    judged: known.size,
    margins: margins.map((margin, i) => (known.has(i) ? margin : null)),
  };
}

/** When no further chunks are judged. */
export const STOPPING = {
  "the same, as focus ask stops": { most: 64, sure: sureMargin },
  "the same, most 64": { most: 64, sure: () => Number.POSITIVE_INFINITY },
  ...Object.fromEntries(
    [16, 24, 32, 48].map((most) => [`as focus ask stops, most ${most}`, { most, sure: sureMargin }]),
  ),
  ...Object.fromEntries(
    [16, 24, 32].map((most) => [`the same, until one has 4, most ${most}`, { most, sure: () => 4 }]),
  ),
  ...Object.fromEntries(
    [2, 3, 4].map((sure) => [`the same, until one has ${sure}`, { most: 64, sure: () => sure }]),
  ),
};

const list = (scores, weight) => ({ scores, weight });

/** Arms that a record has the scores for. */
export function armsOf(record) {
  const { bm25, margins, cosines, lifts } = record;
  const arms = {
    head: () => bm25.map((_, i) => i),
    tail: () => bm25.map((_, i) => bm25.length - 1 - i),
    oracle: () => order(record.shares),
    bm25: () => order(bm25),
    "first stage": () => order(record.relevance ?? bm25),
  };
  if (cosines !== undefined) {
    arms.embedding = () => order(cosines);
    arms["bm25 + embedding"] = () => sum(record, [list(bm25, 1), list(cosines, 1)]);
  }
  if (lifts !== undefined) arms["2 bm25 + likelihood"] = () => order(fuse(bm25, asMap(lifts)));
  if (margins !== undefined) {
    arms["the window of focus ask"] = () => windowOf(record);
    arms["the window, words alone"] = () => windowOf({ bm25, margins });
    for (const [name, rule] of Object.entries(STOPPING))
      arms[name] = () => windowOf(judgedUntil(record, rule));
    for (const [count, best] of Object.entries(record.best ?? {})) {
      arms[`the window, best of ${count} parts`] = () => windowOf({ ...record, margins: best });
      const both = margins.map((margin, i) => (margin === null ? null : Math.max(margin, best[i])));
      arms[`the window, best of ${count} parts and the whole`] = () => windowOf({ ...record, margins: both });
      const mean = margins.map((margin, i) => (margin === null ? null : (margin + best[i]) / 2));
      arms[`the window, mean of the whole and the best of ${count} parts`] = () =>
        windowOf({ ...record, margins: mean });
      arms[`best of ${count} parts alone`] = () => sum(record, [list(best, 1)]);
    }
    arms.condenser = () => sum(record, [list(margins, 1)]);
    for (const weight of [1, 2, 3, 4]) {
      arms[`bm25 + ${weight} condenser`] = () => sum(record, [list(bm25, 1), list(margins, weight)]);
    }
    if (cosines !== undefined) {
      for (const [c, e] of [
        [1, 1],
        [3, 1],
      ]) {
        const lists = [list(bm25, 1), list(margins, c), list(cosines, e)];
        arms[`bm25 + ${c} condenser + ${e} embedding`] = () => sum(record, lists);
      }
    }
  }
  return arms;
}
