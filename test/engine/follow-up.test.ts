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
    "Can there be several of them?",
    "Which one expired?",
    "Is it possible to end it?",
    "Is it valid?",
    "Does it take effect in May?",
    "Which one of them is the oldest?",
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
    "How long does it take to renew the passport?",
    "What does it cost to rent the hall?",
    "Is it possible to end the lease early?",
    "Is it true that the boiler failed?",
    "Which one of the three bridges is the oldest?",
    "Does IT approve purchases?",
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

describe("a whole question", () => {
  it.each([
    ["Of the 47 inspections, how many failed?", "nld"],
    ["Am I liable for the roof?", "deu"],
    ["En quelle année le contrat a-t-il été signé ?", "fra"],
    ["Où est situé le siège ?", "fra"],
    ["OU\u0300 EST LE SIÈGE ?", "fra"],
    ["¿Cuál es el plazo de entrega?", "spa"],
    ["¿En qué año se firmó el contrato?", "spa"],
    ["O contrato prevê multa?", "por"],
    ["É válido o contrato?", "por"],
    ["È valido il contratto?", "ita"],
    ["In che anno è stato firmato il contratto?", "ita"],
    ["In welk jaar is het contract getekend?", "nld"],
    ["Was ist das Datum der Übergabe?", "deu"],
    ["In welchem Jahr begann die Pacht?", "deu"],
    ["Ist es erlaubt, Hunde zu halten?", "deu"],
    ["Gibt es eine Kündigungsfrist?", "deu"],
    ["Est-il possible de sous-louer ?", "fra"],
    ["Combien de jours faut-il pour résilier le bail ?", "fra"],
  ])("stays as it is: %s", (question, language) => {
    expect(isFollowUp(question, language)).toBe(false);
    expect(isFollowUp(question, "eng")).toBe(false);
  });
});

describe("a follow-up in another language than English", () => {
  it.each([
    ["Und 2023?", "deu", "2023"],
    ["Ist diese Klausel gültig?", "deu", "Ist diese Klausel gültig"],
    ["Ou en 2023 ?", "fra", "en 2023"],
    ["En 2023 ?", "fra", "En 2023"],
    ["¿Y en 2023?", "spa", "en 2023"],
    ["E nel 2023?", "ita", "nel 2023"],
    ["E em 2023?", "por", "em 2023"],
    ["En in 2023?", "nld", "in 2023"],
  ])("is %s, and its opener is left out", (question, language, rest) => {
    expect(isFollowUp(question, language)).toBe(true);
    const kept = carried(question, "Xanadu", language);
    expect(kept.toLowerCase()).toContain(rest.toLowerCase());
    expect(kept).not.toMatch(/\b(?:und|ou|y|e)\b/iu);
  });

  it("is known by its own words where the documents are in English", () => {
    expect(isFollowUp("Und 2023?")).toBe(true);
    expect(isFollowUp("Et pour les enfants ?")).toBe(true);
    expect(carried("Und 2023?", "Wie viele Schiffe sanken 2022?")).toBe("Wie viele Schiffe sanken 2023?");
    expect(carried("Und 2023?", "Who sank in the year 2022?")).toBe("Who sank in the year 2023?");
  });
});

describe("carrying", () => {
  it("adds the words of the question before that the follow-up lacks, as they were written", () => {
    expect(carried("who else?", "Who was injured in the Boiler explosion?")).toBe(
      "who else injured Boiler explosion?",
    );
    expect(carried("And when did it end?", "What is the lease of the light?")).toBe(
      "when did it end lease light?",
    );
  });

  it.each([
    ["What does the field Depends declare?", "and Pre-Depends?", "What does the field Pre-Depends declare?"],
    ["Where are configuration files stored?", "And log files?", "Where are log files stored?"],
    ["Where are configuration files stored?", "the old log files?", "Where are the old log files stored?"],
    ["What does the target clean do?", "And the target binary?", "What does the target binary do?"],
    ["What does section 4 say?", "and section 5?", "What does section 5 say?"],
    ["How many of the 12 ships sank in 2022?", "and in 2023?", "How many of the 12 ships sank in 2023?"],
    ["What do section 4 and page 7 say?", "and page 8?", "What do section 4 and page 8 say?"],
    ["How many of 9 boats sank?", "and of 10?", "How many of 10 boats sank?"],
    ["Who mends the roof of the house?", "and the roof of the church?", "Who mends the roof of the church?"],
  ])("of %s and %s puts what is named in the place of its like", (before, question, whole) => {
    expect(carried(question, before)).toBe(whole);
  });

  it("loses no words that the follow-up does not answer for", () => {
    expect(carried("and in the year 2023?", "How many ships sank in 2022?")).toBe(
      "How many ships sank in the year 2023?",
    );
    expect(carried("and log files of users?", "Where are log files stored?")).toBe(
      "Where stored log files of users?",
    );
    expect(carried("and the old log files?", "Who stores configuration files?")).toBe(
      "Who stores configuration the old log files?",
    );
  });

  it("takes over the question word where the follow-up has none", () => {
    expect(carried("and for children?", "How much does a ticket cost?")).toBe(
      "How much ticket cost for children?",
    );
    expect(carried("What about the second tenant?", "When does the lease end?")).toBe(
      "When lease end the second tenant?",
    );
    expect(carried("and the second?", "Name the first tenant")).toBe("the second: Name first tenant?");
  });

  it("does not carry a number against that of the follow-up", () => {
    expect(carried("and in 2023?", "How many ships sank in 2022?")).toBe("How many ships sank in 2023?");
    expect(carried("and in winter?", "How many ships sank in 2022?")).toBe(
      "How many ships sank 2022 in winter?",
    );
  });

  it("carries a number of another kind than that of the follow-up", () => {
    expect(carried("and for 3 children?", "How much did a ticket cost in 2022?")).toBe(
      "How much ticket cost 2022 for 3 children?",
    );
  });

  it("carries through several follow-ups, each word once", () => {
    const first = carried("and in 2023?", "How many ships sank in 2022?");
    expect(carried("and in 2024?", first)).toBe("How many ships sank in 2024?");
  });

  it("has nothing to add to a question that says it all, and repeats the last where it says nothing", () => {
    expect(carried("and who sank the ships?", "Which ships sank?")).toBe("and who sank the ships?");
    expect(carried("And?", "Which ships sank?")).toBe("Which ships sank?");
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

  it("is not when it lost the follow-up's not", () => {
    const kept = "Which ships did not sink in 2023?";
    expect(isWholeQuestion(kept, "and which did not in 2023?")).toBe(true);
    expect(isWholeQuestion("Which ships sank in 2023?", "and which didn't in 2023?")).toBe(false);
    expect(isWholeQuestion("Welche Schiffe sanken 2023?", "und welche sanken 2023 nicht?", "deu")).toBe(
      false,
    );
  });
});
