import { Agent, type ClientRequest, type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps, Agent as TlsAgent } from "node:https";
import { connectionFailure, garbled, ServerFailure, statusFailure } from "./failure.ts";
import { onAbort } from "./on-abort.ts";

/** To the first byte of an answer: it may take as long as a full queue before it, and headers may come long before that. */
const FIRST_BYTE_MS = 300_000;
/** Between two pieces of an answer that has begun. */
const IDLE_MS = 60_000;
/** No answer to one chunk is longer; a server that never ends is cut off. */
const MOST_BYTES = 64 * 2 ** 20;

export type Timeouts = { readonly firstByteMs: number; readonly idleMs: number };

export const TIMEOUTS: Timeouts = { firstByteMs: FIRST_BYTE_MS, idleMs: IDLE_MS };

export type HttpRequest = {
  readonly url: string;
  /** Sent as JSON by POST; absent: GET. */
  readonly body?: unknown;
  readonly key: string | undefined;
  readonly signal: AbortSignal;
  readonly timeouts: Timeouts;
};

/** A connection without a request is closed before the servers do so (5 s): a request that meets that is lost. */
const UNUSED_MS = 4000;
/** Connections are kept for the next request. `fetch` would take three times as much of a core with dozens in flight. */
const KEEPING = { keepAlive: true, timeout: UNUSED_MS };
const KEPT = { http: new Agent(KEEPING), https: new TlsAgent(KEEPING) };

/** The bytes of an answer as they come. Throws ServerFailure, or the signal's reason. */
export async function* sentBytes({
  url,
  body,
  key,
  signal,
  timeouts,
}: HttpRequest): AsyncGenerator<Uint8Array> {
  signal.throwIfAborted();
  using watch = new Watch(signal);
  try {
    watch.expect(timeouts.firstByteMs, `sends no answer for ${timeouts.firstByteMs / 1000} s`);
    const response = await answerTo({ url, body, key }, watch);
    const { statusCode: status = 0 } = response;
    if (status < 200 || status > 299) throw statusFailure(status, response.headers["retry-after"]);
    let bytes = 0;
    for (const parts = response[Symbol.asyncIterator](); ; ) {
      const { done, value } = await parts.next();
      if (done === true) return;
      bytes += value.length;
      if (bytes > MOST_BYTES) throw garbled(`is longer than ${MOST_BYTES / 2 ** 20} MiB`);
      yield value;
      watch.expect(timeouts.idleMs, `stops in the middle for ${timeouts.idleMs / 1000} s`);
    }
  } catch (error) {
    signal.throwIfAborted();
    throw watch.failure ?? connectionFailure(error);
  }
}

/** Follows no redirect: documents go nowhere else than they were sent. */
function answerTo(
  { url, body, key }: Pick<HttpRequest, "url" | "body" | "key">,
  watch: Watch,
): Promise<IncomingMessage> {
  const bytes = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
  const headers = {
    accept: "*/*",
    "user-agent": "focus",
    ...(bytes === undefined ? {} : { "content-type": "application/json", "content-length": bytes.length }),
    ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
  };
  const options = { method: bytes === undefined ? "GET" : "POST", headers };
  const request = url.startsWith("https:")
    ? requestHttps(url, { ...options, agent: KEPT.https })
    : requestHttp(url, { ...options, agent: KEPT.http });
  return new Promise((resolve, reject) => {
    request.on("error", reject);
    request.on("response", (response) => {
      // A read tells of it; where nobody reads on, it is of no interest.
      response.on("error", () => undefined);
      watch.over(request, response);
      resolve(response);
    });
    watch.over(request);
    request.end(bytes);
  });
}

/** Ends a request when its caller does, when nothing comes for too long, and when nobody listens any more. */
class Watch implements Disposable {
  readonly #forget: () => void;
  #request: ClientRequest | undefined;
  #response: IncomingMessage | undefined;
  #timer: NodeJS.Timeout | undefined;
  failure: ServerFailure | undefined;

  constructor(caller: AbortSignal) {
    this.#forget = onAbort(caller, () => this.#end());
  }

  over(request: ClientRequest, response?: IncomingMessage): void {
    this.#request = request;
    this.#response = response;
  }

  expect(ms: number, otherwise: string): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.failure = new ServerFailure(`it ${otherwise}`, { again: "patiently" });
      this.#end();
    }, ms);
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#forget();
    this.#end();
  }

  /** An answer that was read to its end leaves its connection to the next request. */
  #end(): void {
    if (this.#response?.readableEnded !== true) this.#request?.destroy();
  }
}
