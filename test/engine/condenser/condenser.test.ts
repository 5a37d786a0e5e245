import { describe, expect, it } from "vitest";
import { parseBytes } from "../../../src/document/parse.ts";
import { Condenser } from "../../../src/engine/condenser/condenser.ts";
import { Corpus } from "../../../src/engine/corpus.ts";
import { chunkOf } from "../../helpers/chunk-of.ts";
import { FAKE_CONDENSER, fakeOptions, fakeStore } from "../../helpers/fake-engine.ts";
import { fakeModel } from "../../helpers/fake-model.ts";
import { PAPERS, QUESTION } from "../../helpers/papers.ts";

const PASSAGES = [
  "The harbour office is open from nine to four. The clerk of the harbour office is Anders Moe.",
  "The season's fee is 1,450 crowns. It is due before 15 April.",
];
const CLERK = {
  question: "Who is the clerk of the harbour office?",
  adapter: FAKE_CONDENSER,
  totalTokens: 0,
};

describe("the condenser", () => {
  it("prefers the passage that answers, says its answer, and tells which passage bears an answer out", async () => {
    const reader = fakeModel();
    const { parts } = await chunkOf(PASSAGES, reader);
    await using condenser = await Condenser.open(CLERK, await fakeOptions({ reader, chunkTokens: 512 }));
    const [answering = 0, other = 0] = await condenser.marginsOfParts(parts);
    expect(answering).toBeGreaterThan(2);
    expect(other).toBeLessThan(-2);
    expect((await condenser.answersOfParts(parts))[0]).toBe("Anders Moe");
    const [borne = 0, unborne = 0] = await condenser.supports(parts, "Anders Moe");
    expect(borne).toBeGreaterThan(unborne);
  });

  it("has margins on the scale that its adapter gives them", async () => {
    const reader = fakeModel();
    const { parts } = await chunkOf(PASSAGES, reader);
    const options = await fakeOptions({ reader, chunkTokens: 512 });
    await using own = await Condenser.open(CLERK, options);
    const adapter = { ...FAKE_CONDENSER, margins: { slope: 0.5, bias: -1 } };
    await using scaled = await Condenser.open({ ...CLERK, adapter }, options);
    const halved = (await own.marginsOfParts(parts)).map((margin) => 0.5 * margin - 1);
    expect(await scaled.marginsOfParts(parts)).toEqual(halved);
  });

  it("never says none when it must answer", async () => {
    const reader = fakeModel();
    const { chunk, parts } = await chunkOf(PASSAGES, reader);
    await using condenser = await Condenser.open(CLERK, await fakeOptions({ reader, chunkTokens: 512 }));
    const texts = [...(await condenser.answers([chunk])), ...(await condenser.answersOfParts(parts))];
    expect(texts).toHaveLength(3);
    for (const text of texts) expect(text).not.toMatch(/none/iu);
  });

  it.each([1, 2])("counts a chunk once, however often it is held, with %i sequences", async (sequences) => {
    const corpus = new Corpus([await parseBytes(Buffer.from(PAPERS), "papers.md")]);
    const { store } = await fakeStore();
    const options = await fakeOptions({ store, sequences });
    const chunks = await corpus.chunks(options.reader, options.chunkTokens);
    const input = { question: QUESTION, adapter: FAKE_CONDENSER, totalTokens: 0 };
    await using first = await Condenser.open(input, options);
    const margins = await first.margins(chunks);
    await first.answers(chunks);
    expect(first.chunks.counter.counts).toMatchObject({ read: chunks.length, stored: 0 });
    await using second = await Condenser.open(input, options);
    expect(await second.margins(chunks)).toEqual(margins);
    expect(second.chunks.counter.counts).toMatchObject({ read: 0, stored: chunks.length });
    expect(second.chunks.counter.tokens.read).toBe(0);
    // Of the question behind each chunk, all but the last of its tokens is evaluated.
    expect(second.evaluatedTokens % chunks.length).toBe(0);
  });

  it("refuses a model whose rows cannot be handed on", async () => {
    const reader = fakeModel({ name: "forgetful", capabilities: ["score", "generate", "adapters"] });
    await expect(Condenser.open(CLERK, await fakeOptions({ reader }))).rejects.toThrow(
      "forgetful cannot keep the rows of a text",
    );
  });
});
