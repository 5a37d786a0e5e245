import { folded, plain } from "./ranking/fold.ts";
import { isFunctionWord } from "./ranking/stop-words.ts";

/** Words that tell whether a question goes on from the one before; in lower case without accents, but for the openers. */
export type FollowUpWords = {
  /** ISO 639-3 code of the language that they are of, beside English. */
  readonly language: string;
  /** They open a question that goes on. With accents: "ou" is such a word, "où" asks. */
  readonly openers: ReadonlySet<string>;
  /** They stand for something that was named before. */
  readonly referring: ReadonlySet<string>;
  /** How many there are of something; what, they do not say. */
  readonly quantities: ReadonlySet<string>;
  readonly prepositions: ReadonlySet<string>;
  readonly questions: ReadonlySet<string>;
  /** Question words, and the verbs that questions are made with. */
  readonly asking: ReadonlySet<string>;
};

type Kind = "openers" | "referring" | "quantities" | "prepositions" | "questions" | "verbs";
type Lists = Readonly<Partial<Record<Kind, string>>>;

const LISTS: Readonly<Record<string, Lists>> = {
  eng: {
    openers: "and or but also then so plus",
    referring:
      "he she it they him her them his hers its their theirs this that these those ones else other others another",
    quantities: "several many more some any all both each few most",
    prepositions:
      "in on at for from by with without before after until since during under over between about to",
    questions: "who whom whose what which when where why how",
    verbs: "is are was were do does did has have had can could will would shall should may must",
  },
  deu: {
    openers: "und oder aber auch dann",
    referring: "er sie es ihn ihm ihr ihre ihren sein seine dies diese dieser dort noch",
    quantities: "mehrere viele mehr einige alle beide jeder wenige",
    prepositions: "in im am bei fur von mit ohne vor nach bis seit unter zwischen",
    questions: "wer wen wem wessen was welche welcher welches welchen welchem wann wo warum wie",
    verbs: "ist sind war waren hat haben wird werden wurde wurden",
  },
  fra: {
    openers: "et ou mais aussi",
    referring: "il elle ils elles lui leur leurs cela ceux autre autres",
    quantities: "plusieurs beaucoup plus quelques tous toutes chaque peu",
    prepositions: "en dans sur pour par avec sans avant apres depuis",
    questions: "qui que quoi quel quelle quels quelles quand ou comment pourquoi combien",
    verbs: "est sont",
  },
  ita: {
    openers: "e ed o ma",
    questions: "chi che cosa quale quali quando dove come perche quanto quanta quanti quante",
  },
  nld: { openers: "en of maar", questions: "wie wat waar wanneer waarom hoe hoeveel welke welk" },
  por: {
    openers: "e ou mas",
    questions: "quem que qual quais quando onde como porque quanto quanta quantos quantas",
  },
  spa: {
    openers: "y o pero",
    prepositions: "en",
    questions: "quien quienes que cual cuales cuando donde como cuanto cuanta cuantos cuantas",
  },
};

/**
 * The words for a text: English, and those of the language that it is in, told by its function words; where these do not
 * tell, of the documents' language. Words of one language mean something else in others ("of", "es", "o").
 */
export function followUpWords(text: string, documentLanguage: string): FollowUpWords {
  const language = languageOf(text, documentLanguage);
  const of = (...kinds: readonly Kind[]): ReadonlySet<string> =>
    new Set(["eng", language].flatMap((code) => kinds.flatMap((kind) => listed(code, kind))));
  return {
    language,
    openers: of("openers"),
    referring: of("referring"),
    quantities: of("quantities"),
    prepositions: of("prepositions"),
    questions: of("questions"),
    asking: of("questions", "verbs"),
  };
}

function languageOf(text: string, otherwise: string): string {
  const words = folded(plain(text)).match(/[\p{L}\p{N}]+/gu) ?? [];
  const counts = Object.entries(LISTS).map(([code, lists]) => {
    const own = new Set(Object.values(lists).flatMap((list) => list.split(" ")));
    return { code, count: words.filter((word) => own.has(word) || isFunctionWord(word, code)).length };
  });
  const most = Math.max(...counts.map(({ count }) => count));
  const [first, ...others] = counts.filter(({ count }) => count === most);
  return first === undefined || others.length > 0 ? otherwise : first.code;
}

function listed(code: string, kind: Kind): readonly string[] {
  return LISTS[code]?.[kind]?.split(" ") ?? [];
}
