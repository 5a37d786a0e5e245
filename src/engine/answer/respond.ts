import type { Candidates } from "../candidates/candidates.ts";
import { decodeBehind } from "../candidates/decode.ts";
import type { AskOptions } from "../options.ts";
import { decode } from "./decode.ts";
import { type QuoteInput, quote } from "./quote.ts";
import { isAbsent } from "./short.ts";
import { type Found, type Response, type Spoken, unwritten } from "./spoken.ts";
import { compose, type WindowInput } from "./window.ts";

export type RespondInput = QuoteInput &
  WindowInput & {
    readonly candidates: Candidates | undefined;
    /** The condenser's short answers. */
    readonly found: readonly Found[];
  };

/** The answer: behind candidate tokens, the condenser's own, the documents' own passages, or written from the window. */
export async function respond(input: RespondInput, options: AskOptions): Promise<Response> {
  const { candidates, chosen, chunks, condensing, found } = input;
  if (candidates !== undefined) {
    const own = chosen.flatMap((index) => chunks[index] ?? []);
    return written(await decodeBehind(candidates, own), options);
  }
  if (options.answerStyle === "write") return written(await decode(compose(input, chosen), options), options);
  if (options.answerStyle === "quote") return quote(input, options);
  // Where a chunk may answer, its passages are worth more than no word.
  if (found.length === 0 && !isAbsent(condensing.scores)) return quote(input, options);
  const text = found[0]?.text ?? "";
  const sources = found.flatMap((answer) => answer.sources);
  return { style: "short", spoken: unwritten(text, 0), found, sources };
}

function written(spoken: Spoken, { answerTokens, onEvent }: AskOptions): Response {
  const warning = {
    limit: `the answer was cut off after ${answerTokens} tokens: see --max-answer`,
    loop: "the writer went in circles and was stopped; a larger one does so less",
    end: undefined,
  }[spoken.stop];
  if (warning !== undefined) onEvent({ kind: "warning", message: warning });
  return { style: "write", spoken, found: [], sources: undefined };
}
