import { contentWords } from "./words.ts";

/** Two chunks that share more of the larger one's words than this are of one family: reports on one template. */
const LEAST_SHARED = 0.7;
/** So many chunks are compared with one another at most. */
const MOST_COMPARED = 256;

/**
 * Chunks of nearly one wording. A question's words stand in all of them alike, or ("which had defects?") in those that
 * are all the same; what is asked for is in the few words in which one differs.
 */
export class Families {
  readonly #textOf: (index: number) => string;
  readonly #compared: readonly number[];
  readonly #words = new Map<number, ReadonlySet<string>>();

  /** `ranked`: indexes of chunks, best first. */
  constructor(ranked: readonly number[], textOf: (index: number) => string) {
    this.#textOf = textOf;
    this.#compared = ranked.slice(0, MOST_COMPARED);
  }

  /** Whether a chunk is of one family with any of the others. */
  areRelated(index: number, others: readonly number[]): boolean {
    return others.some((other) => other !== index && this.#isOneFamily(index, other));
  }

  /**
   * The chunk of the family of `index` that stands out most from it and from those `chosen`; undefined when there is
   * none left, or none has anything of its own.
   */
  standout(index: number, chosen: readonly number[]): number | undefined {
    const family = this.#compared.filter((other) => other === index || this.#isOneFamily(index, other));
    const uses = new Map<string, number>();
    for (const member of family) {
      for (const form of this.#wordsOf(member)) uses.set(form, (uses.get(form) ?? 0) + 1);
    }
    const taken = new Set(chosen);
    const said = new Set(family.filter((member) => taken.has(member)).flatMap((i) => [...this.#wordsOf(i)]));
    let most = 0;
    let found: number | undefined;
    for (const member of family) {
      if (taken.has(member)) continue;
      const own = [...this.#wordsOf(member)].filter((form) => !said.has(form));
      const news = own.reduce((sum, form) => sum + Math.log(family.length / (uses.get(form) ?? 1)), 0);
      if (news <= most) continue;
      most = news;
      found = member;
    }
    return found;
  }

  #isOneFamily(a: number, b: number): boolean {
    const [few, many] = [this.#wordsOf(a), this.#wordsOf(b)].sort((x, y) => x.size - y.size);
    if (few === undefined || many === undefined || few.size <= LEAST_SHARED * many.size) return false;
    let shared = 0;
    for (const form of few) if (many.has(form)) shared += 1;
    return shared > LEAST_SHARED * many.size;
  }

  #wordsOf(index: number): ReadonlySet<string> {
    const known = this.#words.get(index);
    if (known !== undefined) return known;
    const words = new Set(contentWords(this.#textOf(index)).map(({ form }) => form));
    this.#words.set(index, words);
    return words;
  }
}
