import type { Answer } from "../engine/results.ts";
import { eventLine } from "../format/event.ts";
import { type FormatOptions, formatterFor } from "../format/format.ts";
import { ANSWER_FORMATS } from "../format/formats.ts";
import { StreamWrap } from "../format/stream-wrap.ts";
import { answerRest } from "../format/text.ts";
import type { SessionListener } from "../session/events.ts";
import type { CommandContext } from "./context.ts";
import { Pieces } from "./pieces.ts";

/** Where a command's answer goes while it is made, and when it is there. */
export type AnswerOutput = {
  readonly onEvent: SessionListener;
  /** Aborted when nobody reads what is written while the answer is made. */
  readonly signal: AbortSignal | undefined;
  readonly write: (answer: Answer, options: FormatOptions) => Promise<void>;
};

/**
 * As the settings say: events, one a line (jsonl); on a terminal the text as it is written, unless its sentences are to be
 * marked; otherwise the answer at once. Throws UsageError for a format that answers do not have.
 */
export function answerOutput(context: CommandContext, isMarked: boolean): AnswerOutput {
  const { config, io, progress } = context;
  const format = formatterFor(ANSWER_FORMATS, config.format);
  if (config.format === "jsonl") return eventOutput(context);
  if (config.format === "text" && io.toTerminal && !isMarked) return textOutput(context);
  const write: AnswerOutput["write"] = async (answer, options) => {
    progress.stop();
    await io.writeResult(format(answer, options));
  };
  return { onEvent: progress.listen, signal: undefined, write };
}

/** Events, then the answer; a file of -o has them all at once. */
function eventOutput({ io, progress }: CommandContext): AnswerOutput {
  const format = formatterFor(ANSWER_FORMATS, "jsonl");
  const kept: string[] = [];
  const pieces = new Pieces((line) => io.writePiece(line));
  const onEvent: SessionListener = (event) => {
    progress.listen(event);
    const line = eventLine(event);
    if (line === undefined) return;
    if (io.toFile) kept.push(line);
    else pieces.push(line);
  };
  const write: AnswerOutput["write"] = async (answer, options) => {
    await pieces.done();
    progress.stop();
    await io.writeResult([...kept, format(answer, options)].join(""));
  };
  return { onEvent, signal: pieces.signal, write };
}

/** A written answer appears word by word; quoted and short ones are there at once. */
function textOutput({ io, progress }: CommandContext): AnswerOutput {
  const format = formatterFor(ANSWER_FORMATS, "text");
  const pieces = new Pieces((piece) => io.writePiece(piece));
  const text = new StreamWrap(io.width);
  let [isBegun, isEnded] = [false, false];
  const end = (): void => {
    if (!isBegun || isEnded) return;
    isEnded = true;
    pieces.push(`${text.end()}\n`);
  };
  const onEvent: SessionListener = (event) => {
    if (event.kind === "text") {
      progress.stop();
      isBegun = true;
      pieces.push(text.push(event.text));
      return;
    }
    // The spinner would be drawn over a line that has no end yet.
    end();
    progress.listen(event);
  };
  const write: AnswerOutput["write"] = async (answer, options) => {
    progress.stop();
    end();
    await pieces.done();
    await io.writeResult(isBegun ? answerRest(answer, options) : format(answer, options));
  };
  return { onEvent, signal: pieces.signal, write };
}
