// How right an answer is, by SQuAD's normalisation (Rajpurkar et al. 2016): lower case, without articles and punctuation.

export const words = (text) =>
  text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, " ")
    .split(" ")
    .filter((word) => word !== "" && !["a", "an", "the"].includes(word));

const best = (answers, score) => Math.max(0, ...answers.map(score));

export const exact = (said, answers) =>
  best(answers, (wanted) => Number(words(said).join(" ") === words(wanted).join(" ")));

export const contains = (text, answers) => {
  const said = ` ${words(text).join(" ")} `;
  return best(answers, (answer) => Number(said.includes(` ${words(answer).join(" ")} `)));
};

export const f1 = (said, answers) => best(answers, (wanted) => f1OfWords(words(said), words(wanted)));

function f1OfWords(said, wanted) {
  const left = new Map();
  for (const word of wanted) left.set(word, (left.get(word) ?? 0) + 1);
  let same = 0;
  for (const word of said) {
    if ((left.get(word) ?? 0) === 0) continue;
    same += 1;
    left.set(word, left.get(word) - 1);
  }
  return same === 0 ? 0 : (2 * same) / (said.length + wanted.length);
}
