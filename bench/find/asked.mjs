// Which chunks' passages are asked for a short answer, and how often the best of them hold it.
import { meanOfSets } from "../ask/evidence.mjs";

/** As src/engine has them (answer/short.ts, answer/judged-passages.ts, condenser/passage-score.ts); of the best chunk as many passages as were recorded. */
const [WORDS_NATS, CHUNK_WEIGHT] = [4, 0.5];
const TODAY = {
  chunks: 4,
  spread: 3,
  similarity: 4,
  best: Number.POSITIVE_INFINITY,
  others: 6,
  sure: 3,
  first: { best: 6, others: 4 },
};

const RULES = {
  today: {},
  ...Object.fromEntries(
    [1, 2, 4, Number.POSITIVE_INFINITY].map((sure) => [`stops from ${sure} nats`, { sure }]),
  ),
  "stops after 4 and 4": { first: { best: 4, others: 4 } },
  "stops after 6 and 3": { first: { best: 6, others: 3 } },
  ...Object.fromEntries(
    [1, 1.5, 2, 4, Number.POSITIVE_INFINITY].map((spread) => [`chunks within ${spread} nats`, { spread }]),
  ),
  ...Object.fromEntries([1, 2, 3, 8].map((chunks) => [`at most ${chunks} chunks`, { chunks }])),
  ...Object.fromEntries([4, 8, 12].map((others) => [`of another chunk ${others} passages`, { others }])),
  ...Object.fromEntries([6, 10].map((best) => [`of the best chunk ${best} passages`, { best }])),
  ...Object.fromEntries(
    [0, 2, 6, 8].map((similarity) => [`${similarity} nats for similarity`, { similarity }]),
  ),
};

/** Best first. */
function asked({ chunks: all }, rule) {
  const best = all[0]?.margin ?? 0;
  const chunks = all.slice(0, rule.chunks).filter(({ margin }) => margin >= best - rule.spread);
  const first = passagesOf(chunks, { ...rule, ...rule.first });
  const isSure = first.some(({ margin }) => margin >= rule.sure);
  const judged = isSure ? first : passagesOf(chunks, rule);
  return judged.sort((a, b) => b.score - a.score);
}

function passagesOf(chunks, { best, others, similarity: nats }) {
  return chunks.flatMap(({ margin: whole, passages }, rank) =>
    passages.slice(0, rank === 0 ? best : others).map(({ margin, share, similarity, isRight }) => {
      return {
        margin,
        isRight,
        score: margin + WORDS_NATS * share + nats * (similarity ?? 0) + CHUNK_WEIGHT * whole,
      };
    }),
  );
}

/** Rows for console.table, in the mean of the sets. */
export function askedAs(records) {
  const answered = records.filter(({ isAnswered }) => isAnswered);
  const overSets = (value) => meanOfSets(answered, value);
  return Object.fromEntries(
    Object.entries(RULES).map(([title, changed]) => {
      const of = (row) => asked(row, { ...TODAY, ...changed });
      const percent = (most) =>
        (
          100 *
          overSets((row) =>
            Number(
              of(row)
                .slice(0, most)
                .some(({ isRight }) => isRight),
            ),
          )
        ).toFixed(1);
      return [
        title,
        {
          "best one right, %": percent(1),
          "of the best three, %": percent(3),
          passages: overSets((row) => of(row).length).toFixed(1),
        },
      ];
    }),
  );
}
