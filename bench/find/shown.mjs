// What is shown by several rules, and how much of it is right.
import { mean } from "../ask/evidence.mjs";

/** As src/engine/places/sure.ts has them. */
const PART_MARGIN = 0.5;
const CHUNK_WEIGHT = 0.5;

const RULES = {
  "sure ones alone": { chunks: 0 },
  ...Object.fromEntries(
    [-3, -2, -1.5, -1, -0.5, 0, 0.5].map((passage) => [
      `5 of passages from ${passage}, 6 chunks from -4`,
      { passage },
    ]),
  ),
  ...Object.fromEntries(
    [-10, -6, -3, -2, 0].map((chunk) => [`5 of passages from -1, 6 chunks from ${chunk}`, { chunk }]),
  ),
  ...Object.fromEntries([2, 4, 8].map((chunks) => [`5 of ${chunks} chunks`, { chunks }])),
  ...Object.fromEntries([1, 3, 8, 12].map((shown) => [`${shown} of 6 chunks`, { shown }])),
  ...Object.fromEntries([4, 8].map((asked) => [`5 of 6 chunks' best ${asked} by words`, { asked }])),
};

function sure({ least, chunks }) {
  return chunks
    .filter(({ margin }) => margin >= least)
    .flatMap(({ passages }) => {
      return passages
        .toSorted((a, b) => b.margin - a.margin)
        .filter(({ margin }, rank) => rank === 0 || margin >= PART_MARGIN);
    });
}

function uncertain(
  { least, chunks: all },
  { chunks = 6, chunk: ofChunk = -4, passage: ofPassage = -1, shown = 5, asked = 12 },
) {
  return all
    .filter(({ margin }) => margin < least && margin >= ofChunk)
    .slice(0, chunks)
    .flatMap(({ margin: whole, passages }) => {
      return passages
        .slice(0, asked)
        .map(({ margin, isRight }) => ({ margin, isRight, score: margin + CHUNK_WEIGHT * whole }));
    })
    .filter(({ margin }) => margin >= ofPassage)
    .sort((a, b) => b.score - a.score)
    .slice(0, shown);
}

/** Rows for console.table: of questions with an answer in the mean of the sets, of the others of all. */
export function shownAs(records) {
  const answered = records.filter(({ isAnswered }) => isAnswered);
  const names = [...new Set(answered.map(({ name }) => name))];
  const overSets = (value) =>
    mean(names.map((name) => mean(answered.filter((row) => row.name === name).map(value))));
  return Object.fromEntries(
    Object.entries(RULES).map(([title, rule]) => {
      const shown = (row) => [...sure(row), ...uncertain(row, rule)];
      const right = (row) => Number(shown(row).some(({ isRight }) => isRight));
      const wrong = (row) => shown(row).filter(({ isRight }) => !isRight).length;
      const others = records.filter(({ isAnswered }) => !isAnswered);
      return [
        title,
        {
          "has a right place, %": (100 * overSets(right)).toFixed(1),
          "wrong places": overSets(wrong).toFixed(2),
          "shown where nothing answers": mean(others.map((row) => shown(row).length)).toFixed(2),
        },
      ];
    }),
  );
}
