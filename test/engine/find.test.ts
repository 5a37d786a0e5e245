import { describe, expect, it } from "vitest";
import { parseBytes } from "../../src/document/parse.ts";
import { Corpus } from "../../src/engine/corpus.ts";
import { find } from "../../src/engine/find.ts";
import type { Places } from "../../src/engine/results.ts";
import { FAKE_CONDENSER, fakeOptions } from "../helpers/fake-engine.ts";
import { fakeModel } from "../helpers/fake-model.ts";

const FILLER = "The weather was fair and nothing of note happened at the pier on that day. ".repeat(6);
const MINUTES = [
  "The keeper of the light in the north was Anders Moe.",
  FILLER,
  "The keeper of the light in the south was Isobel Tarrant.",
  FILLER,
].join("\n\n");
const QUESTION = "Who was the keeper of the light?";

async function run(question: string, condenseChunks = Number.POSITIVE_INFINITY): Promise<Places> {
  const corpus = new Corpus([await parseBytes(Buffer.from(MINUTES), "minutes.md")]);
  const options = await fakeOptions();
  const finding = { ...options, condenserAdapter: FAKE_CONDENSER, condenseChunks };
  return find({ corpus, loadMs: 0, question }, finding);
}

describe("find, on a model without weights", () => {
  it("finds every passage that answers, in document order, and looks at all chunks", async () => {
    const { places, coverage } = await run(QUESTION);
    expect(places.map(({ quote }) => /Anders Moe|Isobel Tarrant/u.exec(quote)?.[0])).toEqual([
      "Anders Moe",
      "Isobel Tarrant",
    ]);
    for (const { quote, start, end } of places) expect(MINUTES.slice(start, end)).toBe(quote);
    expect(coverage.chunks.condensed).toBe(coverage.chunks.total);
  });

  it("counts all tokens that go through the model, without a store", async () => {
    const reader = fakeModel();
    const corpus = new Corpus([await parseBytes(Buffer.from(MINUTES), "minutes.md")]);
    const options = { ...(await fakeOptions({ reader })), condenserAdapter: FAKE_CONDENSER };
    const { tokens } = await find({ corpus, loadMs: 0, question: QUESTION }, options);
    expect(tokens.computed.read + tokens.computed.condense).toBe(reader.evaluated());
  });

  it("finds all places of a chunk that has many", async () => {
    const keepers = Array.from({ length: 20 }, (_, i) => `The keeper of the light ${i + 1} was Anders Moe.`);
    const corpus = new Corpus([await parseBytes(Buffer.from(keepers.join("\n\n")), "keepers.md")]);
    const options = { ...(await fakeOptions()), condenserAdapter: FAKE_CONDENSER, chunkTokens: 400 };
    const { places, coverage } = await find({ corpus, loadMs: 0, question: QUESTION }, options);
    expect(coverage.chunks.total).toBe(1);
    const found = places.map(({ quote }) => quote).join("\n");
    expect(keepers.filter((keeper) => !found.includes(keeper))).toEqual([]);
  });

  it("finds nothing where nothing answers", async () => {
    const { places, uncertain } = await run("Where do penguins spend the winter months?");
    expect([...places, ...uncertain]).toEqual([]);
  });

  it("shows what only may answer apart from what does", async () => {
    const { places, uncertain, unsureChunks } = await run("Who drove the north train?");
    expect(places).toEqual([]);
    expect(uncertain.map(({ id, quote }) => [id, quote])).toEqual([
      [1, "The keeper of the light in the north was Anders Moe."],
    ]);
    expect(unsureChunks).toBe(0);
  });

  it("looks at as many chunks as it is told to", async () => {
    expect((await run(QUESTION, 1)).coverage.chunks.condensed).toBe(1);
  });

  it("asks a reader that takes no condenser whether each passage answers", async () => {
    const corpus = new Corpus([await parseBytes(Buffer.from(MINUTES), "minutes.md")]);
    const reader = fakeModel({ capabilities: ["score", "generate"] });
    const options = { ...(await fakeOptions({ reader })), condenserAdapter: undefined };
    const finding = { ...options, condenseChunks: Number.POSITIVE_INFINITY };
    const found = await find({ corpus, loadMs: 0, question: QUESTION }, finding);
    expect(found.places.map(({ quote }) => /Anders Moe|Isobel Tarrant/u.exec(quote)?.[0])).toEqual([
      "Anders Moe",
      "Isobel Tarrant",
    ]);
    for (const { support } of found.places) expect(support).toBeGreaterThan(0.5);
    expect(found.coverage.chunks.condensed).toBe(found.coverage.chunks.total);
    const { read, condense } = found.tokens.computed;
    expect(read).toBeGreaterThanOrEqual(found.coverage.tokens.read);
    expect(condense).toBeGreaterThan(0);
    const foreign = { corpus, loadMs: 0, question: "Where do penguins spend the winter months?" };
    expect((await find(foreign, finding)).places).toEqual([]);
  });

  it("needs a condenser", async () => {
    const corpus = new Corpus([await parseBytes(Buffer.from(MINUTES), "minutes.md")]);
    const options = { ...(await fakeOptions()), condenserAdapter: undefined, condenseChunks: 8 };
    await expect(find({ corpus, loadMs: 0, question: QUESTION }, options)).rejects.toThrow(
      "focus find needs a condenser",
    );
  });
});
