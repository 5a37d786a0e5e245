import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** How the server misbehaves; the first request comes first. */
export type Behaviour = {
  readonly body: Buffer;
  /** Bytes after which a request's connection is cut; absent for those that are answered whole. */
  readonly cutAfter?: readonly (number | undefined)[];
  readonly ranges?: boolean;
  /** null: none is sent. */
  readonly etag?: string | null;
  readonly status?: readonly (number | undefined)[];
  /** Where requests are sent to instead of being answered; absent for those that are. */
  readonly redirectTo?: readonly (string | undefined)[];
  /** Between pieces of 16 KiB. */
  readonly delayMs?: number;
  readonly contentLength?: boolean;
};

export type Seen = { readonly range: string | undefined; readonly status: number };

/** A server on this machine that gives one file; `seen` are its requests, `behave` changes it. */
export async function modelServer(first: Behaviour) {
  let behaviour = first;
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    answer(request, response, { behaviour, seen }).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const behave = (changes: Partial<Behaviour>): void => {
    behaviour = { ...behaviour, ...changes };
  };
  return { url: `http://127.0.0.1:${port}/model.gguf`, seen, behave, close: () => server.close() };
}

type Job = { readonly behaviour: Behaviour; readonly seen: Seen[] };

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { behaviour, seen }: Job,
): Promise<void> {
  const { body, cutAfter = [], ranges = true, etag = '"v1"', delayMs = 0, contentLength = true } = behaviour;
  const { range, "if-range": ifRange } = request.headers;
  const forced = behaviour.status?.[seen.length];
  const cut = cutAfter[seen.length];
  const location = behaviour.redirectTo?.[seen.length];
  const [, from = 0, to = body.length - 1] = /^bytes=(\d+)-(\d+)?$/u.exec(range ?? "") ?? [];
  const [start, end] = [Number(from), Number(to) + 1];
  const partial = ranges && range !== undefined && (ifRange === undefined || ifRange === etag);
  const answered = partial ? 206 : 200;
  const status = location === undefined ? (forced ?? answered) : 302;
  seen.push({ range, status });
  if (location !== undefined) {
    response.writeHead(status, { location }).end();
    return;
  }
  // A connection for each request: on a busy machine the reset of one reached the next on the same connection.
  response.shouldKeepAlive = false;
  if (etag !== null) response.setHeader("etag", etag);
  if (status >= 400) {
    response.writeHead(status).end("no");
    return;
  }
  const rest = partial ? body.subarray(start, end) : body;
  if (partial) response.setHeader("content-range", `bytes ${start}-${end - 1}/${body.length}`);
  if (contentLength) response.setHeader("content-length", rest.length);
  response.writeHead(status);
  if (request.method === "HEAD") {
    response.end();
    return;
  }
  await send(response, { rest: cut === undefined ? rest : rest.subarray(0, cut), delayMs });
  if (cut === undefined) response.end();
  else response.destroy();
}

async function send(
  response: ServerResponse,
  { rest, delayMs }: { rest: Buffer; delayMs: number },
): Promise<void> {
  const pieceBytes = 16 * 1024;
  for (let at = 0; at < rest.length && !response.destroyed; at += pieceBytes) {
    await new Promise((resolve) => response.write(rest.subarray(at, at + pieceBytes), resolve));
    if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
  }
}
