import { createHash } from "node:crypto";
import { commonLanguage } from "../document/language.ts";
import { isFollowUp } from "../engine/follow-up.ts";
import type { CallOptions, Session } from "../session/session.ts";
import { type ChatRequest, MOST_QUESTION_CHARACTERS } from "./chat-request.ts";

/** Follow-ups whose whole question is remembered; the oldest are forgotten. */
const MOST_KEPT = 256;

/**
 * Makes whole questions of follow-ups, as a chat does. A client sends the whole conversation with every question: what was
 * rewritten for an earlier one is remembered, since a writer takes seconds for each.
 */
export class WholeQuestions {
  /** By the hash of what it was made from. */
  readonly #known = new Map<string, string>();

  /**
   * The last question, so that it can be understood without those before it. Earlier ones count as far back as the nearest
   * that is no follow-up. Throws as `Session.wholeQuestion` does.
   */
  async of(
    { model, question, earlier }: Pick<ChatRequest, "model" | "question" | "earlier">,
    session: Session,
    options: CallOptions,
  ): Promise<string> {
    let before: { readonly question: string; readonly answer: string } | undefined;
    const turns = [...earlier, { question, answer: "" }];
    const language = commonLanguage(session.documents);
    const first = turns.findLastIndex((turn) => !isFollowUp(turn.question, language));
    for (const turn of turns.slice(Math.max(0, first))) {
      let whole = turn.question;
      if (before !== undefined) {
        const key = keyOf([model, turn.question, before]);
        const made = this.#known.get(key) ?? (await session.wholeQuestion(turn.question, before, options));
        this.#keep(key, made);
        // One that carries the words of a long text is no question any more.
        if (made.length <= MOST_QUESTION_CHARACTERS) whole = made;
      }
      before = { question: whole, answer: spoken(turn.answer) };
    }
    return before?.question ?? question;
  }

  #keep(key: string, whole: string): void {
    this.#known.set(key, whole);
    const [oldest] = this.#known.keys();
    if (this.#known.size > MOST_KEPT && oldest !== undefined) this.#known.delete(oldest);
  }
}

function keyOf(made: readonly unknown[]): string {
  return createHash("sha256").update(JSON.stringify(made)).digest("hex");
}

/** The words of an earlier reply, without what focus puts around them. */
export function spoken(reply: string): string {
  const [words = ""] = reply.replace(/^Asked as: [^\n]*\n\n/u, "").split("\n\n**Sources**\n");
  return words;
}
