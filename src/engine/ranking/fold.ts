/** Soft hyphen, zero-width space and joiners, word joiner, byte order mark: nobody sees them inside a word. */
export const INVISIBLE = "\\u00ad\\u200b-\\u200d\\u2060\\ufeff";

const INVISIBLES = new RegExp(`[${INVISIBLE}]`, "gu");
/** Accents, Hebrew points and Arabic vowel signs. Not the breve of й, which is a letter of its own. */
const ACCENTS = /[\u0300-\u0305\u0307-\u036f\u0591-\u05c7\u064b-\u065f\u0670]|(?<!и)\u0306/gu;
const NOT_ASCII = /[^\0-\x7f]/;

/** Letters that do not decompose. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  ł: "l",
  đ: "d",
  ı: "i",
};
const LETTER = new RegExp(`[${Object.keys(LETTERS).join("")}]`, "gu");

/** A word in its compatibility form (NFKC) and lower case, without invisible characters. */
export function plain(word: string): string {
  if (!NOT_ASCII.test(word)) return word.toLowerCase();
  return word.normalize("NFKC").replaceAll(INVISIBLES, "").toLowerCase();
}

/** A word in lower case without its accents: "zoë", however it is encoded, is "zoe". */
export function folded(word: string): string {
  if (!NOT_ASCII.test(word)) return word;
  const bare = word.normalize("NFD").replaceAll(ACCENTS, "").normalize("NFC");
  return bare.replaceAll(LETTER, (letter) => LETTERS[letter] ?? letter);
}
