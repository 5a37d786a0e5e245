import { describe, expect, it } from "vitest";
import { sentences } from "../../src/document/sentences.ts";

function said(text: string): string[] {
  return sentences(text, { start: 0, end: text.length }).map(({ start, end }) =>
    text.slice(start, end).replaceAll(/\s+/gu, " "),
  );
}

describe("a table drawn with lines", () => {
  it("has a sentence for each row between two rules, whose cells may go on over lines", () => {
    const text = [
      "The machines are these. Others are not.",
      "",
      "┌──────────┬─────────┐",
      "│ Machine  │  Name   │",
      "├──────────┼─────────┤",
      "│64-Bit ARM│arm64.   │",
      "│          │Or less. │",
      "├──────────┼─────────┤",
      "│          │Marvell  │",
      "│ARM       ├─────────┤",
      "│          │Orion    │",
      "└──────────┴─────────┘",
      "",
      "All are tested.",
    ].join("\n");
    expect(said(text)).toEqual([
      "The machines are these.",
      "Others are not.",
      "│ Machine │ Name │",
      "│64-Bit ARM│arm64. │ │ │Or less. │",
      "│ │Marvell │ │ARM ├─────────┤ │ │Orion │",
      "All are tested.",
    ]);
  });

  it("has one for each line where only its header is ruled off", () => {
    const text = "+---+-----+\n| a | fee |\n+---+-----+\n| 1 | 40  |\n| 2 | 55  |\n+---+-----+";
    expect(said(text)).toEqual(["| a | fee |", "| 1 | 40 |", "| 2 | 55 |"]);
  });

  it("is none without rules, nor is a tree of files or a frame of signs", () => {
    expect(said("├── src\n│   └── main.c\n└── README")).toEqual(["├── src │ └── main.c └── README"]);
    expect(said("The sum is a+b here. Then it ends.")).toEqual(["The sum is a+b here.", "Then it ends."]);
    expect(said("+++++++++++++++++++")).toEqual([]);
  });
});
