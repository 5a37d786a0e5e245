import { plain } from "../ranking/fold.ts";
import { withoutArticles } from "./plain-words.ts";

const SIGN = "(?<![\\p{L}\\p{M}\\p{N}%°)\\]])[-+±−–－](?=\\p{Sc}?\\p{N})";
/** Numbers with what stands between their digits: 1,450 and 5-10. */
const BODY = "[\\p{L}\\p{M}\\p{N}]+(?:(?<=\\p{N})[.,:/−–-]\\p{N}+[\\p{L}\\p{M}]*)*";
/** What makes C++, C# and the grade A- others than C and A. */
const SUFFIX = "(?:[+#]+(?![\\p{L}\\p{N}])|(?<=(?<![\\p{L}\\p{N}])\\p{Lu}{1,4})[-−](?=$|[\\s.,;:)\\]]))";
const WORD = new RegExp(`(?:${SIGN})?(?:${BODY}${SUFFIX}?|\\p{Sc}|(?<=\\p{N}\\s?)[%‰])`, "gu");
const CURRENCY_BEHIND = /(?<![\p{N}.,])(\p{N}+(?:[.,]\p{N}+)*)\s?(\p{Sc})(?!\p{N})/gu;

/**
 * Lower case, one space between words, which keep the marks that make them others: signs, currencies, the + of C++. Other
 * punctuation is left out.
 */
export function markedWords(text: string): string {
  const words = text.replaceAll(CURRENCY_BEHIND, "$2$1").match(WORD) ?? [];
  return words.map((word) => plain(word).replaceAll(/[−–]/gu, "-")).join(" ");
}

/** A space before a word that makes a number another one: 5 million. */
const SPACE_OF_SCALE = new RegExp(
  `(?<=\\p{N})\\s+(?=(?:${[
    "hundred|thousand|[mbtr]+illions?|bn|mn|tausend|million(?:en)?|milliarden?|mio|mrd|mille|milliards?",
    "mil|mill[oó]n(?:es)?|mila|milion[ei]|miliard[oi]|milh(?:ão|ões)|bilh(?:ão|ões)|miljoen|miljard",
    "тысяч[аи]?|миллион(?:а|ов)?|миллиард(?:а|ов)?|万|萬|億|亿",
  ].join("|")})(?![\\p{L}\\p{M}]))`,
  "giu",
);

/** Marked words that say the same number, sign and name or are others: without articles, "5 million" as one word. */
export function exactWords(text: string): string {
  return withoutArticles(markedWords(text.replaceAll(SPACE_OF_SCALE, "")).split(" "));
}
