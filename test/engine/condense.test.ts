import { describe, expect, it } from "vitest";
import { parseBytes } from "../../src/document/parse.ts";
import { ask } from "../../src/engine/ask.ts";
import { Corpus } from "../../src/engine/corpus.ts";
import { FAKE_CONDENSER, fakeOptions } from "../helpers/fake-engine.ts";

const HARBOURS = Array.from({ length: 30 }, (_, i) => {
  const own = "The harbour office keeps its records in a cupboard of oak, and opens it on Mondays.";
  const clerk = i === 20 ? " The clerk of the harbour office is called Anders Moe." : "";
  return `# Harbour ${i}\n\n${own}${clerk} Boats of every length may lie there for a night against a small fee.`;
}).join("\n\n");

async function condensed(question: string, condenseChunks: number): Promise<number> {
  const corpus = new Corpus([await parseBytes(Buffer.from(HARBOURS), "harbours.md")]);
  const by = { condenserAdapter: FAKE_CONDENSER, answerStyle: "short" } as const;
  const answer = await ask({ corpus, loadMs: 0, question }, await fakeOptions({ ...by, condenseChunks }));
  return answer.coverage.chunks.condensed;
}

describe("condensing", () => {
  it("stops with the eighth chunk where one of these answers surely", async () => {
    expect(await condensed("What is the clerk of the harbour office called?", 20)).toBe(8);
  });

  it("goes on where none does, and where all chunks are wanted", async () => {
    expect(await condensed("Which harbour office sells rope and canvas to fishermen?", 20)).toBe(20);
    const all = await condensed("What is the clerk of the harbour office called?", Number.POSITIVE_INFINITY);
    expect(all).toBeGreaterThanOrEqual(30);
  });
});
