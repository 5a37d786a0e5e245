import type { TokenEmbedding } from "../../model/adapters/token-embedding.ts";
import type { Tokenizer } from "../../model/language-model.ts";
import { contentWords } from "./words.ts";

/** Between words that are cut into tokens together; no word has it, and unlike white space it joins no token of its neighbours. */
const BAR = "|";
/** So many words are kept; half a kilobyte each. */
const MOST_KNOWN = 200_000;

/** Vectors of words: the sum of what their tokens have in a static embedding, each word in lower case behind a space. */
export class WordVectors {
  readonly nDimensions: number;
  readonly #embedding: TokenEmbedding;
  readonly #tokenizer: Pick<Tokenizer, "tokenize">;
  /** A word as it is written, but for case and accents → its vector in a text. */
  readonly #known = new Map<string, Float32Array>();

  constructor(embedding: TokenEmbedding, tokenizer: Pick<Tokenizer, "tokenize">) {
    this.#embedding = embedding;
    this.#tokenizer = tokenizer;
    this.nDimensions = embedding.nDimensions;
  }

  /** Makes the vectors of many words: their tokens come from one call, which takes a tenth of what one for each does. */
  learn(words: readonly string[]): void {
    const [bar, ...more] = this.#tokenizer.tokenize(BAR);
    if (bar === undefined || more.length > 0) return;
    const tokens = this.#tokenizer.tokenize(words.map((exact) => ` ${exact}`).join(BAR));
    const ofWords = splitAt(bar, tokens);
    if (ofWords.length !== words.length) return;
    for (const [i, exact] of words.entries()) this.#learn(exact, ofWords[i] ?? tokens.subarray(0, 0));
  }

  /** (nDimensions) a word's vector in a text. */
  ofWord(exact: string): Float32Array {
    return this.#known.get(exact) ?? this.#learn(exact, this.#tokensOf(exact));
  }

  /** (nDimensions) of length 1: a text's vector; all 0 for one without words. */
  ofText(text: string, language: string): Float32Array {
    const sum = new Float32Array(this.nDimensions);
    for (const { exact } of contentWords(text, language)) addTo(sum, this.ofWord(exact));
    return unit(sum);
  }

  /** (nDimensions) of length 1: the same for a question, whose tokens count by weights of their own. */
  ofQuestion(question: string, language: string): Float32Array {
    const sum = new Float32Array(this.nDimensions);
    for (const { exact } of contentWords(question, language)) {
      for (const token of this.#tokensOf(exact)) {
        this.#embedding.add(token, sum, this.#embedding.questionWeight(token));
      }
    }
    return unit(sum);
  }

  #tokensOf(exact: string): Uint32Array {
    return this.#tokenizer.tokenize(` ${exact}`);
  }

  #learn(exact: string, tokens: Uint32Array): Float32Array {
    const sum = new Float32Array(this.nDimensions);
    for (const token of tokens) this.#embedding.add(token, sum);
    if (this.#known.size >= MOST_KNOWN) this.#known.clear();
    this.#known.set(exact, sum);
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

function unit(vector: Float32Array): Float32Array {
  const length = Math.sqrt(dot(vector, vector));
  return length > 0 ? vector.map((value) => value / length) : vector;
}
