// How well confidences tell questions that a document answers from others.
import { auroc, fitLogistic, probabilityOf } from "./fit.mjs";

/** Questions that share less of their content words with the right passage are asked in other words. */
const OTHER_WORDS = 0.34;
/** What a confidence may be made of. */
const FEATURES = {
  "chunk's margin": ({ margin }) => [margin],
  "sentence's margin": ({ passage }) => [passage.margin],
  "the lower of both": ({ margin, passage }) => [Math.min(margin, passage.margin)],
  "both margins": ({ margin, passage }) => [margin, passage.margin],
  "chunk's margin, similarity": ({ margin, passage }) => [margin, passage.similarity],
  "both, similarity": ({ margin, passage }) => [margin, passage.margin, passage.similarity],
  "both, words": ({ margin, passage }) => [margin, passage.margin, passage.share],
};
const THRESHOLDS = [0.02, 0.03, 0.05, 0.08, 0.1, 0.2, 0.3, 0.5];

/** Prints, for each way, what it was fitted to and how it does on rows that it was fitted to, and on others. */
export function report(fitted, checked) {
  for (const [name, features] of Object.entries(FEATURES)) {
    const fit = fitLogistic(fitted.map((row) => ({ x: features(row), y: row.y })));
    console.log(`\n${name}: ${JSON.stringify(fit)}`);
    const confidence = (row) => probabilityOf(fit, features(row));
    judge("fitted", fitted, confidence);
    judge("checked", checked, confidence);
  }
}

function judge(title, rows, confidence) {
  if (rows.length === 0) return;
  const of = (keep) => rows.filter(keep).map(confidence);
  const gold = of(({ kind }) => kind === "gold");
  const foreign = of(({ kind, share }) => kind === "gold" && share < OTHER_WORDS);
  const [other, near] = [of(({ kind }) => kind === "other"), of(({ kind }) => kind === "near")];
  const goldAlone = of(({ kind, n }) => kind === "gold" && n === 1);
  const sources = new Set(rows.map(({ name }) => name)).size;
  console.log(
    `  ${title}: ${sources} sources; AUROC others ${auroc(gold, other).toFixed(3)}, near misses ${auroc(goldAlone, near).toFixed(3)}`,
  );
  for (const least of THRESHOLDS) {
    const below = (values) => {
      const share = values.filter((value) => value < least).length / Math.max(1, values.length);
      return `${(100 * share).toFixed(1)} %`;
    };
    console.log(
      `    below ${least}: gold ${below(gold)}, of ${foreign.length} in other words ${below(foreign)}; others ${below(other)}, near misses ${below(near)}`,
    );
  }
}
