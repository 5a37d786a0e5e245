import type { Timings } from "../results.ts";

type Lap = "readMs" | "condenseMs" | "windowMs" | "answerMs" | "attributeMs";

/** Milliseconds of each stage; what no stage claims is in the total alone. */
export class StageClock {
  readonly #startMs = performance.now();
  readonly #laps = new Map<Lap, number>();
  #lapMs = this.#startMs;

  /** What passed since the last lap, less what is claimed for another stage of the same lap; laps of a stage add up. */
  lap(stage: Lap, claimed: Partial<Record<Lap, number>> = {}): void {
    const nowMs = performance.now();
    let own = nowMs - this.#lapMs;
    for (const [other, ms] of Object.entries(claimed) as [Lap, number][]) {
      this.#laps.set(other, ms);
      own -= ms;
    }
    this.#laps.set(stage, (this.#laps.get(stage) ?? 0) + own);
    this.#lapMs = nowMs;
  }

  /** `loadMs` was spent before this clock started; `firstTokenMs` counts from the window on. */
  timings(loadMs: number, firstTokenMs: number): Timings {
    const ms = (lap: Lap): number => this.#laps.get(lap) ?? 0;
    return {
      loadMs,
      readMs: ms("readMs"),
      condenseMs: ms("condenseMs"),
      windowMs: ms("windowMs"),
      firstTokenMs: loadMs + ms("readMs") + ms("condenseMs") + firstTokenMs,
      answerMs: ms("answerMs"),
      attributeMs: ms("attributeMs"),
      totalMs: loadMs + performance.now() - this.#startMs,
    };
  }
}
