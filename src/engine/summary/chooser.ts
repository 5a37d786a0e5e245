import { N_TENTHS } from "./extent.ts";
import { repeats, type Wording } from "./wording.ts";

/** Something that may go into a summary: a sentence, or a chunk that a note is made of. */
export type Choice = Wording & {
  /** Of all text, from 0. */
  readonly tenth: number;
  /** Index of the part (section) that holds it. */
  readonly part: number;
  /** What it takes of the budget; more than 0. */
  readonly cost: number;
  readonly salience: number;
};

/** What is chosen, what is left of the budget, and what is still worth choosing. */
export class Chooser {
  readonly chosen: number[] = [];
  room: number;
  readonly #choices: readonly Choice[];
  /** In input order. */
  readonly #open: Set<number>;
  /** Content word → the choices that have it. */
  readonly #holders = new Map<string, number[]>();
  readonly #perTenth = new Array<number>(N_TENTHS).fill(0);

  constructor(
    choices: readonly Choice[],
    { budget, open }: { readonly budget: number; readonly open: readonly number[] },
  ) {
    this.#choices = choices;
    this.room = budget;
    this.#open = new Set(open);
    for (const index of open) {
      for (const form of choices[index]?.forms ?? []) {
        const holders = this.#holders.get(form);
        if (holders === undefined) this.#holders.set(form, [index]);
        else holders.push(index);
      }
    }
  }

  get open(): Iterable<number> {
    return this.#open;
  }

  /** The most salient of `wanted` that fits, in input order; the earlier of equals. */
  best(wanted: Iterable<number>, { handicap = 0, mostCost = this.room } = {}): number | undefined {
    const measure = ({ salience, tenth }: Choice) => handicap * (this.#perTenth[tenth] ?? 0) - salience;
    return this.#least(wanted, measure, mostCost);
  }

  /** The cheapest of `wanted` that fits, in input order; the earlier of equals. */
  cheapest(wanted: Iterable<number>): number | undefined {
    return this.#least(wanted, ({ cost }) => cost, this.room);
  }

  /** Takes a choice and closes those that repeat it; false when there is none to take. */
  take(index: number | undefined): boolean {
    const taken = this.#choices[index ?? -1];
    if (index === undefined || taken === undefined) return false;
    this.chosen.push(index);
    this.#open.delete(index);
    this.room -= taken.cost;
    this.#perTenth[taken.tenth] = (this.#perTenth[taken.tenth] ?? 0) + 1;
    this.#sharing(taken).forEach((nShared, other) => {
      const choice = this.#choices[other];
      if (nShared > 0 && choice !== undefined && repeats(choice, taken, nShared)) this.#open.delete(other);
    });
    return true;
  }

  takeCheapest(): void {
    this.room = Number.POSITIVE_INFINITY;
    this.take(this.cheapest(this.#open));
  }

  /** (nChoices) how many content words each choice shares with another. */
  #sharing({ forms }: Choice): Uint32Array {
    const shared = new Uint32Array(this.#choices.length);
    for (const form of forms) {
      for (const index of this.#holders.get(form) ?? []) shared[index] = (shared[index] ?? 0) + 1;
    }
    return shared;
  }

  #least(
    wanted: Iterable<number>,
    measure: (choice: Choice) => number,
    mostCost: number,
  ): number | undefined {
    let least = Number.POSITIVE_INFINITY;
    let found: number | undefined;
    for (const index of wanted) {
      const choice = this.#choices[index];
      if (choice === undefined || !this.#open.has(index)) continue;
      if (choice.cost > this.room || choice.cost > mostCost) continue;
      const value = measure(choice);
      if (value >= least) continue;
      least = value;
      found = index;
    }
    return found;
  }
}
