import { detokenize, END, tokenize } from "./fake-tokenizer.ts";

/** Words that a model with this vocabulary would have beside those of its context. */
const VOCABULARY = 50_000;
const BIGRAM = 0.6;
const UNIGRAM = 0.3;
/** How sure the model is of what it is about to say. */
const SURE = 0.9;
/** How likely a condenser says ` none`, by the least share of the question's words that the best sentence has. */
const NONE_FROM_SHARE = [
  [0.5, 0.01],
  [0.3, 0.6],
  [0, 0.999],
] as const;

/** What every chat begins with; see fakeModel. */
const SYSTEM = /\nSystem: [^\n]*\n/u;
/** Of at least four words: no heading. */
const SENTENCE = /(?:[^\s.!?]+ ){3,}[^.!?\n]+[.!?]?/gu;

/** Asked whether a text answers. */
const YES_OR_NO = /Write only Yes or No\.\s*$/u;

const CUE = Array.from(tokenize("Answer:"));
const [NONE = END] = tokenize(" none");

/** What comes next: a probability for each token, which add up to 1 over the vocabulary. */
export type Distribution = {
  readonly probability: (token: number) => number;
  readonly likeliest: number;
};

/**
 * A small language model. Behind `Answer:` it says what a text that it has read says to the question, and ends; anywhere
 * else what it has read (bigrams and words of its context). Under an adapter it answers in a few words, or says ` none`.
 */
export function next(context: readonly number[], isTuned: boolean): Distribution {
  const read = readBefore(context);
  const wanted = wantedNext(context, isTuned);
  if (wanted === undefined) return read;
  const { token, none } = wanted;
  const probability = (one: number): number => {
    const said = (one === token ? SURE : 0) + (1 - SURE) * read.probability(one);
    return one === NONE ? none + (1 - none) * said : (1 - none) * said;
  };
  return { probability, likeliest: none > 0.5 ? NONE : token };
}

/** Bigrams and single words of the context, over a floor of all words alike. */
function readBefore(context: readonly number[]): Distribution {
  const last = context.at(-1);
  const words = new Map<number, number>();
  const followers = new Map<number, number>();
  let nFollowers = 0;
  for (const [i, token] of context.entries()) {
    words.set(token, (words.get(token) ?? 0) + 1);
    if (i === 0 || context[i - 1] !== last) continue;
    followers.set(token, (followers.get(token) ?? 0) + 1);
    nFollowers += 1;
  }
  const bigram = nFollowers > 0 ? BIGRAM : 0;
  const floor = 1 - bigram - UNIGRAM;
  const probability = (token: number): number =>
    (bigram * (followers.get(token) ?? 0)) / Math.max(1, nFollowers) +
    (UNIGRAM * (words.get(token) ?? 0)) / Math.max(1, context.length) +
    floor / VOCABULARY;
  const [likeliest = END] = [...words.keys()].sort((a, b) => probability(b) - probability(a));
  return { probability, likeliest };
}

type Wanted = { readonly token: number; readonly none: number };

/** What an answer that began behind the last cue goes on with; undefined where none began, or another than the model's. */
function wantedNext(context: readonly number[], isTuned: boolean): Wanted | undefined {
  const cue = lastCue(context);
  if (cue === undefined) return undefined;
  const { answer, share } = answerOf(detokenize(context.slice(0, cue)), isTuned);
  const said = context.slice(cue + CUE.length);
  if (said.some((token, i) => token !== answer[i])) return undefined;
  const isFirst = isTuned && said.length === 0;
  const [, none] = NONE_FROM_SHARE.find(([least]) => share >= least) ?? NONE_FROM_SHARE[2];
  return { token: answer[said.length] ?? END, none: isFirst ? none : 0 };
}

function lastCue(context: readonly number[]): number | undefined {
  for (let at = context.length - CUE.length; at >= 0; at -= 1) {
    if (CUE.every((token, i) => context[at + i] === token)) return at;
  }
  return undefined;
}

type Said = { readonly answer: Uint32Array; readonly share: number };

/** The sentence of the text with most of the question's words, whole or in a few words, and the share that it has. */
function answerOf(text: string, isTuned: boolean): Said {
  const own = text.replace(SYSTEM, "\n");
  const lines = own.trimEnd().split("\n");
  const at = lines.findLastIndex((line) => line.startsWith("Question:"));
  const asked = wordsOf(lines.at(at) ?? "");
  const sentences = lines.slice(0, at).join("\n").match(SENTENCE) ?? [];
  const shared = (sentence: string): number =>
    [...wordsOf(sentence)].filter((word) => asked.has(word)).length;
  const [best = ""] = sentences.toSorted((a, b) => shared(b) - shared(a));
  const share = shared(best) / Math.max(1, asked.size);
  if (YES_OR_NO.test(own)) return { answer: tokenize(share >= 0.5 ? "Yes" : "No"), share };
  const said = isTuned ? news(best, asked) : best.trim();
  return { answer: tokenize(` ${said}`), share };
}

/** The longest run of words of a sentence that the question does not have. */
function news(sentence: string, asked: ReadonlySet<string>): string {
  const words = sentence
    .trim()
    .replace(/[.!?]$/u, "")
    .split(/\s+/u);
  const runs: string[][] = [[]];
  for (const word of words) {
    const isNew = /^[\p{Lu}\p{N}]|\p{L}{4}/u.test(word) && ![...wordsOf(word)].some((one) => asked.has(one));
    if (isNew) runs.at(-1)?.push(word);
    else runs.push([]);
  }
  const [longest = []] = runs.toSorted((a, b) => b.length - a.length);
  return longest.join(" ");
}

function wordsOf(text: string): ReadonlySet<string> {
  const words = text.toLowerCase().match(/\p{L}{4,}|\p{N}+/gu) ?? [];
  return new Set(words.filter((word) => word !== "question"));
}
