/** What is to be done when a signal is aborted. Node warns of signals with more than ten listeners: each has one. */
const tasks = new WeakMap<AbortSignal, Set<() => void>>();

/** Has `stop` called when the signal is aborted; what it returns takes that back. */
export function onAbort(signal: AbortSignal, stop: () => void): () => void {
  const own = tasks.get(signal) ?? listen(signal);
  own.add(stop);
  return () => own.delete(stop);
}

function listen(signal: AbortSignal): Set<() => void> {
  const own = new Set<() => void>();
  tasks.set(signal, own);
  signal.addEventListener("abort", () => {
    for (const stop of [...own]) stop();
  });
  return own;
}

/** Throws the signal's reason when it is aborted before the time is over. */
export async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => {
      forget();
      resolve();
    }, ms);
    const forget = onAbort(signal, () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}
