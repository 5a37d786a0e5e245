/** Of 11,199 such questions of the English training sets three have a number for an answer (bench/other-kind.mjs). */
const ASKS_FOR_NO_NUMBER = /^(?:\w+ )?(?:who|whom|whose|where|why)\b/iu;
const NUMBER_ALONE = /^[^\p{L}]*\d[^\p{L}]*$/u;

const TIMES =
  "(?:second|minute|hour|day|night|week|weekend|month|quarter|semester|season|summer|winter|year|decade|time)s?|centur(?:y|ies)";
/** Of 1,185 such questions that name no time two have one for an answer. */
const ASKS_HOW_MANY = /\bhow many\b/iu;
const NAMES_TIME = new RegExp(`\\b(?:${TIMES})\\b`, "iu");
const COUNTS_TIME = new RegExp(
  `(?:\\d|\\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty))[ -](?:${TIMES})\\b`,
  "iu",
);

/** Of 3,162 such questions about dialogues of the training sets 12 have a speaker for an answer. */
const ASKS_FOR_NO_SPEAKER = /^(?:\w+ )?(?:what|when|where|why|how)\b/iu;
/** Lines that begin with it and a colon: it is not the label of one field. */
const LEAST_SPOKEN = 3;

/** Whether an answer is of another kind than what is asked for: "18 months" to "How many people …?", "3.1" to "Where …?". */
export function isOfOtherKind(answer: string, question: string): boolean {
  if (ASKS_FOR_NO_NUMBER.test(question.trim())) return NUMBER_ALONE.test(answer);
  return ASKS_HOW_MANY.test(question) && !NAMES_TIME.test(question) && COUNTS_TIME.test(answer);
}

/** Whether an answer is the name before what somebody says in a dialogue, where it is not asked who. */
export function isOnlySpeaker(answer: string, question: string, text: string): boolean {
  const name = answer.trim().replace(/:$/u, "");
  if (name === "" || !ASKS_FOR_NO_SPEAKER.test(question.trim())) return false;
  let spoken = 0;
  for (let at = text.indexOf(`${name}:`); at >= 0; at = text.indexOf(`${name}:`, at + 1)) {
    if (/(?:^|\n)[ \t]*$/u.test(text.slice(Math.max(0, at - 20), at))) spoken += 1;
    if (spoken === LEAST_SPOKEN) return true;
  }
  return false;
}
