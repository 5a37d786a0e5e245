import type { SessionHost } from "../../src/session/host.ts";
import type { openSession } from "../../src/session/open-documents.ts";
import type { FoundSources } from "../../src/session/sources.ts";
import { unlessAborted } from "../../src/session/unless-aborted.ts";
import { openFakeSession } from "./fake-session.ts";

/** A session that is being opened, was opened, or is closed again. */
export type SlowOpening = {
  readonly sources: FoundSources["sources"];
  readonly signal: AbortSignal;
  /** Tells those who wait for it. */
  readonly onEvent: SessionHost["onEvent"];
  /** Lets it go on, or fail. */
  readonly goOn: (failure?: Error) => void;
  readonly isClosed: () => boolean;
};

/**
 * Opens sessions as if a model had to be pulled for each first: they wait until the test lets them go on. One that is
 * `deaf` hears of being stopped only then, as in the middle of a large file.
 */
export function slowOpenings({ isDeaf = false } = {}) {
  const begun: SlowOpening[] = [];
  const open: typeof openSession = async (found, host: SessionHost) => {
    let goOn: SlowOpening["goOn"] = () => undefined;
    const pulled = new Promise<void>((done, fail) => {
      goOn = (failure) => (failure === undefined ? done() : fail(failure));
    });
    let isClosed = false;
    begun.push({
      sources: found.sources,
      signal: host.signal,
      onEvent: host.onEvent,
      goOn,
      isClosed: () => isClosed,
    });
    await (isDeaf ? pulled : unlessAborted(pulled, host.signal));
    return openFakeSession(found, isDeaf ? { ...host, signal: new AbortController().signal } : host, () => {
      isClosed = true;
    });
  };
  return { begun, open };
}
