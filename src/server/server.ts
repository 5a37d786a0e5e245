import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { UsageError } from "../errors.ts";
import { errorCode } from "../fs/system-error.ts";
import type { Access } from "./access.ts";
import { ChatApi, type ChatApiOptions } from "./chat-api.ts";
import { Exchange } from "./exchange.ts";

/** Of a client that does not send what it began. */
const REQUEST_TIMEOUT_MS = 30_000;
/** More than may wait, so that the next one hears that too many do. */
const MOST_CONNECTIONS = 128;

export type ServerOptions = ChatApiOptions & {
  /** An address or a name of this machine. */
  readonly host: string;
  /** 0: one that is free. */
  readonly port: number;
  readonly access: Access;
  /** Stops every request; its reason is told to those who wait. */
  readonly signal: AbortSignal;
  /** Hears of every request: its route, the status of the reply and the seconds; nothing that the client chose. */
  readonly onRequest: (line: string) => void;
};

/** Serves OpenAI's chat completions over HTTP. */
export class ChatServer {
  readonly #options: ServerOptions;
  readonly #server: Server;
  readonly #api: ChatApi;
  readonly #running = new Set<Promise<void>>();

  private constructor(options: ServerOptions) {
    this.#options = options;
    this.#api = new ChatApi(options);
    this.#server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS }, (request, response) => {
      const run = this.#serve(new Exchange(request, response, options));
      this.#running.add(run);
      void run.finally(() => this.#running.delete(run));
    });
    this.#server.maxConnections = MOST_CONNECTIONS;
  }

  /** Throws UsageError where the address or the port cannot be had. */
  static async start(options: ServerOptions): Promise<ChatServer> {
    const server = new ChatServer(options);
    await new Promise<void>((done, fail) => {
      server.#server.once("error", (error) => fail(notListening(error, options)));
      server.#server.listen(options.port, options.host, done);
    });
    return server;
  }

  /** The base URL that clients are given. */
  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    const { host } = this.#options;
    return `http://${host.includes(":") ? `[${host}]` : host}:${port}/v1`;
  }

  /** Takes no more requests; ends when those that run have ended, which the signal stops. */
  async close(): Promise<void> {
    this.#server.close();
    await Promise.all(this.#running);
    this.#server.closeAllConnections();
  }

  async #serve(exchange: Exchange): Promise<void> {
    const startMs = performance.now();
    const route = await this.#api.answer(exchange);
    const seconds = (performance.now() - startMs) / 1000;
    const status = exchange.isGone ? "the client went away" : exchange.response.statusCode;
    this.#options.onRequest(`${route}: ${status}, ${seconds.toFixed(1)} s`);
  }
}

function notListening(cause: Error, { host, port }: Pick<ServerOptions, "host" | "port">): UsageError {
  const reasons: Readonly<Record<string, string>> = {
    EADDRINUSE: "another program listens there",
    EACCES: "this port needs more rights",
    EADDRNOTAVAIL: "this machine has no such address",
    ENOTFOUND: "there is no such name",
  };
  const reason = reasons[errorCode(cause) ?? ""] ?? cause.message;
  return new UsageError(`cannot listen on ${host}, port ${port}: ${reason}`, {
    hint: "name another port with --port; 0 takes one that is free",
    cause,
  });
}
