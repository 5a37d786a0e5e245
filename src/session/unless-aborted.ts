/** Settles as the promise does, or fails with the signal's reason when that is aborted before. */
export function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((done, fail) => {
    const leave = (): void => fail(signal.reason);
    const forget = (): void => signal.removeEventListener("abort", leave);
    if (signal.aborted) leave();
    signal.addEventListener("abort", leave, { once: true });
    promise.then(done, fail).finally(forget);
  });
}
