import { folded, plain } from "./fold.ts";

const ENGLISH = words("not no never none neither nor cannot without unless nobody nothing nowhere");

/** Words that deny, in lower case without accents, by ISO 639-3 code. */
const BY_LANGUAGE: Readonly<Record<string, ReadonlySet<string>>> = {
  arb: words("لا ليس ليست لم لن غير بدون"),
  deu: words("nicht kein keine keinen keinem keiner keines nie niemals niemand nichts ohne weder nirgends"),
  ell: words("δεν μην οχι χωρις ποτε"),
  eng: ENGLISH,
  fra: words("n ne non ni sans"),
  hin: words("नहीं न मत बिना"),
  hun: words("nem ne sem nincs nelkul soha"),
  ita: words("non senza mai nessun nessuno nessuna niente"),
  nld: words("niet geen nooit zonder niemand niets"),
  pol: words("nie bez nigdy"),
  por: words("nao nunca jamais sem nem ninguem nenhum nenhuma"),
  ron: words("nu fara nici niciodata"),
  rus: words("не нет ни без никогда никто нельзя"),
  spa: words("no nunca jamas sin ni nadie ningun ninguna ninguno"),
  swe: words("inte ej aldrig utan ingen inget inga"),
  tur: words("degil yok hayir asla"),
};

/** "isn't"; "No. 5" and "no 5" name a number. */
const CUT_OFF = /n['’]t(?!\p{L})/giu;
const OF_NUMBER = /(?<!\p{L})nos?\.?\s*(?=\p{Nd})/giu;
/** In scripts without spaces between words: Chinese, Japanese, Thai. */
const UNSPACED = /[不没沒無无未勿]|ない|なく|なかった|ません|ไม่/gu;

/** How often a text denies. `language`: ISO 639-3 code; of those without a list, English words count. */
export function negations(text: string, language = "eng"): number {
  const denying = BY_LANGUAGE[language] ?? ENGLISH;
  const spelt = text.replaceAll(CUT_OFF, " not").replaceAll(OF_NUMBER, " ");
  const all = folded(plain(spelt)).match(/[\p{L}\p{M}]+/gu) ?? [];
  const ofWords = all.filter((word) => denying.has(word)).length;
  return ofWords + (text.match(UNSPACED)?.length ?? 0);
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(" "));
}
