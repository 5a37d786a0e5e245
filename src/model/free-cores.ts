import { cpus } from "node:os";

type Sample = { readonly atMs: number; readonly busyMs: number; readonly ownMs: number };

function sample(): Sample {
  const busyMs = cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0);
  const { user, system } = process.cpuUsage();
  return { atMs: performance.now(), busyMs, ownMs: (user + system) / 1000 };
}

/**
 * Starts measuring how many logical cores other programs keep busy; the returned function tells it, for the time between
 * the two calls. Load averages would count our own last run.
 */
export function measureBusyCores(): () => number {
  const start = sample();
  return () => {
    const end = sample();
    const others = end.busyMs - start.busyMs - (end.ownMs - start.ownMs);
    return Math.max(0, others / Math.max(1, end.atMs - start.atMs));
  };
}
