import type { Answer } from "../engine/results.ts";

/** The answer, with a mark behind each sentence that no passage bears out. */
export function marked({ answer, unsupported }: Pick<Answer, "answer" | "unsupported">): string {
  let text = answer;
  for (const { end } of unsupported.toSorted((a, b) => b.end - a.end)) {
    const said = text.slice(0, end).trimEnd();
    text = `${said} [unsupported]${text.slice(said.length)}`;
  }
  return text;
}
