import type { EngineEvent } from "../engine/events.ts";
import { JSON_VERSION, toJsonLine } from "./json.ts";

/** What a session tells besides, while it opens documents and models. */
type OtherEvent = { readonly kind: "step" | "recognise" | "pull" | "parsed" | "detail" };

/** Commands whose result comes behind events with `--format jsonl`. */
export type EventCommand = "ask" | "summarize";

/** An event as `--format jsonl` prints it, version 1; undefined for what is for people alone. */
export function eventLine(event: EngineEvent | OtherEvent, command: EventCommand): string | undefined {
  const head = { version: JSON_VERSION, command };
  switch (event.kind) {
    case "progress": {
      const { stage, tokens, totalTokens, tokensPerSecond = null, secondsLeft = null } = event;
      return toJsonLine({
        ...head,
        event: "progress",
        stage,
        tokens,
        totalTokens,
        ...(event.mayEndEarly === true ? { mayEndEarly: true } : {}),
        tokensPerSecond,
        secondsLeft,
      });
    }
    case "passage": {
      const { path, page, start, end, score } = event;
      return toJsonLine({ ...head, event: "passage", path, page, start, end, score });
    }
    case "text":
      return toJsonLine({ ...head, event: "token", text: event.text });
    case "warning":
      return toJsonLine({ ...head, event: "warning", message: event.message });
    default:
      return undefined;
  }
}
