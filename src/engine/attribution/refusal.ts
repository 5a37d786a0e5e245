import { sentences } from "../../document/sentences.ts";
import type { Answer } from "../results.ts";
import { REFUSALS_BY_LANGUAGE } from "./refusals-by-language.ts";

/** What a writer calls the text that it was given. A contract that does not contain a clause is an answer. */
const SOURCE =
  "(?:documents?|texts?|passages?|excerpts?|context|articles?|paragraphs?|sections?|materials?|information)";
const HOW = "(?:\\s+(?:explicitly|specifically|directly|clearly|actually))?";
const SAYS =
  "(?:mention|specif|provid|contain|stat(?!u)|includ|sa(?:y|id)|giv|discuss|address|describ|indicat)";

/** How small models say that the excerpts do not answer. Each speaks of the source itself, or of answering. */
const REFUSALS = [
  // The document does not mention …; the information provided does not say …
  `\\b${SOURCE}(?:\\s+(?:provided|given|above|here))?\\s+(?:do|does|did)(?:\\s+not|n['’]t)${HOW}\\s+${SAYS}`,
  // They do not mention …
  `\\b(?:it|they)\\s+(?:do|does)(?:\\s+not|n['’]t)${HOW}\\s+(?:mention|specify|state|say)\\b`,
  // … is not mentioned; … is not included in the text
  `\\b(?:is|are|was|were)(?:\\s+not|n['’]t)${HOW}\\s+(?:mentioned|specified|stated)(?=\\s*(?:[.,;:!]|$)|\\s+(?:(?:anywhere|here|in)\\b|by\\s+(?:the|this|these)\\s+(?:provided\\s+|given\\s+)?${SOURCE}\\b))`,
  `\\b(?:not${HOW}|n['’]t${HOW})\\s+(?:\\w+\\s+)?(?:in|by|from|part of)\\s+(?:(?:the|this|these|any of the|either of the)\\s+)?(?:provided\\s+|given\\s+)?${SOURCE}\\b`,
  // … were not given any opening hours in the given excerpts
  `(?:\\bnot|n['’]t)\\s+(?:given|provided|told|shown)\\s+(?:[\\w-]+\\s+){0,8}(?:in|by|from)\\s+(?:the|this|these)\\s+(?:provided|given)\\s+${SOURCE}\\b`,
  // There is no mention of …; no information about … is given
  "\\bthere\\s+(?:is|are|was|were)\\s+no\\s+(?:\\w+\\s+)?(?:information|mention|details?)(?=\\s*(?:[.,;:!]|$)|\\s+(?:about|on|of|regarding|concerning|in|that|as|given|provided|available|mentioned|found)\\b)",
  `\\b(?:${SOURCE})\\s+(?:contains?|provides?|gives?|has|have|offers?)\\s+no\\b`,
  "\\bno\\s+(?:\\w+\\s+)?(?:information|mention|details?)\\s+(?:about|on|of|regarding|concerning|(?:is|are|was|were)\\s+(?:given|provided|available|mentioned|found))\\b",
  // I cannot find …; it cannot be determined from the text
  "\\bI(?:\\s+am|['’]m)?\\s+(?:cannot|can['’]t|could\\s+not|couldn['’]t|do\\s+not\\s+know|don['’]t\\s+know|unable\\s+to|not\\s+able\\s+to)\\b",
  `\\bcannot\\s+be\\s+(?:answered\\b|(?:determined|found|inferred)\\s+(?:from|in|with|based\\s+on)\\s+(?:the|this|these)\\s+(?:provided\\s+|given\\s+)?${SOURCE})`,
  "\\b(?:unable|impossible|not\\s+possible)\\s+to\\s+(?:answer|determine|find)\\b",
  ...REFUSALS_BY_LANGUAGE,
].map((pattern) => new RegExp(pattern, "iu"));

/** Whether a text of the writer says that the passages do not say what was asked. */
export function isRefusal(text: string): boolean {
  return REFUSALS.some((refusal) => refusal.test(text));
}

/**
 * Whether an answer is none: empty, or nothing but the writer's words that the passages do not say. What says something
 * besides is an answer, and the documents' own passages may use such words.
 */
export function declines({ answer, style }: Pick<Answer, "answer" | "style">): boolean {
  if (answer.trim().length === 0) return true;
  if (style !== "write") return false;
  const spans = sentences(answer, { start: 0, end: answer.length });
  return spans.every(({ start, end }) => isRefusal(answer.slice(start, end)));
}
