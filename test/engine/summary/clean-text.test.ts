import { describe, expect, it } from "vitest";
import {
  plainLine,
  saysNothing,
  telling,
  wholeSentences,
  withoutFrame,
} from "../../../src/engine/summary/clean-text.ts";

describe("plainLine", () => {
  it("joins lists to sentences, without their marks", () => {
    const text = "Here it is:\n\n- **The tower** is high\n2) It is old.\n";
    expect(plainLine({ text, stop: "end" })).toBe("Here it is: The tower is high. It is old.");
  });

  it.each([
    ["12. Juni 2020 war der Tag.", "12. Juni 2020 war der Tag."],
    ["12. Juni war der Tag.\n3. Juli auch.", "12. Juni war der Tag. 3. Juli auch."],
    ["1. It is high.", "It is high."],
    ["1. It is high.\n2. It is old.", "It is high. It is old."],
    ["3. It is high.\n\n4. It is old.", "It is high. It is old."],
    ["(2) It is old.", "It is old."],
  ])("takes a number for a list's mark only in a list: %j", (text, plain) => {
    expect(plainLine({ text, stop: "end" })).toBe(plain);
  });

  it.each([
    ["It holds 2**3 litres of a__b.", "It holds 2**3 litres of a__b."],
    ["**Note:** it is __old__.", "Note: it is old."],
    ["这是**重要**的。", "这是重要的。"],
    ["यह पुराना है।\nهل هو قديم؟", "यह पुराना है। هل هو قديم؟"],
  ])("takes marks for Markdown only beside words, and knows other full stops: %j", (text, plain) => {
    expect(plainLine({ text, stop: "end" })).toBe(plain);
  });

  it("leaves out the sentence that the writer was stopped in, unless there is no other", () => {
    expect(plainLine({ text: "The tower is high. It is", stop: "limit" })).toBe("The tower is high.");
    expect(plainLine({ text: "The tower is", stop: "limit" })).toBe("The tower is");
  });
});

describe("a note", () => {
  it.each([
    "nothing",
    "**Nothing.**",
    "None",
    "N/A",
    "Nothing to note.",
    "Nothing of note here!",
    "None found in this passage.",
    "Nothing relevant is mentioned.",
    "Nothing is said about the rent.",
  ])("says nothing: %s", (note) => {
    expect(saysNothing(note)).toBe(true);
  });

  it.each([
    "None of the three bids met the criteria.",
    "Nothing in the policy covers flood damage.",
    "Nothing was sold.",
    "None was hurt.",
    "Nothing more is due.",
    "Nothingness is a book.",
    "Norbert paid nothing",
  ])("says something: %s", (note) => {
    expect(saysNothing(note)).toBe(false);
  });
});

describe("wholeSentences", () => {
  it("are the sentences as they stand", () => {
    expect(wholeSentences("The tower is high. It is old.")).toEqual(["The tower is high.", "It is old."]);
  });
});

describe("withoutFrame", () => {
  it.each([
    ["The passage explains that dpkg leaves links alone.", "Dpkg leaves links alone."],
    ["It also mentions that nothing was sold.", "Nothing was sold."],
    ["The passage discusses links.", "The passage discusses links."],
    ["The text that explains it is lost.", "The text that explains it is lost."],
  ])("says what is said: %s", (framed, plain) => {
    expect(withoutFrame(framed)).toBe(plain);
  });
});

describe("telling", () => {
  it("leaves out what only says what the passage is about", () => {
    const all = ["The passage discusses the tower.", "It is 40 m high.", "This section describes its bells."];
    expect(telling(all)).toEqual(["It is 40 m high."]);
  });

  it("keeps all where there is nothing else", () => {
    expect(telling(["The passage discusses the tower."])).toEqual(["The passage discusses the tower."]);
  });

  it("keeps what a document says of itself in other ways", () => {
    const all = ["This document replaces the policy of 1998.", "The text must be signed."];
    expect(telling(all)).toEqual(all);
  });
});
