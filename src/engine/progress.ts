import type { EngineEvent, EngineListener } from "./events.ts";

type Stage = Extract<EngineEvent, { kind: "progress" }>["stage"];

/** A rate is told only after so much time was measured. */
const SETTLED_MS = 1500;

/** Counts a stage's tokens and tells rate and time left; tokens found in the store do not count towards the rate. */
export class StageProgress {
  readonly #stage: Stage;
  readonly #listener: EngineListener;
  readonly #startMs = performance.now();
  #total: number;
  #evaluated = 0;
  #reused = 0;

  constructor(stage: Stage, totalTokens: number, listener: EngineListener) {
    this.#stage = stage;
    this.#total = totalTokens;
    this.#listener = listener;
  }

  get evaluatedTokens(): number {
    return this.#evaluated;
  }

  get reusedTokens(): number {
    return this.#reused;
  }

  evaluated(tokens: number): void {
    this.#evaluated += tokens;
    this.#tell();
  }

  reused(tokens: number): void {
    this.#reused += tokens;
    this.#tell();
  }

  /** Work that turned up on the way, such as a damaged chunk that is read again. */
  extend(tokens: number): void {
    this.#total += tokens;
  }

  #tell(): void {
    const elapsedMs = performance.now() - this.#startMs;
    const settled = elapsedMs >= SETTLED_MS && this.#evaluated > 0;
    const tokensPerSecond = settled ? (this.#evaluated / elapsedMs) * 1000 : undefined;
    const left = this.#total - this.#evaluated - this.#reused;
    this.#listener({
      kind: "progress",
      stage: this.#stage,
      tokens: this.#evaluated + this.#reused,
      totalTokens: this.#total,
      tokensPerSecond,
      secondsLeft: tokensPerSecond === undefined ? undefined : Math.max(0, left / tokensPerSecond),
    });
  }
}
