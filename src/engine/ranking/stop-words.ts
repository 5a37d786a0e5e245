import type { Unstemmed } from "./stemmer.ts";

/** English function words: too common to tell chunks apart, in documents of any language (questions may be English). */
const ENGLISH = words(
  "a about also am an and any are as at be because been being but by can could did do does doing for from had has have having",
  "he her him his how i if in into is it its just",
  "me my no not of on or our she should so such than that the their them then there these they this to too was we were",
  "what when where which who whom whose why will with would you your",
);

/**
 * Function words, without accents, by ISO 639-3 code: above all those that questions are made of, which texts hardly
 * have, so that idf alone would take them for what is asked.
 */
const BY_LANGUAGE: Readonly<Record<string, ReadonlySet<string>>> = {
  deu: words(
    "wer wen wem wessen was wann wo wohin woher warum wieso weshalb wie welche welcher welches welchen welchem wieviel wieviele",
    "ist sind war waren wird werden wurde wurden hat haben der die das den dem des ein eine einer einem einen und im von zu fur auf mit",
  ),
  fra: words(
    "qui que quoi quel quelle quels quelles quand ou comment pourquoi combien est ce sont etait etaient ont",
    "le la les un une de du des et en dans au aux par pour sur avec il elle ils elles se",
  ),
  ita: words(
    "chi che cosa cos quale quali qual quando dove come perche quanto quanta quanti quante e era sono stato stata fu ha",
    "il lo la i gli le un uno una di del della dei delle dello degli in nel nella al alla da dal con su per",
  ),
  nld: words(
    "wie wat wanneer waar waarom waarheen hoe hoeveel welke welk is zijn was waren wordt worden werd werden heeft hebben",
    "de het een en van in op te aan met voor door er dat die",
  ),
  por: words(
    "quem que qual quais quando onde como porque quanto quanta quantos quantas e era sao foi foram tem",
    "o a os as um uma de do da dos das em no na nos nas ao por para com se",
  ),
  rus: words(
    "кто кого кому что чего какой какая какое какие каких каком каким когда где куда откуда как почему зачем сколько чей чья",
    "в на и с по из за для от к у о был была было были не это",
  ),
  spa: words(
    "quien quienes que cual cuales cuando donde como cuanto cuanta cuantos cuantas por es son fue era ha",
    "el la los las un una de del en y a al para con se su lo le",
  ),
};

/** English function words that carry content in another language, by ISO 639-3 code: a year, ice, a horse. */
const CONTENT: Readonly<Record<string, ReadonlySet<string>>> = {
  fra: words("an"),
  swe: words("is"),
  tur: words("an at in it on"),
  vie: words("an can in so to"),
};

/**
 * Whether a word carries no content in documents of a language. An English one has no accents, as it is written: "iş" is
 * Turkish for work, and "là" is no article.
 */
export function isStopWord({ written, exact }: Unstemmed, language: string): boolean {
  if (isFunctionWord(exact, language)) return true;
  return ENGLISH.has(written) && CONTENT[language]?.has(written) !== true;
}

/** Whether a word, in lower case without accents, is a function word of a language itself. */
export function isFunctionWord(word: string, language: string): boolean {
  return (language === "eng" ? ENGLISH : BY_LANGUAGE[language])?.has(word) === true;
}

function words(...lines: readonly string[]): ReadonlySet<string> {
  return new Set(lines.flatMap((line) => line.split(" ")));
}
