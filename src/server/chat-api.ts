import { ApiError, apiError, isBug } from "./api-error.ts";
import { readJson } from "./body.ts";
import { parseChatRequest } from "./chat-request.ts";
import type { UrlOf } from "./completion.ts";
import { EventStream } from "./event-stream.ts";
import type { Exchange } from "./exchange.ts";
import { Queue } from "./queue.ts";
import { Replies } from "./reply.ts";
import { modelCalled, type ServedModel } from "./served.ts";

export type ChatApiOptions = {
  /** At least one. */
  readonly models: readonly ServedModel[];
  /** The most tokens that an answer may have, whatever a request says. */
  readonly answerTokens: number;
  readonly urlOf: UrlOf;
  /** Hears of bugs. */
  readonly onBug: (error: unknown) => void;
};

const MODELS = "GET /v1/models";
const COMPLETIONS = "POST /v1/chat/completions";

/** What the server answers, by routes of OpenAI's API. */
export class ChatApi {
  readonly #options: ChatApiOptions;
  readonly #queue = new Queue();
  readonly #replies: Replies;
  readonly #startSeconds = Math.floor(Date.now() / 1000);

  constructor(options: ChatApiOptions) {
    this.#options = options;
    this.#replies = new Replies(options.urlOf);
  }

  /** Replies to a request, if only with an error. Returns its route, with nothing in it that the client chose. */
  async answer(exchange: Exchange): Promise<string> {
    let route = "refused";
    try {
      exchange.requireAccess();
      route = routeOf(exchange.route);
      await this.#answer(exchange);
    } catch (error) {
      // Nobody hears what follows from going away.
      if (exchange.isGone) return route;
      if (isBug(error)) this.#options.onBug(error);
      const { status, body, headers } = apiError(error);
      exchange.json(status, body, headers);
    }
    return route;
  }

  async #answer(exchange: Exchange): Promise<void> {
    const { route } = exchange;
    if (exchange.isPreflight) return exchange.permit();
    if (route === COMPLETIONS) return this.#complete(exchange);
    const { models } = this.#options;
    if (route === MODELS) {
      exchange.json(200, { object: "list", data: models.map((model) => this.#listed(model)) });
      return;
    }
    exchange.json(200, this.#listed(modelCalled(nameIn(route), models)));
  }

  async #complete(exchange: Exchange): Promise<void> {
    const { signal } = exchange;
    const request = parseChatRequest(await readJson(exchange.request), this.#options.answerTokens);
    const model = modelCalled(request.model, this.#options.models);
    if (!request.stream) {
      const reply = await this.#queue.run(signal, () =>
        model.use(signal, (session) => this.#replies.whole({ request, session, signal })),
      );
      exchange.json(200, reply);
      return;
    }
    const stream = new EventStream(exchange.response, exchange.headers);
    try {
      await this.#queue.run(signal, () =>
        model.use(signal, (session) => this.#replies.streamed({ request, session, signal }, stream)),
      );
    } catch (error) {
      if (!stream.isOpen || exchange.isGone) throw error;
      if (isBug(error)) this.#options.onBug(error);
      stream.fail(apiError(error).body);
    } finally {
      stream.stop();
    }
  }

  #listed({ name }: ServedModel) {
    return { id: name, object: "model", created: this.#startSeconds, owned_by: "focus" } as const;
  }
}

/** Throws ApiError for a route that there is not. */
function routeOf(route: string): string {
  if (route.startsWith("OPTIONS ")) return "OPTIONS";
  if (route === MODELS || route === COMPLETIONS) return route;
  if (route.startsWith(`${MODELS}/`)) return `${MODELS}/NAME`;
  throw new ApiError(404, `there is no ${route}; there are ${MODELS}, ${MODELS}/NAME and ${COMPLETIONS}`, {
    code: "unknown_url",
  });
}

function nameIn(route: string): string {
  try {
    return decodeURIComponent(route.slice(MODELS.length + 1));
  } catch (cause) {
    throw new ApiError(400, "the model's name is not encoded as a URL wants it", {
      code: "invalid_request",
      cause,
    });
  }
}
