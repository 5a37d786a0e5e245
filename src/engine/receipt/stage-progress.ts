import type { EngineEvent, EngineListener } from "../events.ts";

type Stage = Extract<EngineEvent, { kind: "progress" }>["stage"];

/** A rate is told only after so much time was measured. */
const SETTLED_MS = 1500;

/** Counts a stage's tokens and tells rate and time left; tokens found in the store, and what is done with them, do not count towards the rate. */
export class StageProgress {
  readonly #stage: Stage;
  readonly #listener: EngineListener;
  readonly #total: number;
  readonly #mayEndEarly: boolean;
  /** Time of the last event, and how much of all time ended in tokens that were evaluated. */
  #lastMs = performance.now();
  #evaluatingMs = 0;
  #evaluated = 0;
  #reused = 0;

  /** `total`: tokens of the stage; of `atMost` so many fewer may do. */
  constructor(stage: Stage, total: number | { readonly atMost: number }, listener: EngineListener) {
    this.#stage = stage;
    this.#mayEndEarly = typeof total !== "number";
    this.#total = typeof total === "number" ? total : total.atMost;
    this.#listener = listener;
  }

  /** Tokens that went through the model. */
  get evaluatedTokens(): number {
    return this.#evaluated;
  }

  /** Tokens whose rows came from the store. */
  get reusedTokens(): number {
    return this.#reused;
  }

  evaluated(tokens: number): void {
    this.#evaluatingMs += performance.now() - this.#lastMs;
    this.#evaluated += tokens;
    this.#tell();
  }

  reused(tokens: number): void {
    this.#reused += tokens;
    this.#tell();
  }

  #tell(): void {
    this.#lastMs = performance.now();
    const settled = this.#evaluatingMs >= SETTLED_MS;
    const tokensPerSecond = settled ? (this.#evaluated / this.#evaluatingMs) * 1000 : undefined;
    const tokens = Math.min(this.#total, this.#evaluated + this.#reused);
    this.#listener({
      kind: "progress",
      stage: this.#stage,
      tokens,
      totalTokens: this.#total,
      ...(this.#mayEndEarly ? { mayEndEarly: true as const } : {}),
      tokensPerSecond,
      secondsLeft: tokensPerSecond === undefined ? undefined : (this.#total - tokens) / tokensPerSecond,
    });
  }
}

/**
 * Of reading and condensing, which candidates make go on at once, tells the one whose time is known: reading, and where
 * nothing is read anew, condensing.
 */
export function oneStage(listener: EngineListener): EngineListener {
  let reading = false;
  return (event) => {
    if (event.kind === "progress" && event.stage === "read") {
      reading = event.tokensPerSecond !== undefined && event.tokens < event.totalTokens;
      if (event.tokensPerSecond === undefined) return;
    }
    if (event.kind === "progress" && event.stage === "condense" && reading) return;
    listener(event);
  };
}
