import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { completions } from "./stand-in-completions.ts";
import { type Body, chatTokens, type Exchange, reply } from "./stand-in-exchange.ts";
import { type StandInModel, shapeOf } from "./stand-in-model.ts";

export type StandInOptions = {
  /** "openai": chat completions and a list of models, nothing else. */
  readonly kind?: "sglang" | "vllm" | "openai";
  /** The model's name at the server. */
  readonly name?: string;
  /** Wanted with every request. */
  readonly key?: string;
  /** Before each answer of a model. */
  readonly latencyMs?: number;
  /** Whether /tokenize is offered. */
  readonly tokenizes?: boolean;
  /** Does something else than answering, and returns true then. */
  readonly instead?: (path: string, response: ServerResponse) => boolean;
  /** 0: any that is free. */
  readonly port?: number;
};

export type Seen = { readonly path: string; readonly body: Body };

/** A server on this machine that speaks the protocols of SGLang and vLLM as far as focus asks for them. */
export class StandInServer {
  readonly port: number;
  readonly url: string;
  readonly seen: Seen[] = [];
  /** The most requests that were under way at once. */
  most = 0;
  readonly #close: () => void;

  private constructor(port: number, close: () => void) {
    this.port = port;
    this.url = `http://127.0.0.1:${port}`;
    this.#close = close;
  }

  static async start(model: StandInModel, options: StandInOptions = {}): Promise<StandInServer> {
    let own: StandInServer | undefined;
    let underWay = 0;
    const server = createServer((request, response) => {
      underWay += 1;
      response.on("close", () => {
        underWay -= 1;
      });
      if (own !== undefined) own.most = Math.max(own.most, underWay);
      const seen = own?.seen ?? [];
      serve(request, response, { model, options, seen }).catch((error: unknown) => {
        // A bug of the test's own: a lost connection would be waited for.
        console.error(error);
        if (response.headersSent) response.destroy();
        else reply(response, {}, 500);
      });
    });
    await new Promise<void>((resolve) => server.listen(options.port ?? 0, "127.0.0.1", resolve));
    own = new StandInServer((server.address() as AddressInfo).port, () => {
      server.closeAllConnections();
      server.close();
    });
    return own;
  }

  /** As when its process is killed: connections break. */
  kill(): void {
    this.#close();
  }

  [Symbol.dispose](): void {
    this.#close();
  }
}

type Serving = { readonly model: StandInModel; readonly options: StandInOptions; readonly seen: Seen[] };

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  { model, options, seen }: Serving,
): Promise<void> {
  const { kind = "sglang", name = "small", latencyMs = 0, tokenizes = true } = options;
  const path = request.url ?? "";
  const body = (request.method === "POST" ? await json(request) : {}) as Body;
  seen.push({ path, body });
  if (options.instead?.(path, response) === true) return;
  if (options.key !== undefined && request.headers.authorization !== `Bearer ${options.key}`) {
    reply(response, { error: "who are you?" }, 401);
    return;
  }
  const exchange = { path, body, response };
  const told = {
    "/v1/models": { data: [{ id: name, max_model_len: 2048 }] },
    ...(kind === "vllm" ? { "/version": { version: "0.33.0" } } : {}),
    ...(kind === "sglang"
      ? { "/model_info": { model_path: name }, "/server_info": { version: "0.5.23" } }
      : {}),
  }[path];
  if (told !== undefined) reply(response, told);
  else if (path === "/tokenize" && tokenizes && kind !== "openai") tokenize(exchange, model);
  else {
    await sleep(latencyMs);
    if (path === "/v1/chat/completions") await completions(exchange, model, "chat");
    else if (kind === "vllm" && path === "/v1/completions") await completions(exchange, model, "tokens");
    else if (kind === "sglang" && path === "/generate") await generate(exchange, model);
    else reply(response, { detail: "Not Found" }, 404);
  }
}

/** Prompts and conversations, as SGLang 0.5.23 and vLLM 0.32 do. */
function tokenize({ body, response }: Exchange, { model }: StandInModel): void {
  const { prompt, messages } = body;
  if (typeof prompt === "string") reply(response, { tokens: [...model.tokenize(prompt)] });
  else if (messages === undefined) reply(response, {}, 422);
  else reply(response, { tokens: chatTokens(model, messages) });
}

/** SGLang's own: [log-probability, token, text] from logprob_start_len on; streams hold all tokens so far. */
async function generate({ body, response }: Exchange, stand: StandInModel): Promise<void> {
  const { input_ids: tokens = [], sampling_params: sampling, return_logprob, stream } = body;
  const { max_new_tokens: maxTokens = 128, json_schema } = sampling ?? {};
  const { logprob_start_len: start = 0, return_text_in_logprobs: withText } = body;
  const { model } = stand;
  if (return_logprob === true) {
    const { values, cached } = await stand.score(tokens, start);
    const input_token_logprobs = values.map((value, i) => {
      const token = tokens[start + i] ?? 0;
      return [value, token, withText === true ? model.detokenize([token]) : null];
    });
    const meta_info = { prompt_tokens: tokens.length, cached_tokens: cached, input_token_logprobs };
    reply(response, { output_ids: [], meta_info });
    return;
  }
  if (maxTokens === 0) {
    const cached_tokens = await stand.warm(tokens);
    reply(response, { output_ids: [], meta_info: { prompt_tokens: tokens.length, cached_tokens } });
    return;
  }
  const output_ids: number[] = [];
  const answer = (finish_reason: object | null) => {
    return { output_ids, meta_info: { completion_tokens: output_ids.length, finish_reason } };
  };
  const stopped = new AbortController();
  response.on("close", () => stopped.abort());
  const shape = json_schema === undefined ? {} : { shape: shapeOf(JSON.parse(json_schema)) };
  if (stream === true) response.writeHead(200, { "content-type": "text/event-stream" });
  await stand.generate(tokens, { maxTokens, ...shape, signal: stopped.signal }, (token) => {
    output_ids.push(token);
    if (stream === true) response.write(`data: ${JSON.stringify(answer(null))}\n\n`);
  });
  const whole = answer({ type: output_ids.length < maxTokens ? "stop" : "length" });
  if (stream === true) response.end(`data: ${JSON.stringify(whole)}\n\ndata: [DONE]\n\n`);
  else reply(response, whole);
}
