import type { Sink } from "./sink.ts";

/** What waits until no paragraph and no table is open. */
export function createDeferred(sink: Sink, isParagraphOpen: () => boolean) {
  const steps: ((sink: Sink) => void)[] = [];
  let tables = 0;
  const flush = (): void => {
    if (tables > 0 || isParagraphOpen()) return;
    for (const step of steps.splice(0)) step(sink);
  };
  return {
    add: (step: (sink: Sink) => void): void => void steps.push(step),
    flush,
    isInTable: (): boolean => tables > 0,
    enterTable: (): void => {
      tables += 1;
    },
    leaveTable: (): void => {
      tables = Math.max(0, tables - 1);
      flush();
    },
  };
}
