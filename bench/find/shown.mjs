// What is shown by several rules, and how much of it is right.
import { mean, meanOfSets } from "../ask/evidence.mjs";

/** As src/engine/places has it, but for the chunks that are looked at: these are as many as were recorded. */
const TODAY = {
  chunk: -4,
  place: 1,
  best: 0,
  others: true,
  passage: -1,
  shown: 5,
  leastOfAll: -3,
  inAnyCase: 2,
  sureSpread: 3,
  spread: 5,
  asked: 12,
};
const CHUNK_WEIGHT = 0.5;
const SURE_ALONE = { shown: 0, inAnyCase: 0, sureSpread: Number.POSITIVE_INFINITY };

const RULES = {
  "chunks that answer: their best, and passages from 0.5; none uncertain": {
    ...SURE_ALONE,
    place: 0.5,
    best: Number.NEGATIVE_INFINITY,
    others: false,
  },
  "the same, passages from 1": { ...SURE_ALONE, best: Number.NEGATIVE_INFINITY, others: false },
  "the same, the best from 0": { ...SURE_ALONE, others: false },
  ...Object.fromEntries(
    [0.5, 1, 1.5, 2].map((place) => [`and of other chunks from ${place}`, { ...SURE_ALONE, place }]),
  ),
  today: {},
  ...Object.fromEntries(
    [1.5, 2, 4, Number.POSITIVE_INFINITY].map((sureSpread) => [
      `sure ones within ${sureSpread} nats of the surest`,
      { sureSpread },
    ]),
  ),
  ...Object.fromEntries(
    [3, 4, Number.POSITIVE_INFINITY].map((spread) => [`all within ${spread} nats of it`, { spread }]),
  ),
  ...Object.fromEntries(
    [0, 1, 3].map((inAnyCase) => [`where none is sure at least ${inAnyCase}`, { inAnyCase }]),
  ),
  ...Object.fromEntries(
    [-3, -2, -1.5, -0.5, 0].map((passage) => [`uncertain passages from ${passage}`, { passage }]),
  ),
  ...Object.fromEntries([-10, -6, -3, -2, 0].map((chunk) => [`other chunks from ${chunk}`, { chunk }])),
  ...Object.fromEntries([1, 3, 8, 12].map((shown) => [`at most ${shown} uncertain ones`, { shown }])),
  ...Object.fromEntries(
    [4, 8].map((asked) => [`of other chunks the ${asked} passages with most words`, { asked }]),
  ),
};

const byMargin = (a, b) => b.margin - a.margin;

/** Passages that answer, and those that may: [{ support, margin, isRight }] each. */
function places({ least, chunks }, rule) {
  const { chunk: leastOfChunk, passage: leastOfPassage, leastOfAll } = rule;
  const { place, best, others, shown, inAnyCase, asked, sureSpread, spread } = rule;
  const all = chunks.flatMap(({ margin: whole, passages }) => {
    const isAnswering = whole >= least;
    if (!isAnswering && whole < leastOfChunk) return [];
    const looked = (isAnswering ? passages : passages.slice(0, asked)).toSorted(byMargin);
    return looked.map(({ margin, isRight }, rank) => {
      const isBest = isAnswering && rank === 0 && margin >= best;
      const answers = isBest || (margin >= place && (isAnswering || others));
      const support = isBest ? Math.max(margin, whole) : margin;
      return { margin, isRight, answers, support, likelihood: margin + CHUNK_WEIGHT * whole };
    });
  });
  const surest = Math.max(...all.filter(({ answers }) => answers).map(({ support }) => support));
  const sure = all.filter(({ answers, support }) => answers && support >= surest - sureSpread);
  const likely = all.filter((one) => !sure.includes(one)).sort((a, b) => b.likelihood - a.likelihood);
  const from = (from, most) => likely.filter(({ margin }) => margin >= from).slice(0, most);
  const uncertain = from(Math.max(leastOfPassage, surest - spread), shown);
  if (sure.length > 0 || uncertain.length >= inAnyCase) return { sure, uncertain };
  const further = from(leastOfAll, inAnyCase).filter((one) => !uncertain.includes(one));
  return { sure, uncertain: [...uncertain, ...further].slice(0, inAnyCase) };
}

/** Rows for console.table: of questions with an answer in the mean of the sets, of the others of all. */
export function shownAs(records) {
  const answered = records.filter(({ isAnswered }) => isAnswered);
  const others = records.filter(({ isAnswered }) => !isAnswered);
  const overSets = (value) => meanOfSets(answered, value);
  const isRight = (place) => place.isRight;
  const percent = (share) => (100 * share).toFixed(1);
  return Object.fromEntries(
    Object.entries(RULES).map(([title, changed]) => {
      const of = (row) => places(row, { ...TODAY, ...changed });
      const all = (row) => [...of(row).sure, ...of(row).uncertain];
      const wrong = (some) => some.filter((place) => !isRight(place)).length;
      return [
        title,
        {
          "right among the sure, %": percent(overSets((row) => Number(of(row).sure.some(isRight)))),
          "among all, %": percent(overSets((row) => Number(all(row).some(isRight)))),
          "wrong sure": overSets((row) => wrong(of(row).sure)).toFixed(2),
          "wrong uncertain": overSets((row) => wrong(of(row).uncertain)).toFixed(2),
          "where nothing answers, sure": mean(others.map((row) => of(row).sure.length)).toFixed(2),
          uncertain: mean(others.map((row) => of(row).uncertain.length)).toFixed(2),
        },
      ];
    }),
  );
}
