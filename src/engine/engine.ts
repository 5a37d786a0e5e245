import { type Chunk, chunkDocuments } from "../document/chunk.ts";
import type { Answer } from "./answer.ts";
import { attribute } from "./attribute.ts";
import { windowParts } from "./cite.ts";
import { StageClock } from "./clock.ts";
import { compose, requireRoom } from "./compose.ts";
import { readAndCondense } from "./condense.ts";
import { coverage } from "./coverage.ts";
import { decode, type Spoken } from "./decode.ts";
import { type AskOptions, type EngineInput, modelInfo } from "./options.ts";
import { quote } from "./quote.ts";
import { fuse, order } from "./rank.ts";
import { select } from "./select.ts";
import { skim } from "./skim.ts";

/**
 * Answers a question about the documents (FocusLLM, arXiv 2408.11745, with a zero-shot score in place of trained
 * candidate tokens): every stage of the pipeline, in order.
 */
export async function ask(
  input: EngineInput & { readonly question: string },
  options: AskOptions,
): Promise<Answer> {
  const { documents, question } = input;
  const { reader, writer, chunkTokens, prompts } = options;
  const clock = new StageClock();
  const tokenize = (text: string): Uint32Array => reader.tokenize(text);
  const chunks = chunkDocuments(documents, { chunkTokens, tokenize });
  const asked = { documents, chunks, question, prompts, chat: writer.chat };
  const roomTokens = requireRoom(asked, options);

  const { scores: bm25, idf } = skim(documents, chunks, question);
  const indexes = order(bm25).slice(0, options.condenseChunks);
  const condensed = await readAndCondense(asked, { indexes, idf }, options);
  clock.lap("readMs", { condenseMs: condensed.condenseMs });

  const textOf = (chunk: Chunk): string =>
    documents[chunk.document]?.text.slice(chunk.start, chunk.end) ?? "";
  const costTokens = (chunk: Chunk): number => writer.tokenize(textOf(chunk)).length;
  const fused = fuse(bm25, condensed.scores);
  const ranking = {
    fused,
    bm25,
    condensed: Float64Array.from(chunks, (_, i) => condensed.scores.get(i) ?? 0),
  };
  const chosen = select(chunks, ranking, { roomTokens, costTokens, textOf });
  const spoken =
    options.answerStyle === "quote"
      ? await quote({ ...asked, chosen, fused, idf, prompt: condensed.prompt }, options)
      : await decode(compose(asked, chosen), options);
  warnUnlessDone(spoken, options);
  clock.lap("answerMs", { windowMs: spoken.windowMs });

  const { explained } = condensed;
  const attributed = await attribute({ ...asked, answer: spoken.text, chosen, idf, explained }, options);
  clock.lap("attributeMs");
  const { read, condense, reused } = condensed.tokens;
  return {
    question,
    style: options.answerStyle,
    answer: spoken.text,
    verdict: attributed.verdict,
    citations: attributed.citations,
    window: windowParts(chosen, fused, asked),
    coverage: coverage({ ...input, chunks, condensed: condensed.scores.size }),
    tokens: {
      computed: {
        read,
        condense,
        window: spoken.windowTokens,
        answer: spoken.tokens,
        attribute: attributed.tokens,
      },
      reused,
    },
    timings: clock.timings(input.loadMs, spoken.firstTokenMs),
    models: { reader: modelInfo(reader), writer: modelInfo(writer) },
    settings: options.settings,
  };
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
