import { expect, it } from "vitest";
import { parseBytes } from "../../../src/document/parse.ts";
import { Corpus } from "../../../src/engine/corpus.ts";
import { placesIn } from "../../../src/engine/places/places.ts";
import type { ChunkPart } from "../../../src/engine/reader/chunk-part.ts";
import { fakeModel } from "../../helpers/fake-model.ts";

const reader = fakeModel();

type Sentences = Readonly<Record<string, number>>;

/** One chunk for each document, whose margin comes first, and what its sentences have. */
async function shown(texts: readonly (readonly [number, Sentences])[], readsPartsAnew = false) {
  const parsed = texts.map(([, sentences], i) =>
    parseBytes(Buffer.from(Object.keys(sentences).join(" ")), `${i}.txt`),
  );
  const corpus = new Corpus(await Promise.all(parsed));
  const { documents } = corpus;
  const chunks = await corpus.chunks(reader, 64);
  expect(chunks).toHaveLength(texts.length);
  const margins = texts.flatMap(([, sentences]) => Object.entries(sentences));
  const asked: string[] = [];
  const marginOf = ({ chunk, from, end }: ChunkPart): number => {
    const said = reader.detokenize([...chunk.tokens.subarray(from, end)]).trim();
    asked.push(said);
    return Math.max(-9, ...margins.filter(([sentence]) => said.includes(sentence)).map(([, one]) => one));
  };
  const judge = {
    readsPartsAnew,
    marginsOfParts: async (parts: readonly ChunkPart[]) => parts.map(marginOf),
  };
  const input = {
    documents,
    chunks,
    question: "What of the pier?",
    idf: () => 1,
    similarity: () => 0,
    judge,
    tokenizer: reader,
  };
  const found = await placesIn(new Map(texts.map(([margin], i) => [i, margin])), input);
  const quotes = (sources: typeof found.sure) =>
    sources.map(({ chunk, quote }) => documents[chunk]?.text.slice(quote.start, quote.end));
  return { sure: quotes(found.sure), uncertain: quotes(found.uncertain), asked };
}

const say = (who: string): string => `${who} spoke of the old wooden pier by the sea.`;

it("has a passage that answers for sure, whatever its chunk says, and the best one of a chunk that answers", async () => {
  const { sure, uncertain } = await shown([
    [2, { [say("Anna")]: 0.2 }],
    [-3, { [say("Bert")]: 1.5 }],
    [-3.5, { [say("Carl")]: -0.5 }],
    [-5, { [say("Dora")]: 4 }],
  ]);
  expect(sure).toEqual([say("Anna"), say("Bert")]);
  expect(uncertain).toEqual([say("Carl")]);
});

it("has none beside one that is far surer, and shows none far below it", async () => {
  const { sure, uncertain } = await shown([
    [5, { [say("Anna")]: 6.2 }],
    [0, { [say("Bert")]: 2 }],
    [0, { [say("Carl")]: 1 }],
  ]);
  expect(sure).toEqual([say("Anna")]);
  expect(uncertain).toEqual([say("Bert")]);
});

it("shows two where none is sure, of which one that may answer stays the first", async () => {
  const { sure, uncertain } = await shown([
    [0.5, { [say("Anna")]: -1.6 }],
    [0.4, { [say("Bert")]: -1.7 }],
    [-4, { [say("Carl")]: -0.5 }],
  ]);
  expect(sure).toEqual([]);
  expect(uncertain).toEqual([say("Carl"), say("Anna")]);
});

it("shows five that may answer at most, the likeliest first", async () => {
  const names = ["Anna", "Bert", "Carl", "Dora", "Emil", "Fred"];
  const { uncertain } = await shown(names.map((name, i) => [-1, { [say(name)]: i / 20 }] as const));
  expect(uncertain).toEqual(["Fred", "Emil", "Dora", "Carl", "Bert"].map(say));
});

it("goes on to further chunks only behind some that answer", async () => {
  const few = Array.from({ length: 6 }, (_, i) => [-1, { [say(`Anna ${i}`)]: i === 0 ? 1.2 : -2 }] as const);
  const last = [-2, { [say("Zoe")]: 1.1 }] as const;
  expect((await shown([...few, last])).sure).toEqual([say("Anna 0"), say("Zoe")]);
  const none = few.map(([margin, sentences]) => [margin, { [Object.keys(sentences)[0] ?? ""]: -2 }] as const);
  expect((await shown([...none, last])).asked.join()).not.toContain("Zoe");
});

it("asks a judge that reads passages anew of those alone that stand in chunks that answer", async () => {
  const { sure, asked } = await shown(
    [
      [2, { [say("Anna")]: 2 }],
      [-2, { [say("Bert")]: 3 }],
    ],
    true,
  );
  expect(sure).toEqual([say("Anna")]);
  expect(asked.join()).not.toContain("Bert");
});
