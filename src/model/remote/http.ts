import { connectionFailure, garbled, ServerFailure, statusFailure } from "./failure.ts";
import { onAbort } from "./on-abort.ts";

/** An answer may take as long as a full queue before it does. */
const HEADERS_MS = 300_000;
/** Between two pieces of an answer that has begun. */
const IDLE_MS = 60_000;
/** No answer to one chunk is longer; a server that never ends is cut off. */
const MOST_BYTES = 64 * 2 ** 20;

export type Timeouts = { readonly headersMs: number; readonly idleMs: number };

export const TIMEOUTS: Timeouts = { headersMs: HEADERS_MS, idleMs: IDLE_MS };

export type HttpRequest = {
  readonly url: string;
  /** Sent as JSON by POST; absent: GET. */
  readonly body?: unknown;
  readonly key: string | undefined;
  readonly signal: AbortSignal;
  readonly timeouts: Timeouts;
};

/** The answer as parsed JSON. Throws ServerFailure, or the signal's reason. */
export async function fetchJson(request: HttpRequest): Promise<unknown> {
  const parts: Uint8Array[] = [];
  for await (const part of fetchBytes(request)) parts.push(part);
  return parsed(Buffer.concat(parts).toString("utf8"));
}

/**
 * The events of a stream (text/event-stream), each parsed JSON, up to `[DONE]`. Whoever stops listening ends the request.
 * Throws ServerFailure, also when the stream ends without that, or the signal's reason.
 */
export async function* fetchEvents(request: HttpRequest): AsyncGenerator<unknown, void> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const part of fetchBytes(request)) {
    const lines = (rest + decoder.decode(part, { stream: true })).split(/\r?\n/u);
    rest = lines.pop() ?? "";
    for (const line of lines) {
      if (!line.startsWith("data:")) continue;
      const data = line.slice("data:".length).trim();
      if (data === "[DONE]") return;
      yield parsed(data);
    }
  }
  throw garbled("ends in the middle");
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw garbled("is no whole JSON");
  }
}

async function* fetchBytes({ url, body, key, signal, timeouts }: HttpRequest): AsyncGenerator<Uint8Array> {
  signal.throwIfAborted();
  using watch = new Watch(signal);
  try {
    watch.expect(timeouts.headersMs, `sends no answer for ${timeouts.headersMs / 1000} s`);
    const response = await fetch(url, {
      method: body === undefined ? "GET" : "POST",
      headers: headers(body, key),
      redirect: "manual",
      signal: watch.signal,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok || response.body === null) throw statusFailure(response);
    let bytes = 0;
    for (const reader = response.body.getReader(); ; ) {
      watch.expect(timeouts.idleMs, `stops in the middle for ${timeouts.idleMs / 1000} s`);
      const { done, value } = await reader.read();
      if (done) return;
      bytes += value.length;
      if (bytes > MOST_BYTES) throw garbled(`is longer than ${MOST_BYTES / 2 ** 20} MiB`);
      yield value;
    }
  } catch (error) {
    signal.throwIfAborted();
    throw watch.failure ?? connectionFailure(error);
  }
}

function headers(body: unknown, key: string | undefined): Record<string, string> {
  return {
    ...(body === undefined ? {} : { "content-type": "application/json" }),
    ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
  };
}

/** Ends a request when its caller does, when nothing comes for too long, and when nobody listens any more. */
class Watch implements Disposable {
  readonly #own = new AbortController();
  readonly #forget: () => void;
  #timer: NodeJS.Timeout | undefined;
  failure: ServerFailure | undefined;

  constructor(caller: AbortSignal) {
    this.#forget = onAbort(caller, () => this.#own.abort());
  }

  get signal(): AbortSignal {
    return this.#own.signal;
  }

  expect(ms: number, otherwise: string): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.failure = new ServerFailure(`it ${otherwise}`, { again: "patiently" });
      this.#own.abort();
    }, ms);
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#forget();
    this.#own.abort();
  }
}
