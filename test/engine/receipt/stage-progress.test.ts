import { afterEach, expect, it, vi } from "vitest";
import type { EngineEvent } from "../../../src/engine/events.ts";
import { oneStage, StageProgress } from "../../../src/engine/receipt/stage-progress.ts";

type Step = readonly ["read" | "condense", number, number | undefined];

function told(steps: readonly Step[]): string[] {
  const events: EngineEvent[] = [];
  const listen = oneStage((event) => events.push(event));
  for (const [stage, tokens, tokensPerSecond] of steps) {
    listen({ kind: "progress", stage, tokens, totalTokens: 100, tokensPerSecond, secondsLeft: undefined });
  }
  return events.map((event) => (event.kind === "progress" ? `${event.stage} ${event.tokens}` : event.kind));
}

it("tells the condensing while all rows come from the store", () => {
  const steps: Step[] = [
    ["read", 50, undefined],
    ["condense", 10, 40],
    ["read", 100, undefined],
    ["condense", 20, 40],
  ];
  expect(told(steps)).toEqual(["condense 10", "condense 20"]);
});

it("tells the reading while something is read, and the condensing again afterwards", () => {
  const steps: Step[] = [
    ["read", 50, 400],
    ["condense", 10, 40],
    ["read", 100, 400],
    ["condense", 20, 40],
  ];
  expect(told(steps)).toEqual(["read 50", "read 100", "condense 20"]);
});

afterEach(() => vi.useRealTimers());

it("takes the rate from the time of evaluating, not from what is done with rows of the store", () => {
  vi.useFakeTimers();
  const rates: (number | undefined)[] = [];
  const progress = new StageProgress("read", 10_000, (event) => {
    if (event.kind === "progress") rates.push(event.tokensPerSecond);
  });
  for (const tokens of [4000, 4000]) {
    vi.advanceTimersByTime(60_000);
    progress.reused(tokens);
  }
  for (const tokens of [400, 400]) {
    vi.advanceTimersByTime(2000);
    progress.evaluated(tokens);
  }
  expect(rates).toEqual([undefined, undefined, 200, 200]);
});
