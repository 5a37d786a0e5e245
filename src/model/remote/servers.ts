import { createHash } from "node:crypto";
import { Gate } from "./gate.ts";

/** A server that did not answer is asked last for so long. */
const AWAY_MS = 10_000;

/** One of the servers of a model. */
export class Server {
  /** Without a slash at its end. */
  readonly url: string;
  readonly gate: Gate;
  #awayUntilMs = 0;

  constructor(url: string, concurrency: number) {
    this.url = url.replace(/\/+$/u, "");
    this.gate = new Gate(concurrency);
  }

  get isAway(): boolean {
    return performance.now() < this.#awayUntilMs;
  }

  /** Whether that is news. */
  isNowAway(): boolean {
    const isNews = this.#awayUntilMs === 0;
    this.#awayUntilMs = performance.now() + AWAY_MS;
    return isNews;
  }

  /** Whether that is news. */
  isNowHere(): boolean {
    const isNews = this.#awayUntilMs !== 0;
    this.#awayUntilMs = 0;
    return isNews;
  }

  /** Bases are given with or without /v1, as the servers' own documents do. */
  address(path: string): string {
    return this.url.endsWith("/v1") && path.startsWith("/v1/")
      ? `${this.url}${path.slice("/v1".length)}`
      : `${this.url}${path}`;
  }
}

/**
 * Who is asked about what begins with `route`: the server with the highest hash of both (rendezvous hashing), so that each
 * chunk has one whose prefix cache has it, whatever the number of servers; where that one is away, the next.
 */
export function serverFor(servers: readonly Server[], route: string): Server {
  const here = servers.filter((server) => !server.isAway);
  const [first, ...rest] = here.length > 0 ? here : servers;
  if (first === undefined) throw new Error("there is no server");
  if (rest.length === 0) return first;
  return [first, ...rest].reduce((best, server) => {
    return rank(server, route) > rank(best, route) ? server : best;
  });
}

function rank({ url }: Server, route: string): string {
  return createHash("sha256").update(`${url}\n${route}`).digest("hex");
}
