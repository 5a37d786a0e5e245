import { END_MARKS } from "../../document/sentence-ends.ts";
import { sentences } from "../../document/sentences.ts";
import type { Spoken } from "../answer/spoken.ts";

const MARK = /^\s*(?:[-*•–]+|#+|\(?\d{1,2}\)|\(\d{1,2}\.)\s+/u;
/** "2**3" and "a__b" are no emphasis. */
const EMPHASIS = /(?<![A-Za-z0-9])(?:\*\*|__)|(?:\*\*|__)(?![A-Za-z0-9])|`/gu;
/** The end of a line that needs no full stop. */
const STOPPED = new RegExp(`[${END_MARKS}:;]["'”’)\\]*]*$`, "u");
/** May begin a date as well: "12. Juni". */
const NUMBER = /^\s*(\d{1,2})\.\s+/u;

/** On one line, without list marks and Markdown; a sentence that the writer was stopped in is left out unless it is all. */
export function plainLine({ text, stop }: Pick<Spoken, "text" | "stop">): string {
  const lines = withoutMarks(text.split("\n"));
  const plain = lines
    .filter((line) => line !== "")
    .map((line) => (STOPPED.test(line) || lines.length === 1 ? line : `${line}.`))
    .join(" ")
    .replaceAll(EMPHASIS, "");
  if (stop === "end") return plain;
  const spans = sentences(plain, { start: 0, end: plain.length });
  const last = spans.at(-2);
  return last === undefined ? plain : plain.slice(0, last.end);
}

/** Numbers with a point are marks where there is a 1, or where they count up by one. */
function withoutMarks(lines: readonly string[]): string[] {
  const numbers = lines.flatMap((line) => NUMBER.exec(line)?.slice(1).map(Number) ?? []);
  const [first = 1] = numbers;
  const isList = numbers.includes(1) || (numbers.length > 1 && numbers.every((n, i) => n === first + i));
  return lines.map((line) => {
    const isNumbered = isList && NUMBER.test(line);
    return line.replace(isNumbered ? NUMBER : MARK, "").trim();
  });
}

/** The sentences of a text. */
export function wholeSentences(text: string): string[] {
  return sentences(text, { start: 0, end: text.length }).map(({ start, end }) => text.slice(start, end));
}

/** How writers say that they have nothing to say: the word, and at most what makes no sentence about something of it. */
const NOTHING = new RegExp(
  `^[^\\p{L}\\p{N}]*(?:nothing|none|n/a)(?:\\s+(?:${[
    "else|more|new|relevant|important|notable|specific|here|at all",
    "(?:(?:is|was)\\s+)?(?:found|given|provided|available|applicable)",
    "(?:(?:is|was)\\s+)?(?:said|mentioned|stated|specified)(?:\\s+(?:about|of|on|regarding)\\s[^\\n]{0,40})?",
    "(?:of|to)\\s+(?:note|interest|importance|relevance|report|add|say|mention|record|summari[sz]e)",
    "in\\s+(?:the|this)\\s+(?:passage|text|document|excerpt|section)",
  ].join("|")}))*[^\\p{L}\\p{N}]*$`,
  "iu",
);

/** Whether a note says only that there is nothing to note. */
export function saysNothing(note: string): boolean {
  return NOTHING.test(note);
}

/** How writers, whatever they are told, speak of the passage instead of saying what it says. */
const FRAME =
  /^(?:(?:the|this) (?:passage|text|document|excerpt|section|chapter)|it)(?: also| further| then)? (?:adds|concludes|describes|emphasi[sz]es|explains|highlights|mentions|notes|points out|says|shows|states|stresses) that (\p{L})/iu;

/** Says what a passage is about, not what it says. */
const ABOUT =
  /^(?:the|this) (?:given |provided |above )?(?:passage|text|document|excerpt|section|chapter)s? (?:also |further |then |mainly |primarily )*(?:(?:is|talks) about|covers|deals with|describes|details|discusses|explains|explores|focuses on|introduces|outlines|presents|provides|summari[sz]es)\b/iu;

/** Without the sentences that only say what the passage is about, unless there is no other. */
export function telling(sentences: readonly string[]): readonly string[] {
  const rest = sentences.filter((sentence) => !ABOUT.test(sentence));
  return rest.length > 0 ? rest : sentences;
}

/** "It was sold" for "The passage also mentions that it was sold". */
export function withoutFrame(sentence: string): string {
  return sentence.replace(FRAME, (_, letter: string) => letter.toUpperCase());
}

/** With single spaces for white space. */
export function onOneLine(text: string): string {
  return text.replaceAll(/\s+/gu, " ").trim();
}
