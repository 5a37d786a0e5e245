import type { IncomingMessage, ServerResponse } from "node:http";
import { type Access, requireAccess } from "./access.ts";

/** What a web page may do that was allowed to ask. */
const CORS = {
  "access-control-allow-methods": "GET, POST, OPTIONS",
  "access-control-allow-headers": "*, authorization",
  "access-control-max-age": "600",
} as const;

export type ExchangeOptions = { readonly access: Access; readonly signal: AbortSignal };

/** A request and its reply. */
export class Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Aborted when the client goes away, or when the server stops. */
  readonly signal: AbortSignal;
  readonly #access: Access;
  readonly #gone = new AbortController();

  constructor(request: IncomingMessage, response: ServerResponse, { access, signal }: ExchangeOptions) {
    this.request = request;
    this.response = response;
    this.#access = access;
    // A response that was sent closes, too.
    response.once("close", () => {
      if (!response.writableFinished) this.#gone.abort(new Error("the client went away"));
    });
    this.signal = AbortSignal.any([signal, this.#gone.signal]);
  }

  /** "GET /v1/models". */
  get route(): string {
    const [path = ""] = (this.request.url ?? "").split("?");
    return `${this.request.method} ${path}`;
  }

  get isPreflight(): boolean {
    return this.request.method === "OPTIONS";
  }

  /** Whether the client left before it had its reply. */
  get isGone(): boolean {
    return this.#gone.signal.aborted;
  }

  /** Throws ApiError for a request that may not be answered. */
  requireAccess(): void {
    requireAccess(this.request, this.#access);
  }

  /** Headers that let an allowed web page see the reply; another page sees none. */
  get headers(): Readonly<Record<string, string>> {
    const { origin } = this.request.headers;
    if (origin === undefined || !this.#access.origins.includes(origin)) return {};
    return { "access-control-allow-origin": origin, vary: "origin", ...(this.isPreflight ? CORS : {}) };
  }

  json(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): void {
    const type = { "content-type": "application/json; charset=utf-8", "cache-control": "no-store" };
    this.response.writeHead(status, { ...this.headers, ...type, ...headers });
    this.response.end(`${JSON.stringify(body)}\n`);
  }

  /** Lets a page send what it wants to. */
  permit(): void {
    this.response.writeHead(204, this.headers).end();
  }
}
