import { expect, it } from "vitest";
import { isAboutWhole } from "../../src/cli/whole-document.ts";

it.each([
  "What is this about?",
  "What's it all about?",
  "What’s this about?",
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
  "Fasse zusammen",
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
  "What is it about the roof that leaks?",
  "What is the contract about the deposit?",
  "Summarize the termination clause",
  "Give me an overview of the fees",
  "Can you summarise section 4?",
  "Worum geht es in § 5?",
  "Fasse Kapitel 3 zusammen",
  "De quoi parle l'article 5 ?",
  "¿De qué valor es la multa?",
  "¿De qué tratamiento se habla?",
])("%s is not", (question) => {
  expect(isAboutWhole(question)).toBe(false);
});
