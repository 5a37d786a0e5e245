import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { StreamWrap } from "../../src/format/stream-wrap.ts";
import { wrap } from "../../src/format/wrap.ts";

function streamed(pieces: readonly string[], width: number | undefined): string[] {
  const text = new StreamWrap(width);
  return [...pieces.map((piece) => text.push(piece)), text.end()];
}

describe("text that is wrapped as it comes", () => {
  it("is the same as text that is wrapped at once, wherever it was cut", () => {
    const word = fc.stringMatching(/^[a-zé本]{1,30}$/u);
    const text = fc.array(fc.tuple(word, fc.constantFrom(" ", "  ", "\n", "\n\n", ", "))).map((all) => {
      return all.flat().join("");
    });
    const cuts = fc.array(fc.nat(400));
    fc.assert(
      fc.property(text, cuts, fc.constantFrom(20, 37, undefined), (whole, at, width) => {
        const places = [0, ...at.filter((one) => one < whole.length).sort((a, b) => a - b), whole.length];
        const pieces = places.slice(1).map((end, i) => whole.slice(places[i], end));
        expect(streamed(pieces, width).join("")).toBe(wrap(whole.trim(), width));
      }),
    );
  });

  it("shows a word as soon as the next begins, and never half of one", () => {
    expect(streamed(["The tow", "er", " was ", "de", "signed."], 40)).toEqual([
      "The",
      "",
      " tower was",
      "",
      "",
      " designed.",
    ]);
  });

  it("has nothing that a terminal would obey", () => {
    expect(streamed(["red: \u001b[3", "1mred ", "\u0007end"], 40).join("")).toBe("red: red end");
  });
});
