import type { Candidates } from "../candidates/candidates.ts";
import { decodeBehind } from "../candidates/decode.ts";
import type { AskOptions } from "../options.ts";
import { decode, type Spoken } from "./decode.ts";
import { type QuoteInput, quote } from "./quote.ts";
import { compose } from "./window.ts";

export type RespondInput = QuoteInput & { readonly candidates: Candidates | undefined };

/** The answer: behind candidate tokens, by the documents' own sentences, or written from the exact window. */
export async function respond(input: RespondInput, options: AskOptions): Promise<Spoken> {
  const spoken = await speak(input, options);
  warnUnlessDone(spoken, options);
  return spoken;
}

async function speak(input: RespondInput, options: AskOptions): Promise<Spoken> {
  const { candidates, chosen, chunks } = input;
  if (candidates !== undefined) {
    return decodeBehind(
      candidates,
      chosen.flatMap((index) => chunks[index] ?? []),
    );
  }
  if (options.answerStyle === "quote") return quote(input, options);
  return decode(compose(input, chosen), options);
}

/** Says when the answer does not end where the writer wanted to end it. */
function warnUnlessDone({ stop }: Spoken, { answerTokens, onEvent }: AskOptions): void {
  if (stop === "limit") {
    onEvent({
      kind: "warning",
      message: `the answer was cut off after ${answerTokens} tokens: see --max-answer`,
    });
  } else if (stop === "loop") {
    onEvent({
      kind: "warning",
      message: "the writer went in circles and was stopped; a larger one does so less",
    });
  }
}
