const NAMED =
  "(?:(?:this|that|it|the|these|all)\\b ?)+(?:documents?|files?|texts?|papers?|books?|reports?|letters?|contracts?|articles?)?";
const ASKS: readonly RegExp[] = [
  new RegExp(`^what(?:'s| is| are) ${NAMED} ?(?:all )?about\\b`, "iu"),
  new RegExp(`^what (?:does|do) ${NAMED} (?:say|tell)\\W*$`, "iu"),
  new RegExp(
    `^what(?:'s| is| are) the (?:main|key|central) (?:points?|ideas?|topics?|subjects?|messages?)(?: of ${NAMED})?\\W*$`,
    "iu",
  ),
  /^(?:please )?(?:summari[sz]e|tl;?dr)\b|^(?:can|could) you summari[sz]e\b|^give me (?:a|an) (?:short |brief )?(?:summary|overview)\b/iu,
  /^(?:worum geht(?: es|'s)|wovon handelt|was ist das thema|fasse? \S.*\bzusammen\b)/iu,
  /^(?:de quoi (?:parle|s['’]agit|traite)|résume[rz]?\b)/iu,
  /^¿?(?:de qué (?:trata|habla|va)|resum[ea]\b|resúme)/iu,
];

/** Whether a question is about a document as a whole, which no passage of it answers: "What is this about?" */
export function isAboutWhole(question: string): boolean {
  return ASKS.some((form) => form.test(question.trim()));
}
