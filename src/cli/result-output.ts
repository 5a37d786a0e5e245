import type { Answer } from "../engine/results.ts";
import { type EventCommand, eventLine } from "../format/event.ts";
import type { FormatOptions, Formatter } from "../format/format.ts";
import { StreamWrap } from "../format/stream-wrap.ts";
import { answerRest } from "../format/text.ts";
import type { SessionListener } from "../session/events.ts";
import type { CommandContext } from "./context.ts";
import { Pieces } from "./pieces.ts";

/** Where a result goes: what is known while it is made, and the whole. */
export type ResultOutput<Result> = {
  readonly onEvent: SessionListener;
  /** Aborted when nobody reads what is written while the result is made. */
  readonly signal: AbortSignal | undefined;
  readonly write: (result: Result, options: FormatOptions) => Promise<void>;
  /** Ends the line that was begun, where no result comes; undefined where none is begun before the result. */
  readonly stop?: () => Promise<void>;
};

/** The result at once, when it is there. */
export function wholeOutput<Result>(
  { io, progress }: CommandContext,
  format: Formatter<Result>,
): ResultOutput<Result> {
  const write: ResultOutput<Result>["write"] = async (result, options) => {
    progress.stop();
    await io.writeResult(format(result, options));
  };
  return { onEvent: progress.listen, signal: undefined, write };
}

/** Events, one a line, then the result; a file of -o has them all at once. With --quiet there is no progress among them. */
export function eventOutput<Result>(
  { config, io, progress }: CommandContext,
  command: EventCommand,
  format: Formatter<Result>,
): ResultOutput<Result> {
  const kept: string[] = [];
  const pieces = new Pieces((line) => io.writePiece(line));
  const onEvent: SessionListener = (event) => {
    progress.listen(event);
    if (config.quiet && event.kind === "progress") return;
    const line = eventLine(event, command);
    if (line === undefined) return;
    if (io.toFile) kept.push(line);
    else pieces.push(line);
  };
  const write: ResultOutput<Result>["write"] = async (result, options) => {
    await pieces.done();
    progress.stop();
    await io.writeResult([...kept, format(result, options)].join(""));
  };
  return { onEvent, signal: pieces.signal, write };
}

/** A written answer appears word by word; quoted and short ones are there at once. */
export function streamedOutput(
  { io, progress }: CommandContext,
  format: Formatter<Answer>,
): ResultOutput<Answer> {
  const pieces = new Pieces((piece) => io.writePiece(piece));
  const text = new StreamWrap(io.width);
  let [isBegun, isEnded] = [false, false];
  const end = (): void => {
    if (isBegun && !isEnded) pieces.push(`${text.end()}\n`);
    isEnded = isBegun;
  };
  const onEvent: SessionListener = (event) => {
    if (event.kind === "text") {
      progress.stop();
      isBegun = true;
      pieces.push(text.push(event.text));
      return;
    }
    // What comes next would be written into a line that has no end yet.
    end();
    progress.listen(event);
  };
  const stop = async (): Promise<void> => {
    end();
    progress.stop();
    await pieces.done();
  };
  const write: ResultOutput<Answer>["write"] = async (answer, options) => {
    await stop();
    await io.writeResult(isBegun ? answerRest(answer, options) : format(answer, options));
  };
  return { onEvent, signal: pieces.signal, write, stop };
}
