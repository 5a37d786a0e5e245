// Ways of choosing a short answer from what chunks and passages say, and how right each is.
import { meanOfSets } from "../ask/evidence.mjs";
import { contains, exact, f1, words } from "../ask/words.mjs";

const byMargin = ({ chunks }) => chunks.toSorted((a, b) => b.margin - a.margin);
const byFused = ({ chunks }) => chunks.toSorted((a, b) => b.fused - a.fused);

/** [{ text, quote, score }], best first. */
const ofChunks = (order) => (record) => {
  return order(record).map(({ answer, passages }) => {
    const quote = passages[0]?.text ?? "";
    return { text: answer, quote };
  });
};

/** Passages of the best chunks: their margin, w nats for the question's words, c of the chunk's margin, f of its fused score. */
const ofPassages =
  ({ order = byMargin, w = 0, c = 0, f = 0, chunks = 6, isAlone = false }) =>
  (record) =>
    order(record)
      .slice(0, chunks)
      .flatMap(({ margin: ofChunk, fused, passages }) => {
        return passages.map(({ text, share, alone, ...part }) => {
          const { margin, answer } = isAlone ? alone : part;
          return { text: answer, quote: text, score: margin + w * share + c * ofChunk + f * fused, margin };
        });
      })
      .sort((a, b) => b.score - a.score);

/** Chunks within `spread` nats of the best margin. */
const near = (spread) => (record) => {
  const sorted = byMargin(record);
  return sorted.filter(({ margin }) => margin >= (sorted[0]?.margin ?? 0) - spread);
};

/** Only so many passages of the best chunk, and of each other, those with most of the question's words. */
const fewer =
  (rule, { best, others, chunks }) =>
  (record) => {
    const kept = byMargin(record)
      .slice(0, chunks)
      .map((chunk, i) => {
        return {
          ...chunk,
          passages: chunk.passages.filter(({ rank }) => rank < (i === 0 ? best : others)),
        };
      });
    return rule({ ...record, chunks: kept });
  };

/** Equal answers add up: ln of the sum of exp(score / t). */
const voted = (rule, t) => (record) => {
  const all = rule(record).slice(0, 12);
  const sums = new Map();
  for (const { text, quote, score } of all) {
    const key = words(text).join(" ");
    const one = sums.get(key) ?? { text, quote, sum: 0 };
    one.sum += Math.exp(score / t);
    sums.set(key, one);
  }
  return [...sums.values()].sort((a, b) => b.sum - a.sum);
};

/** Passages whose margin is above t; where there is none, what the best chunk says. */
const above = (rule, t) => (record) => {
  const kept = rule(record).filter(({ margin, text }) => margin > t && text !== "");
  return kept.length > 0 ? kept : ofChunks(byMargin)(record);
};

const RULES = {
  ...Object.fromEntries(
    [-4, -2, -1, -0.5, 0].flatMap((t) =>
      [
        [3, 0],
        [4, 0.5],
        [6, 0.5],
      ].map(([w, c]) => [`above ${t}, words ${w}, chunk ${c}`, above(ofPassages({ w, c }), t)]),
    ),
  ),
  "each read alone, words 4, chunk 0.5, above -2": above(ofPassages({ w: 4, c: 0.5, isAlone: true }), -2),
  "best chunk by margin": ofChunks(byMargin),
  "best chunk, fused": ofChunks(byFused),
  ...Object.fromEntries([0, 1, 2, 3, 4, 6, 9].map((w) => [`passages, words ${w}`, ofPassages({ w })])),
  ...Object.fromEntries(
    [0.25, 0.5, 1].flatMap((c) =>
      [2, 4].map((w) => [`passages, words ${w}, chunk ${c}`, ofPassages({ w, c })]),
    ),
  ),
  ...Object.fromEntries(
    [0.25, 0.5, 1].flatMap((f) =>
      [2, 4].map((w) => [`passages of fused, words ${w}, fused ${f}`, ofPassages({ order: byFused, w, f })]),
    ),
  ),
  "voted 1": voted(ofPassages({ w: 3, c: 0.25 }), 1),
  "voted 2": voted(ofPassages({ w: 3, c: 0.25 }), 2),
  ...Object.fromEntries(
    [1, 2, 3, 5].map((spread) => [
      `passages of chunks within ${spread}, above 0, words 3`,
      above(ofPassages({ order: near(spread), w: 3 }), 0),
    ]),
  ),
  ...Object.fromEntries(
    [
      [16, 8, 4],
      [16, 4, 4],
      [12, 4, 4],
      [8, 4, 4],
      [8, 2, 4],
      [6, 3, 4],
      [4, 2, 4],
      [16, 8, 2],
      [8, 4, 2],
      [16, 0, 1],
    ].map(([best, others, chunks]) => [
      `at most ${best} passages, ${others} of ${chunks - 1} others, words 4, chunk 0.5`,
      fewer(above(ofPassages({ w: 4, c: 0.5 }), -2), { best, others, chunks }),
    ]),
  ),
  "one chunk, passages, words 3": ofPassages({ w: 3, chunks: 1 }),
  "two chunks, passages, words 3": ofPassages({ w: 3, chunks: 2 }),
};

/** Rows for console.table: in the mean of the sets, %. */
export function rules(records) {
  const overSets = (value) => (100 * meanOfSets(records, value)).toFixed(1);
  return Object.fromEntries(
    Object.entries(RULES).map(([name, rule]) => {
      const first = new Map(records.map((row) => [row, rule(row)]));
      const top = (row) => first.get(row)[0]?.text ?? "";
      return [
        name,
        {
          exact: overSets((row) => exact(top(row), row.wanted)),
          f1: overSets((row) => f1(top(row), row.wanted)),
          contains: overSets((row) => contains(top(row), row.wanted)),
          "of three": overSets((row) =>
            Math.max(
              ...first
                .get(row)
                .slice(0, 3)
                .map(({ text }) => f1(text, row.wanted)),
            ),
          ),
          "quote has it": overSets((row) => contains(first.get(row)[0]?.quote ?? "", row.wanted)),
          "quotes have it": overSets((row) =>
            contains(
              first
                .get(row)
                .slice(0, 3)
                .map(({ quote }) => quote)
                .join("\n"),
              row.wanted,
            ),
          ),
        },
      ];
    }),
  );
}
