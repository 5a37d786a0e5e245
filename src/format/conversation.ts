import type { Answer } from "../engine/results.ts";
import { answerMarkdown, askedAs } from "./markdown.ts";
import { literal } from "./markdown-table.ts";
import { printableLine } from "./printable.ts";

/** A question as it was typed, and its answer, whose `question` is what was asked for it. */
export type Exchange = { readonly typed: string; readonly answer: Answer };

/** A conversation as Markdown: a heading for each question, below it the answer with its sources. */
export function conversationMarkdown(paths: readonly string[], exchanges: readonly Exchange[]): string {
  const about = paths.map((path) => literal(printableLine(path))).join(", ");
  const parts = exchanges.map(({ typed, answer }) => {
    const asked = answer.question === typed ? "" : askedAs(answer.question);
    return `## ${literal(printableLine(typed))}\n\n${asked}${answerMarkdown(answer)}`;
  });
  return [`# Conversation about ${about}\n`, ...parts].join("\n");
}
