import { type Choice, Chooser } from "./chooser.ts";
import { N_TENTHS } from "./extent.ts";

export type SpreadOptions = {
  readonly budget: number;
  /**
   * "tenths": one choice for every tenth, then one for every part, as far as the budget goes, then the best, with a
   * handicap for tenths that have more; "parts": without the first of these; "even": the last alone; "best": salience
   * alone.
   */
  readonly spread: "tenths" | "parts" | "even" | "best";
  /** A tenth or a part that has nothing but less salient ones stays without, unless there is nothing else at all. */
  readonly leastSalience?: number;
};

/** Salience that each choice a tenth has already takes from the next. */
const HANDICAP = 0.5;

/**
 * Chooses within the budget, without repetitions; returns indexes in input order. A single choice may exceed the budget
 * where nothing at all fits: the cheapest is taken then.
 */
export function chooseSpread(choices: readonly Choice[], options: SpreadOptions): number[] {
  const { budget, spread, leastSalience = Number.NEGATIVE_INFINITY } = options;
  const worthy = [...choices.keys()].filter((i) => (choices[i]?.salience ?? 0) >= leastSalience);
  const chooser = new Chooser(choices, { budget, open: worthy.length > 0 ? worthy : [...choices.keys()] });
  if (spread === "tenths") everyTenth(choices, chooser);
  if (spread === "tenths" || spread === "parts") everyPart(choices, chooser);
  const handicap = spread === "best" ? 0 : HANDICAP;
  while (chooser.take(chooser.best(chooser.open, { handicap })));
  if (chooser.chosen.length === 0) chooser.takeCheapest();
  return chooser.chosen.toSorted((a, b) => a - b);
}

/** Each tenth may take its share of what is left, so that the last ones are not left without. */
function everyTenth(choices: readonly Choice[], chooser: Chooser): void {
  const tenths = indexesBy(choices, ({ tenth }) => tenth);
  let left = tenths.size;
  for (let tenth = 0; tenth < N_TENTHS; tenth += 1) {
    const indexes = tenths.get(tenth);
    if (indexes === undefined) continue;
    const best = chooser.best(indexes, { mostCost: chooser.room / left });
    chooser.take(best ?? chooser.cheapest(indexes));
    left -= 1;
  }
}

/** Parts that have none yet, those with the most to choose from first. */
function everyPart(choices: readonly Choice[], chooser: Chooser): void {
  const parts = indexesBy(choices, ({ part }) => part);
  const sizes = new Map<number, number>();
  for (const { part, cost } of choices) sizes.set(part, (sizes.get(part) ?? 0) + cost);
  for (const { part } of chooser.chosen.flatMap((i) => choices[i] ?? [])) sizes.delete(part);
  for (const [part] of [...sizes].sort((a, b) => b[1] - a[1])) {
    chooser.take(chooser.best(parts.get(part) ?? []));
  }
}

/** Indexes of choices, in order, by what `of` tells of each. */
function indexesBy(choices: readonly Choice[], of: (choice: Choice) => number): Map<number, number[]> {
  const found = new Map<number, number[]>();
  for (const [index, choice] of choices.entries()) {
    const indexes = found.get(of(choice)) ?? [];
    indexes.push(index);
    found.set(of(choice), indexes);
  }
  return found;
}
