import type { TokenEmbedding } from "../../model/adapters/token-embedding.ts";
import type { Tokenizer } from "../../model/language-model.ts";
import { contentWords } from "./words.ts";

/** Between words that are cut into tokens together; no word has it, and unlike white space it joins no token of its neighbours. */
const BAR = "|";
/** Words that are cut together: one call for all takes a tenth of what one for each does. */
const TOGETHER = 4096;
/** Words of passages that are kept, a kilobyte each. */
const MOST_KNOWN = 20_000;

/** Vectors of words: the sum of what their tokens have in a static embedding, each word in lower case behind a space. */
export class WordVectors {
  readonly nDimensions: number;
  /** Of the embedding's file. */
  readonly sha256: string;
  readonly #embedding: TokenEmbedding;
  readonly #tokenizer: Pick<Tokenizer, "tokenize">;
  /** A word as it is written, but for case and accents → its vector. */
  readonly #known = new Map<string, Float32Array>();

  constructor(embedding: TokenEmbedding, tokenizer: Pick<Tokenizer, "tokenize">) {
    this.#embedding = embedding;
    this.#tokenizer = tokenizer;
    this.nDimensions = embedding.nDimensions;
    this.sha256 = embedding.sha256;
  }

  /** Vectors (nDimensions) of many words, one after the other; none is kept. */
  *ofWords(words: readonly string[]): Generator<Float32Array, void> {
    const [bar = -1, ...more] = this.#tokenizer.tokenize(BAR);
    for (let at = 0; at < words.length; at += TOGETHER) {
      const some = words.slice(at, at + TOGETHER);
      const parts = more.length > 0 ? [] : splitAt(bar, this.#tokensOf(some.join(`${BAR} `)));
      for (const [i, word] of some.entries()) {
        yield this.#sum((parts.length === some.length ? parts[i] : undefined) ?? this.#tokensOf(word));
      }
    }
  }

  /** (nDimensions) of length 1: a question's vector or a passage's; all 0 for a text without words. */
  ofText(text: string, language: string): Float32Array {
    const sum = new Float32Array(this.nDimensions);
    for (const { exact } of contentWords(text, language)) addTo(sum, this.#ofWord(exact));
    const length = Math.sqrt(dot(sum, sum));
    return length > 0 ? sum.map((value) => value / length) : sum;
  }

  #ofWord(exact: string): Float32Array {
    const known = this.#known.get(exact);
    if (known !== undefined) return known;
    if (this.#known.size >= MOST_KNOWN) this.#known.clear();
    const vector = this.#sum(this.#tokensOf(exact));
    this.#known.set(exact, vector);
    return vector;
  }

  #tokensOf(words: string): Uint32Array {
    return this.#tokenizer.tokenize(` ${words}`);
  }

  #sum(tokens: Uint32Array): Float32Array {
    const sum = new Float32Array(this.nDimensions);
    for (const token of tokens) this.#embedding.add(token, sum);
    return sum;
  }
}

/** The parts between tokens that are `mark`. */
function splitAt(mark: number, tokens: Uint32Array): Uint32Array[] {
  const parts: Uint32Array[] = [];
  let start = 0;
  for (let at = tokens.indexOf(mark); at !== -1; at = tokens.indexOf(mark, start)) {
    parts.push(tokens.subarray(start, at));
    start = at + 1;
  }
  return [...parts, tokens.subarray(start)];
}

/** Adds the values of `other` to those of `sum` from an offset on. */
export function addTo(sum: Float32Array, other: Float32Array, at = 0): void {
  for (let i = 0; i < other.length; i += 1) sum[at + i] = (sum[at + i] ?? 0) + (other[i] ?? 0);
}

export function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}
