import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mergeTree, type Note } from "../../../src/engine/summary/merge.ts";
import { countWords } from "../../../src/engine/summary/summary.ts";

function note(words: number, given: Partial<Note> = {}): Note {
  return { text: Array(words).fill("word").join(" "), chunks: [0], part: 0, salience: 0, ...given };
}

function words(notes: readonly Note[]): number {
  return notes.reduce((sum, { text }) => sum + countWords(text), 0);
}

const notesOf = fc.array(
  fc.record({
    words: fc.integer({ min: 1, max: 60 }),
    part: fc.integer({ min: 0, max: 4 }),
    salience: fc.double({ min: -3, max: 3, noNaN: true }),
  }),
  { maxLength: 80 },
);

/** Writers as bad as they come: obedient, echoing, growing, silent, of one word. */
const WRITERS: Readonly<Record<string, (text: string, mostWords: number) => string>> = {
  obeys: (text, most) => text.split(" ").slice(0, most).join(" "),
  echoes: (text) => text,
  grows: (text) => `${text} and more`,
  isSilent: () => "",
  saysOneWord: () => "word",
};

describe("mergeTree", () => {
  it("ends whatever the writer gives back, each level with fewer notes and fewer words than the one before", async () => {
    await fc.assert(
      fc.asyncProperty(
        notesOf,
        fc.constantFrom(...Object.keys(WRITERS)),
        fc.integer({ min: 1, max: 300 }),
        async (given, writer, mostWords) => {
          const notes = given.map(({ words: n, ...rest }, i) => note(n, { ...rest, chunks: [i] }));
          let merges = 0;
          const merge = async (group: readonly Note[], most: number): Promise<string> => {
            merges += 1;
            expect(group.length).toBeGreaterThan(1);
            return WRITERS[writer]?.(group.map(({ text }) => text).join(" "), most) ?? "";
          };
          const merged = await mergeTree(notes, { mostWords, merge, language: "eng" });
          const mostLevels = 1 + Math.log(Math.max(1, notes.length)) / Math.log(4 / 3);
          expect(merged.levels).toBeLessThanOrEqual(mostLevels);
          expect(merges).toBeLessThanOrEqual(Math.max(0, notes.length - 1));
          expect(merged.notes.length).toBeLessThanOrEqual(notes.length - merged.levels);
          if (merged.levels > 0)
            expect(words(merged.notes)).toBeLessThanOrEqual(words(notes) - merged.levels);
          if (merged.notes.length > 1) expect(words(merged.notes)).toBeLessThanOrEqual(mostWords);
        },
      ),
    );
  });

  it("leaves notes alone that are short enough", async () => {
    const notes = [note(5), note(5)];
    const merge = async (): Promise<string> => expect.unreachable();
    expect(await mergeTree(notes, { mostWords: 10, merge, language: "eng" })).toEqual({
      notes,
      dropped: 0,
      levels: 0,
    });
  });

  it("merges sections by themselves before it joins them", async () => {
    const notes = [note(9, { part: 0 }), note(9, { part: 0 }), note(9, { part: 1 }), note(9, { part: 1 })];
    const seen: number[][] = [];
    const merge = async (group: readonly Note[], most: number): Promise<string> => {
      seen.push(group.map(({ part }) => part));
      return note(most).text;
    };
    const merged = await mergeTree(notes, { mostWords: 18, merge, language: "eng" });
    expect(seen).toEqual([
      [0, 0],
      [1, 1],
    ]);
    expect(merged.notes.map(({ part }) => part)).toEqual([0, 1]);
  });

  it("drops the least salient sentences of a group that does not shrink, and counts them", async () => {
    const notes = [
      note(0, { text: "The tower is high. It is old.", salience: 2 }),
      note(0, { text: "Nobody liked the soup.", salience: -1 }),
      note(0, { text: "Coal came in April.", salience: 1 }),
    ];
    const merge = async (group: readonly Note[]): Promise<string> => group.map(({ text }) => text).join(" ");
    const merged = await mergeTree(notes, { mostWords: 8, merge, language: "eng" });
    expect(merged).toMatchObject({ dropped: 2, levels: 1 });
    expect(merged.notes[0]?.text).toBe("The tower is high. Coal came in April.");
  });

  it("keeps the chunks of all notes that went into one", async () => {
    const notes = [note(9, { chunks: [3] }), note(9, { chunks: [7] })];
    const merged = await mergeTree(notes, { mostWords: 5, merge: async () => "short", language: "eng" });
    expect(merged.notes).toEqual([{ text: "short", chunks: [3, 7], part: 0, salience: 0 }]);
  });
});
