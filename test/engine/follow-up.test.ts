import { describe, expect, it } from "vitest";
import { carried, isFollowUp, isWholeQuestion } from "../../src/engine/follow-up.ts";

describe("a follow-up", () => {
  it.each([
    "and in 2023?",
    "What about the second tenant?",
    "who else?",
    "Why?",
    "in 2023?",
    "How long did it take?",
    "When was she born?",
    "What does that mean?",
    "Which one?",
    "But who paid?",
    "Is that clause still valid?",
  ])("is %s", (question) => {
    expect(isFollowUp(question)).toBe(true);
  });

  it.each([
    "Who is Tarrant?",
    "What does the lease say of its end?",
    "In which year was the tower built?",
    "For how long is the lease?",
    "Is there a swimming pool?",
    "List the injured people",
    "How long is the pier?",
    "What is the rent in 2023?",
    "Who said that the boiler failed?",
  ])("is not %s", (question) => {
    expect(isFollowUp(question)).toBe(false);
  });

  it("is told in German and French documents, by their function words", () => {
    expect(isFollowUp("Und im Jahr 2023?", "deu")).toBe(true);
    expect(isFollowUp("Wann wurde er geboren?", "deu")).toBe(true);
    expect(isFollowUp("Wann wurde der Turm gebaut?", "deu")).toBe(false);
    expect(isFollowUp("Et pour les enfants ?", "fra")).toBe(true);
    expect(isFollowUp("Qui a construit la tour ?", "fra")).toBe(false);
  });
});

describe("carrying", () => {
  it("adds the words of the question before that the follow-up lacks, and says them as they were written", () => {
    expect(carried("who else?", "Who was injured in the Boiler explosion?")).toBe(
      "who else? (injured Boiler explosion)",
    );
    expect(carried("And the boiler's age?", "Who inspected the boilers?")).toBe(
      "And the boiler's age? (inspected)",
    );
  });

  it("does not carry a number against that of the follow-up", () => {
    expect(carried("and in 2023?", "How many ships sank in 2022?")).toBe("and in 2023? (many ships sank)");
    expect(carried("and in winter?", "How many ships sank in 2022?")).toBe(
      "and in winter? (many ships sank 2022)",
    );
  });

  it("carries through several follow-ups, each word once", () => {
    const first = carried("and in 2023?", "How many ships sank in 2022?");
    expect(carried("and in 2024?", first)).toBe("and in 2024? (many ships sank)");
  });

  it("has nothing to add to a question that says it all", () => {
    expect(carried("and who sank the ships?", "Which ships sank?")).toBe("and who sank the ships?");
  });
});

describe("what a writer makes of a follow-up", () => {
  it("is asked when it is one question that keeps the follow-up's words", () => {
    expect(isWholeQuestion("How many ships sank in 2023?", "and in 2023?")).toBe(true);
    expect(isWholeQuestion("Who else was injured?", "who else?")).toBe(true);
  });

  it("is not when it lost one, answers, asks twice or goes on and on", () => {
    expect(isWholeQuestion("How many ships sank in 2022?", "and in 2023?")).toBe(false);
    expect(isWholeQuestion("Three ships sank in 2023.", "and in 2023?")).toBe(false);
    expect(isWholeQuestion("Which ships? How many in 2023?", "and in 2023?")).toBe(false);
    expect(isWholeQuestion(`${"ships ".repeat(60)}2023?`, "and in 2023?")).toBe(false);
    expect(isWholeQuestion("", "why?")).toBe(false);
  });
});
