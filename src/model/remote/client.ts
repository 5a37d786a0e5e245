import { ModelError } from "../../errors.ts";
import { ServerFailure } from "./failure.ts";
import { askEvents, askJson } from "./http.ts";
import { PATIENCE, type Patience, Retries } from "./retries.ts";
import { Server, serverFor } from "./servers.ts";
import { TIMEOUTS, type Timeouts } from "./transport.ts";

export type ClientOptions = {
  readonly urls: readonly string[];
  /** Sent as a bearer token. */
  readonly key: string | undefined;
  /** Requests in flight, to each server. */
  readonly concurrency: number;
  /** Hears of servers that are away, and are back. */
  readonly onNotice: (message: string) => void;
  readonly patience?: Patience | undefined;
  readonly timeouts?: Timeouts | undefined;
};

export type Request = {
  readonly path: string;
  readonly body?: unknown;
  /** What the prompt begins with, to find the server that has it. */
  readonly route: string;
  readonly signal: AbortSignal;
};

/** Asks servers, as many requests at once as they bear, again and again while there is hope. Requests change nothing there. */
export class Client {
  readonly servers: readonly Server[];
  readonly #options: ClientOptions;

  constructor(options: ClientOptions) {
    this.#options = options;
    this.servers = options.urls.map((url) => new Server(url, options.concurrency));
  }

  /** What `read` makes of the answer's JSON. Throws ModelError when tries are of no use any more, or the signal's reason. */
  async json<T>(request: Request, read: (answer: unknown) => T): Promise<T> {
    const tries = this.tries(request.signal);
    for (;;) {
      const server = serverFor(this.servers, request.route);
      try {
        return await this.#once(server, request, read);
      } catch (error) {
        await tries(error);
      }
    }
  }

  /** What `read` makes of the events of a stream, asked once. Throws ServerFailure. */
  async *events<T>(
    { route, path, body, signal }: Request,
    read: (event: unknown) => T,
  ): AsyncGenerator<T, void> {
    const server = serverFor(this.servers, route);
    const leave = await server.gate.enter(signal);
    const events = askEvents(this.#request(server, { path, body, signal }));
    let hasAnswered = false;
    try {
      for (;;) {
        const next = await this.#watched(server, () => events.next());
        if (!hasAnswered) this.#answered(server);
        hasAnswered = true;
        if (next.done) return;
        yield await this.#watched(server, async () => read(next.value));
      }
    } finally {
      await events.return();
      leave();
    }
  }

  /** What is to be awaited with each failure of one request: it ends when the next try is due. Throws ModelError. */
  tries(signal: AbortSignal): (error: unknown) => Promise<void> {
    const retries = new Retries(this.#options.patience ?? PATIENCE);
    return async (error) => {
      signal.throwIfAborted();
      if (!(error instanceof ServerFailure)) throw error;
      if (!retries.mayGoOn(error)) throw asModelError(error);
      await retries.wait(error, signal);
    };
  }

  #once<T>(server: Server, { path, body, signal }: Request, read: (answer: unknown) => T): Promise<T> {
    const sent = this.#request(server, { path, body, signal });
    const work = async (): Promise<T> => read(await askJson(sent));
    return server.gate.pass(async () => {
      const answer = await this.#watched(server, work);
      this.#answered(server);
      return answer;
    }, signal);
  }

  #request(server: Server, { path, body, signal }: Omit<Request, "route">) {
    const { key, timeouts = TIMEOUTS } = this.#options;
    return { url: server.address(path), body, key, signal, timeouts };
  }

  /** Once a request. */
  #answered(server: Server): void {
    server.gate.widen();
    if (server.isNowHere()) this.#options.onNotice(`${server.url} answers again`);
  }

  /** Notes what a failure tells of the server: one with too many requests keeps its chunks, others take those of one that is away. */
  async #watched<T>(server: Server, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ServerFailure)) throw error;
      const failure = named(server, error);
      const { status, again, message } = failure;
      if (status === 429 || status === 503) server.gate.narrow();
      if (again === "patiently" && status !== 429 && server.isNowAway()) {
        this.#options.onNotice(`${message}; focus goes on trying`);
      }
      throw failure;
    }
  }
}

function named({ url }: Server, failure: ServerFailure): ServerFailure {
  const { message, again, status, afterMs, hint, cause } = failure;
  return new ServerFailure(`${url}: ${message}`, { again, status, afterMs, hint, cause });
}

export function asModelError(failure: ServerFailure): ModelError {
  return new ModelError(failure.message, {
    code: "model.server",
    hint: failure.hint ?? "look whether the server runs and is the right one: focus doctor --engine URL",
    cause: failure,
  });
}
