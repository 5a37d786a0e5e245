import type { CallOptions, Session } from "../session/session.ts";
import type { ChatRequest } from "./chat-request.ts";

/** Follow-ups whose whole question is remembered; the oldest are forgotten. */
const MOST_KEPT = 256;

/**
 * Makes whole questions of follow-ups, as a chat does. A client sends the whole conversation with every question: what was
 * rewritten for an earlier one is remembered, since a writer takes seconds for each.
 */
export class WholeQuestions {
  readonly #known = new Map<string, string>();

  /** The last question, so that it can be understood without those before it. Throws as `Session.wholeQuestion` does. */
  async of(
    { model, question, earlier }: Pick<ChatRequest, "model" | "question" | "earlier">,
    session: Session,
    options: CallOptions,
  ): Promise<string> {
    let before: { readonly question: string; readonly answer: string } | undefined;
    for (const turn of [...earlier, { question, answer: "" }]) {
      let whole = turn.question;
      if (before !== undefined) {
        const key = JSON.stringify([model, turn.question, before]);
        whole = this.#known.get(key) ?? (await session.wholeQuestion(turn.question, before, options));
        this.#keep(key, whole);
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

/** The words of an earlier reply, without what focus puts around them. */
export function spoken(reply: string): string {
  const [words = ""] = reply.replace(/^Asked as: [^\n]*\n\n/u, "").split("\n\n**Sources**\n");
  return words;
}
