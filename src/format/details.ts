import type { ModelInfo } from "../engine/results.ts";
import { count } from "./quantity.ts";

/** What a run says of itself under --verbose. */
export type Details = {
  readonly models: Readonly<Record<string, ModelInfo>>;
  /** Stage with "Ms" behind its name → milliseconds. */
  readonly timings: Readonly<Record<string, number>>;
};

/** A line for each model, and one with the time of every stage, in the order in which they come. */
export function detailLines({ models, timings }: Details): string[] {
  const named = Object.entries(models).map(
    ([role, { name, path, trainedContextTokens }]) =>
      `${role}: ${name}, trained for ${count(trainedContextTokens)} tokens, ${path}`,
  );
  const stages = Object.entries(timings).map(
    ([stage, ms]) => `${stageName(stage)} ${(ms / 1000).toFixed(2)} s`,
  );
  return [...named, `time: ${stages.join(", ")}`];
}

/** "firstTokenMs" → "first token". */
function stageName(key: string): string {
  return key.replace(/Ms$/u, "").replace(/[A-Z]/gu, (capital) => ` ${capital.toLowerCase()}`);
}
