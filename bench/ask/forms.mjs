// Forms in which a question is asked, to see what a phrase does that is looked for instead.
import { contentWords } from "../../dist/engine/ranking/words.js";

const FORMS = {
  question: (text) => text,
  words,
  about: (text) => (words(text) === "" ? "" : `What is said about ${words(text)}?`),
};

/** Question → its form, empty where nothing is left of it. Throws for a name that there is not. */
export function formOf(name) {
  const form = FORMS[name];
  if (form === undefined) throw new Error(`${name} is no form: ${Object.keys(FORMS).join(", ")}`);
  return form;
}

/** "What is forbidden on the pier?" → "forbidden pier" */
function words(question) {
  return contentWords(question, "eng")
    .map(({ start, end }) => question.slice(start, end))
    .join(" ");
}
