import { expect, it } from "vitest";
import { isAboutWhole } from "../../src/cli/whole-document.ts";

it.each([
  "What is this about?",
  "What's it all about?",
  "What is this report about?",
  "what are these documents about",
  "What does the letter say?",
  "What are the main points?",
  "What is the main idea of this paper?",
  "Summarize this.",
  "Please summarise the contract",
  "TL;DR",
  "Give me a short summary",
  "Worum geht es in dem Brief?",
  "Fasse den Bericht zusammen.",
  "De quoi parle ce texte ?",
  "¿De qué trata el documento?",
])("%s is about the whole", (question) => {
  expect(isAboutWhole(question)).toBe(true);
});

it.each([
  "What is the deposit about to become?",
  "What does the letter say about dogs?",
  "What is this harbour's name?",
  "What is the main entrance?",
  "What are the key dates of the contract?",
  "Who summarised the meeting?",
  "Worum ging der Streit?",
])("%s is not", (question) => {
  expect(isAboutWhole(question)).toBe(false);
});
