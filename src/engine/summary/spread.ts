import { sharedWords } from "../ranking/words.ts";
import { N_TENTHS } from "./extent.ts";

/** Something that may go into a summary: a sentence, or a chunk that a note is made of. */
export type Choice = {
  /** Of all text, from 0. */
  readonly tenth: number;
  /** Index of the part (section) that holds it. */
  readonly part: number;
  /** What it takes of the budget; more than 0. */
  readonly cost: number;
  readonly salience: number;
  /** Content words, by which repetitions are known. */
  readonly forms: ReadonlySet<string>;
};

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
/** A choice that shares more of its words than this repeats another, unless it has a number that the other has not. */
const MOST_OVERLAP = 0.75;

/**
 * Chooses within the budget, without repetitions; returns indexes in input order. A single choice may exceed the budget
 * where nothing at all fits: the cheapest is taken then.
 */
export function chooseSpread(choices: readonly Choice[], options: SpreadOptions): number[] {
  const { budget, spread, leastSalience = Number.NEGATIVE_INFINITY } = options;
  const worthy = [...choices.keys()].filter((i) => (choices[i]?.salience ?? 0) >= leastSalience);
  const chooser = new Chooser(choices, { budget, open: worthy.length > 0 ? worthy : choices.keys() });
  if (spread === "tenths") everyTenth(choices, chooser);
  if (spread === "tenths" || spread === "parts") everyPart(choices, chooser);
  const handicap = spread === "best" ? 0 : HANDICAP;
  while (chooser.take(chooser.best(() => true, handicap)));
  if (chooser.chosen.length === 0) chooser.takeCheapest();
  return chooser.chosen.toSorted((a, b) => a - b);
}

/** Each tenth may take its share of what is left, so that the last ones are not left without. */
function everyTenth(choices: readonly Choice[], chooser: Chooser): void {
  const tenths = new Set(choices.map(({ tenth }) => tenth));
  let left = tenths.size;
  for (let tenth = 0; tenth < N_TENTHS; tenth += 1) {
    if (!tenths.has(tenth)) continue;
    const share = chooser.room / left;
    const best = chooser.best((choice) => choice.tenth === tenth && choice.cost <= share, 0);
    chooser.take(best ?? chooser.cheapest((choice) => choice.tenth === tenth));
    left -= 1;
  }
}

/** Parts that have none yet, those with the most to choose from first. */
function everyPart(choices: readonly Choice[], chooser: Chooser): void {
  const sizes = new Map<number, number>();
  for (const { part, cost } of choices) sizes.set(part, (sizes.get(part) ?? 0) + cost);
  for (const { part } of chooser.chosen.flatMap((i) => choices[i] ?? [])) sizes.delete(part);
  for (const [part] of [...sizes].sort((a, b) => b[1] - a[1])) {
    chooser.take(chooser.best((choice) => choice.part === part, 0));
  }
}

type Wanted = (choice: Choice) => boolean;

/** What is chosen, what is left of the budget, and what is still worth choosing. */
class Chooser {
  readonly chosen: number[] = [];
  room: number;
  readonly #choices: readonly Choice[];
  readonly #open: Set<number>;
  readonly #perTenth = new Array<number>(N_TENTHS).fill(0);

  constructor(
    choices: readonly Choice[],
    { budget, open }: { readonly budget: number; readonly open: Iterable<number> },
  ) {
    this.#choices = choices;
    this.room = budget;
    this.#open = new Set(open);
  }

  /** The most salient that fits; the earlier of equals. */
  best(isWanted: Wanted, handicap: number): number | undefined {
    return this.#least(isWanted, ({ salience, tenth }) => handicap * (this.#perTenth[tenth] ?? 0) - salience);
  }

  /** The cheapest that fits; the earlier of equals. */
  cheapest(isWanted: Wanted): number | undefined {
    return this.#least(isWanted, ({ cost }) => cost);
  }

  /** Takes a choice and closes those that repeat it; false when there is none to take. */
  take(index: number | undefined): boolean {
    const taken = this.#choices[index ?? -1];
    if (index === undefined || taken === undefined) return false;
    this.chosen.push(index);
    this.#open.delete(index);
    this.room -= taken.cost;
    this.#perTenth[taken.tenth] = (this.#perTenth[taken.tenth] ?? 0) + 1;
    for (const other of this.#open) {
      const forms = this.#choices[other]?.forms;
      if (forms !== undefined && repeats(forms, taken.forms)) this.#open.delete(other);
    }
    return true;
  }

  takeCheapest(): void {
    this.room = Number.POSITIVE_INFINITY;
    this.take(this.cheapest(() => true));
  }

  #least(isWanted: Wanted, measure: (choice: Choice) => number): number | undefined {
    let least = Number.POSITIVE_INFINITY;
    let found: number | undefined;
    for (const index of this.#open) {
      const choice = this.#choices[index];
      if (choice === undefined || choice.cost > this.room || !isWanted(choice)) continue;
      const value = measure(choice);
      if (value >= least) continue;
      least = value;
      found = index;
    }
    return found;
  }
}

function repeats(forms: ReadonlySet<string>, said: ReadonlySet<string>): boolean {
  const hasNews = [...forms].some((form) => /\d/u.test(form) && !said.has(form));
  return !hasNews && sharedWords(said, forms) > MOST_OVERLAP;
}
