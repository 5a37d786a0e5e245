const NAMED =
  "(?:this|that|it|the|these|all)(?: all)?(?: (?:documents?|files?|texts?|papers?|books?|reports?|letters?|contracts?|articles?))?";
const OF_IT = `(?: (?:of|for) ${NAMED})?`;
const DE_NAMED =
  "(?:(?:das|der|die|den|dem|dieser?s?|diesem|diesen) )?(?:Dokument|Datei|Text|Buch|Bericht|Brief|Vertrag|Artikel)(?:e?s|en)?";
const FR_NAMED = "(?:ce|cet|cette|le|la|ces|les) ?(?:document|texte|livre|rapport|lettre|contrat|article)?s?";
const ES_NAMED = "(?:este|esta|esto|el|la) ?(?:documento|texto|libro|informe|carta|contrato|artículo)?";

/** Each is all of what is asked: "What is it about the roof?" asks of a passage. */
const ASKS: readonly RegExp[] = [
  `what(?:['’]s| is| are) ${NAMED} (?:all )?about`,
  `what (?:does|do) ${NAMED} (?:say|tell)`,
  `what(?:['’]s| is| are) the (?:main|key|central) (?:points?|ideas?|topics?|subjects?|messages?)${OF_IT}`,
  `(?:please |(?:can|could) you )?summari[sz]e(?: ${NAMED})?(?:,? please)?`,
  "tl;?dr",
  `give me (?:a|an) (?:short |brief )?(?:summary|overview)${OF_IT}`,
  `worum geht(?: es|['’]s)(?: (?:in|bei) ${DE_NAMED}| hier)?`,
  `wovon handelt ${DE_NAMED}`,
  `fasse?(?: ${DE_NAMED})? zusammen`,
  `de quoi (?:parle|traite|s['’]agit-il)(?: (?:dans )?${FR_NAMED})?`,
  `résume[rz]?(?: ${FR_NAMED})?`,
  `¿?de qué (?:trata|habla|va)(?: ${ES_NAMED})?`,
  `(?:resume|resumir|resúmeme)(?: ${ES_NAMED})?`,
].map((form) => new RegExp(`^${form}[\\s?!.]*$`, "iu"));

/** Whether a question is about a document as a whole, which no passage of it answers: "What is this about?" */
export function isAboutWhole(question: string): boolean {
  return ASKS.some((form) => form.test(question.trim()));
}
