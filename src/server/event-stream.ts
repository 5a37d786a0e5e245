import type { ServerResponse } from "node:http";

/** Clients and proxies give up on a connection on which nothing comes for a minute. */
const REMIND_EVERY_MS = 10_000;

/** Server-sent events of one reply; its head goes out with the first of them, so that until then a reply may be an error. */
export class EventStream {
  readonly #response: ServerResponse;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #reminder: NodeJS.Timeout;

  constructor(response: ServerResponse, headers: Readonly<Record<string, string>>) {
    this.#response = response;
    this.#headers = headers;
    this.#reminder = setInterval(() => this.#write(": working\n\n"), REMIND_EVERY_MS);
  }

  get isOpen(): boolean {
    return this.#response.headersSent;
  }

  send(data: unknown): void {
    this.#write(`data: ${JSON.stringify(data)}\n\n`);
  }

  /** As OpenAI's streams end. */
  end(): void {
    this.#write("data: [DONE]\n\n");
    this.stop();
    this.#response.end();
  }

  /** Ends with an error, in OpenAI's form. */
  fail(body: unknown): void {
    this.send(body);
    this.stop();
    this.#response.end();
  }

  /** No more reminders. */
  stop(): void {
    clearInterval(this.#reminder);
  }

  #write(text: string): void {
    if (this.#response.destroyed) return;
    if (!this.isOpen) {
      const type = { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-store" };
      this.#response.writeHead(200, { ...this.#headers, ...type });
    }
    this.#response.write(text);
  }
}
