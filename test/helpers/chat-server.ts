import { request } from "node:http";
import OpenAI from "openai";
import type { Access } from "../../src/server/access.ts";
import { ChatServer, type ServerOptions } from "../../src/server/server.ts";
import type { GivenSettings } from "../../src/session/settings.ts";
import type { FakeModel, FakeOptions } from "./fake-model.ts";
import { fakeSession } from "./fake-session.ts";

export const LOOPBACK: Access = { isLoopback: true, token: undefined, hosts: [], origins: [] };

export type Served = {
  readonly server: ChatServer;
  /** OpenAI's own client, which tries everything once. */
  readonly client: OpenAI;
  readonly model: FakeModel;
  /** Lines of the log. */
  readonly log: readonly string[];
  readonly bugs: readonly unknown[];
  readonly stop: (reason: Error) => void;
  [Symbol.asyncDispose](): Promise<void>;
};

type Given = Partial<Omit<ServerOptions, "signal" | "models">> & {
  readonly settings?: GivenSettings;
  readonly modelOptions?: FakeOptions;
};

/** A server of papers.md on a free port, with a session on a model without weights. */
export async function chatServer({
  settings = {},
  modelOptions = {},
  ...given
}: Given = {}): Promise<Served> {
  const { session, model } = await fakeSession(settings, modelOptions);
  const controller = new AbortController();
  const log: string[] = [];
  const bugs: unknown[] = [];
  const server = await ChatServer.start({
    host: "127.0.0.1",
    port: 0,
    access: LOOPBACK,
    models: [{ name: "papers.md", use: (_signal, work) => work(session) }],
    answerTokens: 48,
    urlOf: ({ path }) => `file:///home/me/${path}`,
    signal: controller.signal,
    onRequest: (line) => log.push(line),
    onBug: (error) => bugs.push(error),
    ...given,
  });
  const client = new OpenAI({ baseURL: server.url, apiKey: "none at all", maxRetries: 0 });
  const close = async (): Promise<void> => {
    controller.abort(new Error("the test is over"));
    await server.close();
    await session.close();
  };
  const stop = (reason: Error): void => controller.abort(reason);
  return { server, client, model, log, bugs, stop, [Symbol.asyncDispose]: close };
}

export type Reply = {
  readonly status: number | undefined;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly text: string;
};

/** A request with any headers, those that browsers set by themselves among them. */
export function send(
  url: string,
  { method = "GET", headers = {}, body = "" }: { method?: string; headers?: object; body?: string },
): Promise<Reply> {
  return new Promise((done, fail) => {
    const sent = request(url, { method, headers: { ...headers } }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("end", () => {
        const { statusCode: status, headers: given } = response;
        done({ status, headers: given, text: Buffer.concat(parts).toString() });
      });
    });
    sent.on("error", fail);
    sent.end(body);
  });
}
