/** The tokens that are appended to every chunk (FocusLLM, arXiv 2408.11745, section 2.2: dynamic prompt). */
export type LocalContext = {
  /** (nLocal) template up to the scored text, then the scored text. */
  readonly tokens: Uint32Array;
  /** Index of the first scored token; at least 1. */
  readonly from: number;
  /** (nLocal - from) where each scored token lies in the scored text, as UTF-16 offset of its end. */
  readonly ends: Uint32Array;
};

type Tokenizer = {
  readonly tokenize: (text: string) => Uint32Array;
  readonly detokenize: (tokens: ArrayLike<number>) => string;
};

/**
 * Renders `before` + `scored` so that the scored text starts at a token of its own. A space between the two goes with
 * the scored text, as it does in natural text for tokenizers that mark word starts.
 */
export function localContext(tokenizer: Tokenizer, before: string, scored: string): LocalContext {
  const spaced = before.endsWith(" ");
  const head = tokenizer.tokenize(spaced ? before.slice(0, -1) : before);
  const tail = tokenizer.tokenize(spaced ? ` ${scored}` : scored);
  const tokens = new Uint32Array(head.length + tail.length);
  tokens.set(head, 0);
  tokens.set(tail, head.length);
  const lead = spaced ? 1 : 0;
  const ends = Uint32Array.from(tail, (_, i) =>
    Math.max(0, tokenizer.detokenize(tail.slice(0, i + 1)).length - lead),
  );
  return { tokens, from: head.length, ends };
}
