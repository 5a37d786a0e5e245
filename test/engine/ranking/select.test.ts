import { describe, expect, it } from "vitest";
import type { Chunk } from "../../../src/document/chunk.ts";
import { type Ranking, select } from "../../../src/engine/ranking/select.ts";
import { skim } from "../../../src/engine/ranking/skim.ts";
import { WordIndex } from "../../../src/engine/ranking/word-index.ts";

const TEXTS = ["oak ash", "elm fir", "yew box", "oak ash", "lime pine", "beech birch"];

const chunks: Chunk[] = TEXTS.map((_, index) => ({
  document: 0,
  index,
  start: index,
  end: index + 1,
  tokens: new Uint32Array(1),
  heading: "",
}));

function pick(roomTokens: number, ranking: Partial<Ranking>, costs = [10, 10, 10, 10, 10, 10]): number[] {
  const fused = ranking.fused ?? Float64Array.of(6, 5, 4, 3, 2, 1);
  return select(
    chunks,
    { fused, relevance: ranking.relevance ?? fused, condensed: ranking.condensed ?? fused },
    {
      roomTokens,
      costTokens: (chunk) => costs[chunk.index] ?? 0,
      textOf: (chunk) => TEXTS[chunk.index] ?? "",
    },
  );
}

describe("select", () => {
  it("returns the best that fit, in document order", () => {
    expect(pick(20, { fused: Float64Array.of(1, 2, 9, 1, 8, 3) })).toEqual([2, 4]);
  });

  it("takes the best of each list even when the fused score forgot it", () => {
    expect(pick(40, { condensed: Float64Array.of(0, 0, 0, 0, 8, 9) })).toEqual([0, 1, 2, 5]);
  });

  it("leaves out a copy of a chunk that is in already", () => {
    expect(pick(60, {})).not.toContain(3);
  });

  it("goes on to smaller chunks when a large one does not fit", () => {
    expect(pick(15, {}, [10, 50, 50, 5, 5, 5])).toEqual([0, 4]);
  });

  it("never exceeds the room", () => {
    expect(pick(9, {})).toEqual([]);
  });
});

/** A chunk for each text; the window has room for `most`. */
function chosenOf(texts: readonly string[], question: string, most: number): number[] {
  const text = texts.join("");
  const source = { path: "a", format: "text", title: undefined, text, pages: [], sections: [], warnings: [] };
  let end = 0;
  const cut = texts.map((piece, index): Chunk => {
    end += piece.length;
    return {
      document: 0,
      index,
      start: end - piece.length,
      end,
      tokens: new Uint32Array(1),
      heading: "",
    };
  });
  const { scores } = skim(new WordIndex([source], cut), question);
  const textOf = ({ start, end: to }: Chunk): string => text.slice(start, to);
  const ranking = { fused: scores, relevance: scores, condensed: scores };
  return select(cut, ranking, { roomTokens: most, costTokens: () => 1, textOf });
}

const TEMPLATE =
  "The inspection took place in the presence of the owner and of the engineer on duty. The boiler was cold, drained and " +
  "open. The shell, the furnace, the tubes, the stays and the manholes were looked at from inside and outside. The safety " +
  "valve was taken apart, cleaned and set again. ";

describe("select, of near-copies", () => {
  it.each([
    ["a number", "The notice period is 30 days. ", "The notice period is 90 days. "],
    ["a name", "The notice goes to Tarrant. ", "The notice goes to Hollis. "],
    ["a negation", "The notice was received. ", "The notice was not received. "],
  ])("drops none that differs in %s", (_, a, b) => {
    expect(chosenOf([TEMPLATE + a, TEMPLATE + b], "What about the notice?", 9)).toEqual([0, 1]);
  });

  it("drops one that differs in case, spaces, accents and punctuation alone", () => {
    const texts = [
      `${TEMPLATE}Zo\u00eb came. `,
      `${TEMPLATE.toUpperCase()}\n\nZoe came!`,
      "The owner left. ",
    ];
    expect(chosenOf(texts, "Who came?", 9)).toEqual([0, 2]);
  });

  it("keeps the same words under another heading", () => {
    const texts = ["oak ash", "oak ash"];
    const headed = chunks.slice(0, 2).map((chunk, i) => ({ ...chunk, heading: `Boiler ${i}` }));
    const fused = Float64Array.of(2, 1);
    const options = {
      roomTokens: 9,
      costTokens: () => 1,
      textOf: ({ index }: Chunk) => texts[index] ?? "",
    };
    expect(select(headed, { fused, relevance: fused, condensed: fused }, options)).toEqual([0, 1]);
  });

  const REPORTS = Array.from({ length: 20 }, (_, i) => {
    const found = i === 13 ? "A crack of 11 millimetres was seen in the third stay" : "No defects were found";
    const working = i === 16 ? "9 bar" : "6 bar";
    return `Report on boiler ${i + 1}. ${TEMPLATE}${found}. The working pressure is ${working}. `;
  });

  it.each([
    ["Which boiler has a working pressure of 9 bar?", 16],
    ["What was found on boiler 5?", 4],
    ["Which boilers had defects?", 13],
  ])("of 20 reports on one template, four go in, with the one meant by: %s", (question, expected) => {
    const chosen = chosenOf(REPORTS, question, 4);
    expect(chosen).toHaveLength(4);
    expect(chosen).toContain(expected);
  });
});
