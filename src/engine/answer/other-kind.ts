/** Of 10,726 such questions of the English training sets three have a number for an answer (bench/other-kind.mjs). */
const WHO_WHERE_WHY = /^(?:(?:in|to|for|from|with|by|of|about|and)\s+)?(?:who|whom|whose|where|why)\b/iu;
/** They may ask for a number, too: "Who signed, and when?", "Who do I call?" */
const AND_MORE = /\b(?:when|what|which|how|call|phone|ring|dial|reach|numbers?)\b/iu;
const NUMBER_ALONE = /^[^\p{L}]*\d[^\p{L}]*$/u;

const TIMES =
  "(?:second|minute|hour|day|night|week|weekend|month|quarter|semester|season|summer|winter|year|decade)s?|centur(?:y|ies)";
const NUMBER =
  "(?:\\d|\\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty)\\b)";
const HOW_MANY = /\bhow many\b/iu;
const NAMES_TIME = new RegExp(`\\b(?:${TIMES}|times?)\\b`, "iu");
/** "18 months", "over three winters"; not "1,455 within 18 months". */
const TIME_ALONE = new RegExp(`^(?:(?!${NUMBER}).)*(?:[\\d.,]*\\d|\\b[a-z]+)[ -](?:${TIMES})\\P{L}*$`, "isu");
const HAS_NUMBER = new RegExp(NUMBER, "iu");

const WHAT_WHY_HOW =
  /^(?:(?:in|to|for|from|with|by|of|about|and)\s+)?(?:what\s+(?:is|was|are|were|do|does|did|can|could|will|would|shall|should|must|may|has|have|had|happens?|happened|comes?|came)|why|how)\b/iu;
/** How a question begins that asks for something else. */
const ASKS_OTHERWISE =
  "(?!(?:how|who|whom|whose|where|when|why|is|are|was|were|do|does|did|can|could|will|would|has|have|had|may|must|should|shall)\\b|which\\s+\\S+['’]s\\b)";
/** How one begins that names what it wants: "What is the clerk's …", or nothing before it. */
const WHAT_IS =
  "(?:(?:what(?:['’]s|\\s+is|\\s+are)?|which\\s+is)\\s+(?:the\\s+|your\\s+|their\\s+|its\\s+)?)?(?:[\\p{L}'’]+\\s+){0,2}";
/** What may follow: a "phone number format" is none. */
const ITSELF =
  "(?=\\s*(?:$|[?,]|(?:of|for|to|in|at|on|by|is|are|was|were|do|does|did|can|must|should|shall|may|where|when|if)\\b))";
/** "Which number do I ring?": it may be a short one. */
const NUMBER_TO_RING =
  /^(?:what|which)\s+(?:tele)?(?:phone\s+)?numbers?\s+(?:can|do|does|must|should|shall|may)\s.*\b(?:call|phone|ring|dial)\b/iu;
/** "What is the telephone number of the office?" */
const TELEPHONE = new RegExp(
  `^${ASKS_OTHERWISE}${WHAT_IS}(?:(?:tele)?phone|fax|mobile)\\s+numbers?\\b${ITSELF}`,
  "iu",
);
/** Fewer are a short number, which is asked for as one. */
const LEAST_DIGITS = 5;
const SHORT_NUMBER = /\b(?:emergency|extension|internal|short|help ?line)\b/iu;
/** "What is the e-mail address of the maintainer?" */
const MAIL_ADDRESS = new RegExp(`^${ASKS_OTHERWISE}${WHAT_IS}e-?mail\\s+address(?:es)?\\b${ITSELF}`, "iu");
const AT = /@|\bat\b/iu;

/** Lines that begin with it and a colon: it is not the label of one field. */
const LEAST_SPOKEN = 3;

/** What a question does not ask for; each English. */
export const ASKS_FOR_NO = {
  number: (question: string): boolean => WHO_WHERE_WHY.test(question) && !AND_MORE.test(question),
  /** Of 1,183 such questions of the training sets none has a time for an answer. */
  time: (question: string): boolean => HOW_MANY.test(question) && !NAMES_TIME.test(question),
  /** Of 2,006 such questions about the dialogues of three training sets four have a speaker for an answer. */
  speaker: (question: string): boolean => WHAT_WHY_HOW.test(question),
};

/**
 * Whether an answer is of another kind than what is asked for: "18 months" to "How many people …?", "3.1" to "Where …?", a name to
 * "What is the telephone number of …?".
 */
export function isOfOtherKind(answer: string, question: string): boolean {
  const asked = question.trim();
  if (ASKS_FOR_NO.number(asked)) return NUMBER_ALONE.test(answer);
  if (NUMBER_TO_RING.test(asked)) return countDigits(answer) === 0;
  if (TELEPHONE.test(asked)) return countDigits(answer) < (SHORT_NUMBER.test(asked) ? 1 : LEAST_DIGITS);
  if (MAIL_ADDRESS.test(asked)) return !AT.test(answer);
  return ASKS_FOR_NO.time(asked) && HAS_NUMBER.test(answer) && TIME_ALONE.test(answer);
}

function countDigits(text: string): number {
  return (text.match(/\d/gu) ?? []).length;
}

/** Whether an answer is the name before what somebody says in a dialogue, where it is not asked who. */
export function isOnlySpeaker(answer: string, question: string, text: string): boolean {
  const name = answer.trim().replace(/:$/u, "");
  // "ERROR" begins lines of a log.
  if (!ASKS_FOR_NO.speaker(question.trim()) || /^\p{Lu}*$/u.test(name)) return false;
  let spoken = 0;
  for (let at = text.indexOf(`${name}:`); at >= 0; at = text.indexOf(`${name}:`, at + 1)) {
    const lineStart = at === 0 ? 0 : text.lastIndexOf("\n", at - 1) + 1;
    if (text.slice(lineStart, at).trim() === "") spoken += 1;
    if (spoken === LEAST_SPOKEN) return true;
  }
  return false;
}
