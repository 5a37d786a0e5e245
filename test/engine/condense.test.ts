import { describe, expect, it } from "vitest";
import { parseBytes } from "../../src/document/parse.ts";
import { ask } from "../../src/engine/ask.ts";
import { Corpus } from "../../src/engine/corpus.ts";
import type { EngineEvent } from "../../src/engine/events.ts";
import { FAKE_CONDENSER, fakeOptions } from "../helpers/fake-engine.ts";

const HARBOURS = Array.from({ length: 30 }, (_, i) => {
  const own = "The harbour office keeps its records in a cupboard of oak, and opens it on Mondays.";
  const clerk = i === 20 ? " The clerk of the harbour office is called Anders Moe." : "";
  return `# Harbour ${i}\n\n${own}${clerk} Boats of every length may lie there for a night against a small fee.`;
}).join("\n\n");

async function condensed(
  question: string,
  condenseChunks: number,
  events: EngineEvent[] = [],
): Promise<number> {
  const corpus = new Corpus([await parseBytes(Buffer.from(HARBOURS), "harbours.md")]);
  const by = { condenserAdapter: FAKE_CONDENSER, answerStyle: "short" } as const;
  const answer = await ask(
    { corpus, loadMs: 0, question },
    await fakeOptions({ ...by, condenseChunks, events }),
  );
  return answer.coverage.chunks.condensed;
}

describe("condensing", () => {
  it("stops with the eighth chunk where one of these answers surely", async () => {
    expect(await condensed("What is the clerk of the harbour office called?", 20)).toBe(8);
  });

  it("tells beforehand that it may stop, where it may", async () => {
    const mayEnd = async (condenseChunks: number): Promise<boolean> => {
      const events: EngineEvent[] = [];
      await condensed("What is the clerk of the harbour office called?", condenseChunks, events);
      const read = events.filter((event) => event.kind === "progress" && event.stage === "read");
      expect(read).not.toHaveLength(0);
      return read.every((event) => "mayEndEarly" in event);
    };
    expect(await mayEnd(20)).toBe(true);
    expect(await mayEnd(8)).toBe(false);
    expect(await mayEnd(Number.POSITIVE_INFINITY)).toBe(false);
  });

  it("goes on where none does, and where all chunks are wanted", async () => {
    expect(await condensed("Which harbour office sells rope and canvas to fishermen?", 20)).toBe(20);
    const all = await condensed("What is the clerk of the harbour office called?", Number.POSITIVE_INFINITY);
    expect(all).toBeGreaterThanOrEqual(30);
  });
});
