/** What comes behind "is not mentioned", of a refusal: nothing, or the source. */
function said(participles: string, source: string): string {
  return `(?:${participles})(?=\\s*(?:[.,;:!]|$)|\\s+(?:${source}))`;
}

const GERMAN = "(?:dokumente?n?|texte?s?|textstellen?|auszüge?n?|auszug|passagen?|abschnitte?n?|kontext)";
const FRENCH = "(?:documents?|textes?|passages?|extraits?|contexte)";
const SPANISH = "(?:documentos?|textos?|pasajes?|fragmentos?|extractos?|contexto)";
const ITALIAN =
  "(?:documento|documenti|testo|testi|passaggi|passaggio|brani|brano|estratti|estratto|contesto)";
const PORTUGUESE = "(?:documentos?|textos?|trechos?|passagens|passagem|contexto)";
const DUTCH = "(?:documenten|document|teksten|tekst|passages?|fragmenten|fragment|context)";
const RUSSIAN = "(?:документ|текст|отрыв|фрагмент|контекст)[а-я]*";

/**
 * How small models say in other languages than English that the passages do not answer. As in English, each speaks of the
 * source, or of answering: a contract that says nothing of a fee is an answer.
 */
export const REFUSALS_BY_LANGUAGE: readonly string[] = [
  // German
  `${GERMAN}\\s+(?:erwähn|nenn|beantwort)(?:t|en)\\s+(?:[^.]{0,80}\\s)?(?:nicht|keine?n?)(?!\\p{L})`,
  `${GERMAN}\\s+(?:enthält|enthalten|geben|gibt|macht|machen|liefern|liefert)\\s+(?:[^.]{0,40}\\s)?keine?\\s+(?:\\p{L}+\\s+)?(?:angaben?|informationen|auskunft|hinweise?)`,
  `(?:in|aus)\\s+(?:dem|den|diesem|diesen)\\s+${GERMAN}\\s+(?:nicht|kein)|im\\s+${GERMAN}\\s+(?:steht|wird|ist|sind|werden|findet)\\s+(?:[^.]{0,60}\\s)?(?:nicht|nichts|keine?)(?!\\p{L})`,
  `(?:nicht)\\s+${said("erwähnt|genannt|angegeben", `im\\s+${GERMAN}|in\\s+de[mnr]\\s+${GERMAN}`)}`,
  "(?:es\\s+gibt|ich\\s+(?:habe|finde)|(?:es\\s+)?liegen|dazu\\s+finden\\s+sich)\\s+(?:[^.]{0,30}\\s)?keine\\s+(?:angaben?|informationen)",
  "ich\\s+weiß\\s+(?:es\\s+|das\\s+)?nicht|ich\\s+kann\\s+[^.]{0,60}nicht\\s+(?:beantworten|finden|sagen)",
  // French
  `${FRENCH}(?:\\s+(?:fournis?|donnés?))?\\s+ne\\s+(?:mentionn|précis|indiqu|spécifi|donn|contien|di)\\p{L}*\\s+(?:pas|aucun|rien)`,
  `n['’](?:est|était|sont)\\s+pas\\s+${said("(?:mentionné|précisé|indiqué|spécifié)e?s?", `dans\\s+(?:le|les|ce|ces)\\s+${FRENCH}`)}`,
  "il\\s+n['’]y\\s+a\\s+(?:pas\\s+d['’]|aucune\\s+)(?:informations?|mention)|aucune\\s+information\\s+(?:n['’]est|sur|concernant)",
  "je\\s+ne\\s+(?:sais\\s+pas|peux\\s+pas\\s+répondre|trouve\\s+pas)",
  // Spanish
  `${SPANISH}(?:\\s+(?:proporcionados?|dados?))?\\s+no\\s+(?:mencion|especific|indic|contien|proporcion|dice|señal)`,
  `no\\s+se\\s+${said("menciona|especifica|indica", `en\\s+(?:el|los|este|estos)\\s+${SPANISH}`)}`,
  "no\\s+(?:hay|se\\s+proporciona)\\s+(?:ninguna\\s+)?(?:información|mención)|(?:^|[.,]\\s*)no\\s+lo\\s+sé|no\\s+(?:puedo|es\\s+posible)\\s+(?:responder|encontrar|determinar)",
  // Italian
  `${ITALIAN}\\s+non\\s+(?:menzion|specific|indic|contien|contengon|forni|dice|dicono)`,
  `non\\s+(?:è|sono|viene|vengono)\\s+${said("(?:menzionat|specificat|indicat)[oaie]", `ne[li]\\p{L}*\\s+${ITALIAN}`)}`,
  "non\\s+ci\\s+sono\\s+informazioni|nessuna\\s+informazione|non\\s+lo\\s+so|non\\s+(?:posso|riesco\\s+a)\\s+(?:rispondere|trovare)",
  // Portuguese
  `${PORTUGUESE}(?:\\s+(?:fornecidos?|dados?))?\\s+não\\s+(?:mencion|especific|indic|cont[ée]m|fornec|diz)`,
  `não\\s+(?:é|são|foi|foram)\\s+${said("(?:mencionad|especificad|indicad)[oa]s?", `n[oe]\\p{L}*\\s+${PORTUGUESE}`)}`,
  "não\\s+há\\s+(?:nenhuma\\s+)?(?:informaç|menção)|(?:^|[.,]\\s*)(?:eu\\s+)?não\\s+sei|não\\s+(?:posso|consigo)\\s+(?:responder|encontrar)",
  // Dutch
  `${DUTCH}\\s+(?:vermeld|noem|bevat|geef|geeft|zeg)\\p{L}*\\s+(?:[^.]{0,60}\\s)?(?:niet|geen)(?!\\p{L})`,
  `niet\\s+${said("vermeld|genoemd|gespecificeerd", `in\\s+(?:de|het|deze|dit)\\s+${DUTCH}`)}`,
  "er\\s+is\\s+geen\\s+informatie|ik\\s+weet\\s+het\\s+niet|ik\\s+kan\\s+[^.]{0,60}niet\\s+(?:beantwoorden|vinden)",
  // Russian
  `${RUSSIAN}\\s+(?:не\\s+(?:упомина|указ|содерж|сказан|говор|сообща)|нет\\s+(?:информации|упоминан|сведений))`,
  `не\\s+(?:упомина|указан|сказан)[а-я]*\\s+в\\s+(?:\\p{L}+\\s+)?${RUSSIAN}|(?:нет|отсутствует)\\s+информаци|информация\\s+[^.]{0,60}отсутствует`,
  "я\\s+не\\s+(?:знаю|могу\\s+(?:ответить|найти))",
  // Chinese
  "(?:文档|文件|文中|文章|原文|文本|段落|材料|上下文|資料|资料)(?:中|里|裡|内)?[^。]{0,20}(?:没有|沒有|未|并未|並未)(?:明确|明確|具体|具體)?(?:提及|提到|说明|說明|提供|指出|包含)",
  "(?:没有|沒有)(?:关于[^。]{0,30}的)?(?:相关|相關|任何)*(?:信息|資訊)|我(?:不知道|无法|無法|不能)|(?:无法|無法)(?:确定|回答|得知|判断|確定|判斷)",
  // Japanese
  "(?:文書|文章|本文|テキスト|資料|抜粋|記事)[^。]{0,60}(?:記載|言及|記述|説明|情報|書かれて)[^。]{0,8}(?:ません|ない|なし)",
  "(?:わかり|分かり|答えでき|回答でき|お答えでき)ません|(?:記載|言及)(?:は|が)?(?:されて(?:い)?|あり)ません",
  // Korean
  "(?:문서|본문|텍스트|지문|자료)(?:에|에는|에서|는|은|에서는)[^.]{0,60}(?:언급|명시|기재|나와|포함|정보)[^.]{0,12}(?:않|없)|정보가\\s*없|알\\s*수\\s*없|모르겠",
];
