import { onAbort } from "../model/remote/on-abort.ts";

/** Settles as the promise does, or fails with the signal's reason when that is aborted before. */
export function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((done, fail) => {
    if (signal.aborted) fail(signal.reason);
    const forget = onAbort(signal, () => fail(signal.reason));
    promise.then(done, fail).finally(forget);
  });
}
