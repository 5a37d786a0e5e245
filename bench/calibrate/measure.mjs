// Margins of questions beside passages that answer them, and beside others.

import { shareOf, wordSet } from "../../dist/engine/attribution/match.js";
import { nearestPassages } from "../../dist/engine/attribution/nearest-passages.js";
import { passageScore } from "../../dist/engine/condenser/passage-score.js";
import { similarityTo } from "../../dist/engine/ranking/retrieve.js";
import { partsOf } from "../../dist/engine/reader/chunk-part.js";
import { Condenser } from "../../dist/index.js";
import { ownChunk } from "../ask/own-chunk.mjs";
import { random } from "../ask/random.mjs";

/** Passages of a document with the right one, or without it. */
const SIZES = [1, 4, 10];
/** Sentences of the best passage that are asked by themselves, those nearest to the question. */
const MOST_ASKED = 8;
/** Passages that share more of the shorter one's content words are versions of one: they may answer the same questions. */
const MOST_SHARED = 0.6;

/**
 * Rows { kind, n, y, margin, passage, share }: margin of the best of n passages (nats), what its best sentence says ({ margin,
 * share of the question's words, similarity to it }), and the share of the question's words that the right passage has. kind "gold" (y = 1): with
 * the right passage; "other": without it; "near": one that nearly answers.
 */
export async function rowsOf({ asked, nearMisses }, { options, adapter }) {
  const passages = asked.map(({ passage }) => passage);
  const draw = random(9);
  const rows = [];
  for (const [i, { question, passage }] of asked.entries()) {
    const others = passages.map((_, j) => j).filter((j) => !isCopy(passages[j], passage));
    const rest = others.sort(() => draw() - 0.5);
    const share = sharedWords(question, passage);
    const reader = await Asker.open(question, { options, adapter });
    const margins = await reader.margins(passages);
    for (const n of SIZES.filter((count) => count <= passages.length)) {
      const best = async (indexes) => {
        const [top] = indexes.toSorted((a, b) => margins[b] - margins[a]);
        return { n, margin: margins[top], passage: await reader.best(passages[top]) };
      };
      rows.push({ kind: "gold", y: 1, share, ...(await best([i, ...rest.slice(0, n - 1)])) });
      if (rest.length >= n) rows.push({ kind: "other", y: 0, ...(await best(rest.slice(0, n))) });
    }
    await reader.close();
  }
  for (const { question, passage } of nearMisses) {
    const reader = await Asker.open(question, { options, adapter });
    const [margin] = await reader.margins([passage]);
    rows.push({ kind: "near", y: 0, n: 1, margin, passage: await reader.best(passage) });
    await reader.close();
  }
  return rows;
}

/** One question, asked of passages; each is a chunk of a document of its own, cut where a chunk is full. */
class Asker {
  #best = new Map();

  static async open(question, { options, adapter }) {
    const condenser = await Condenser.open({ question, adapter, totalTokens: 0 }, options);
    return Object.assign(new Asker(), { question, condenser, options });
  }

  close() {
    return this.condenser[Symbol.asyncDispose]();
  }

  /** (nPassages) nats. */
  margins(passages) {
    return this.condenser.margins(passages.map((passage) => ownChunk(passage, this.options)));
  }

  /** The sentence that counts most, as short answers choose it. */
  async best(passage) {
    const known = this.#best.get(passage);
    if (known !== undefined) return known;
    const { vectors } = this.options;
    const document = { path: "p", format: "text", text: passage, pages: [], sections: [], warnings: [] };
    const input = {
      documents: [document],
      chunks: [ownChunk(passage, this.options)],
      question: this.question,
      idf: () => 1,
      similarity:
        vectors === undefined ? () => 0 : similarityTo(vectors.ofText(this.question, "eng"), vectors),
    };
    const near = nearestPassages(0, input).slice(0, MOST_ASKED);
    const parts = partsOf(near, { ...input, tokenizer: this.options.reader });
    const margins = await this.condenser.marginsOfParts(parts);
    const found = near.map(({ share, similarity }, i) => ({ share, similarity, margin: margins[i] }));
    const best = found.sort((a, b) => passageScore(b, 0) - passageScore(a, 0))[0] ?? {
      share: 0,
      similarity: 0,
      margin: -10,
    };
    this.#best.set(passage, best);
    return best;
  }
}

/** Whether two passages are one, or versions of one: OneStopQA has each in three, manuals of one family share paragraphs. */
function isCopy(a, b) {
  const [few, many] = [wordSet(a), wordSet(b)].sort((x, y) => x.size - y.size);
  return shareOf(new Map([...few].map((form) => [form, 1])), many) > MOST_SHARED;
}

/** Share (0 … 1) of the question's content words that the passage has. */
function sharedWords(question, passage) {
  return shareOf(new Map([...wordSet(question)].map((form) => [form, 1])), wordSet(passage));
}
