import type { TokenEmbedding } from "../../model/adapters/token-embedding.ts";
import type { Tokenizer } from "../../model/language-model.ts";
import { contentWords } from "./words.ts";

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

  /** (nDimensions) a word's vector in a text. */
  ofWord(exact: string): Float32Array {
    const known = this.#known.get(exact);
    if (known !== undefined) return known;
    const sum = new Float32Array(this.nDimensions);
    for (const token of this.#tokensOf(exact)) this.#embedding.add(token, sum);
    this.#known.set(exact, sum);
    return sum;
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
