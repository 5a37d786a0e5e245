// Forms in which a question is asked, to see what a phrase does that is looked for instead.
import { contentWords } from "../../dist/engine/ranking/words.js";

/** Empty where nothing is left of a question. */
export const FORMS = {
  question: (text) => text,
  words,
  about: (text) => (words(text) === "" ? "" : `What is said about ${words(text)}?`),
};

/** "What is forbidden on the pier?" → "forbidden pier" */
function words(question) {
  return contentWords(question, "eng")
    .map(({ start, end }) => question.slice(start, end))
    .join(" ");
}
