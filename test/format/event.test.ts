import { describe, expect, it } from "vitest";
import { eventLine } from "../../src/format/event.ts";

describe("a line of --format jsonl", () => {
  it.each([
    [
      {
        kind: "progress",
        stage: "read",
        tokens: 256,
        totalTokens: 1024,
        tokensPerSecond: undefined,
        secondsLeft: undefined,
      },
      {
        event: "progress",
        stage: "read",
        tokens: 256,
        totalTokens: 1024,
        tokensPerSecond: null,
        secondsLeft: null,
      },
    ],
    [
      {
        kind: "progress",
        stage: "condense",
        tokens: 256,
        totalTokens: 1024,
        mayEndEarly: true,
        tokensPerSecond: 410,
        secondsLeft: 2,
      },
      {
        event: "progress",
        stage: "condense",
        tokens: 256,
        totalTokens: 1024,
        mayEndEarly: true,
        tokensPerSecond: 410,
        secondsLeft: 2,
      },
    ],
    [
      { kind: "passage", path: "a.pdf", page: 3, start: 10, end: 20, score: 1.5 },
      { event: "passage", path: "a.pdf", page: 3, start: 10, end: 20, score: 1.5 },
    ],
    [
      { kind: "text", text: "The\n" },
      { event: "token", text: "The\n" },
    ],
    [
      { kind: "warning", message: "cut off" },
      { event: "warning", message: "cut off" },
    ],
  ] as const)("says %j", (event, expected) => {
    const line = eventLine(event, "ask") ?? "";
    expect(line).toMatch(/^[^\n]+\n$/u);
    expect(JSON.parse(line)).toEqual({ version: 1, command: "ask", ...expected });
  });

  it("is not made of what only people read", () => {
    expect(eventLine({ kind: "notice", message: "runs on a GPU" }, "ask")).toBeUndefined();
    expect(eventLine({ kind: "step" }, "summarize")).toBeUndefined();
  });
});
