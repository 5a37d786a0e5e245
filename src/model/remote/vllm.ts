import { field, firstChoice, list, requireNoError, tellStop, tokenList } from "./answers.ts";
import type { Client, Request } from "./client.ts";
import { garbled } from "./failure.ts";
import { type Call, type Generation, jsonSchemaOf, type OnStop, type Protocol } from "./protocol.ts";
import { type ReadEvent, streamed } from "./streamed.ts";

export type VllmOptions = {
  /** The model's name at the server. */
  readonly model: string;
  /** Keeps the prefix cache of one user from others. */
  readonly salt: string | undefined;
  /** Tokens that end the model's turn. */
  readonly endTokens: readonly number[];
  /** For servers that stream text without its tokens. */
  readonly tokenize: (text: string) => ArrayLike<number>;
};

/** Whatever the model's makers recommend, which vLLM would follow: answers are the same each time. */
const GREEDY = { temperature: 0, repetition_penalty: 1 };

/** vLLM's completions. Scoring evaluates the whole prompt anew each time: vLLM does not read its prefix cache for it. */
export function vllm(client: Client, { model, salt, endTokens, tokenize }: VllmOptions): Protocol {
  const request = (prompt: readonly number[], rest: object, { route, signal }: Call): Request => {
    const extra = salt === undefined ? {} : { cache_salt: salt };
    const body = { model, prompt, ...GREEDY, add_special_tokens: false, ...rest, ...extra };
    return { path: "/v1/completions", body, route, signal };
  };
  const outputOf = (event: unknown, onStop: OnStop): readonly number[] => {
    requireNoError(event);
    // The last event may tell of usage alone.
    if (list(field(event, "choices") ?? [], "choices").length === 0) return [];
    const { token_ids: ids, text, finish_reason: reason } = choiceOf(event);
    const tokens = Array.isArray(ids) ? tokenList(ids, "token_ids") : Array.from(tokenize(requireText(text)));
    tellStop(reason, onStop);
    return tokens;
  };
  return {
    score: (tokens, from, call) => {
      const asked = request(tokens, { max_tokens: 1, prompt_logprobs: 0 }, call);
      return client.json(asked, (answer) => scores(answer, tokens, from));
    },
    warm: (tokens, call) => {
      return client.json(request(tokens, { max_tokens: 1 }, call), choiceOf).then(() => {});
    },
    async *generate(tokens, { maxTokens, shape, onStop, ...call }: Generation) {
      const rest = { stop_token_ids: endTokens, return_token_ids: true };
      if (shape !== undefined) {
        const structured_outputs = { json: jsonSchemaOf(shape) };
        const asked = request(tokens, { ...rest, max_tokens: maxTokens, structured_outputs }, call);
        yield await client.json(asked, (answer) => outputOf(answer, onStop));
        return;
      }
      const ask = (before: readonly number[]): Request => {
        const body = { ...rest, max_tokens: maxTokens - before.length, stream: true };
        return request([...tokens, ...before], body, call);
      };
      const read: ReadEvent = (event, _seen, tell) => outputOf(event, tell);
      yield* streamed(client, { request: ask, read, maxTokens, onStop });
    },
  };
}

function requireText(text: unknown): string {
  if (typeof text === "string") return text;
  throw garbled("has no text");
}

/** One object for each position, by token; null at the first. */
function scores(answer: unknown, tokens: readonly number[], from: number): Float64Array {
  const given = list(field(choiceOf(answer), "prompt_logprobs"), "prompt_logprobs");
  if (given.length !== tokens.length) throw garbled("has log-probabilities of another prompt");
  return Float64Array.from(tokens.slice(from), (token, i) => {
    const entry = field(given[from + i], String(token));
    if (entry === undefined) throw garbled("has log-probabilities of other tokens");
    const logprob = field(entry, "logprob");
    if (typeof logprob !== "number") throw garbled("lacks a log-probability");
    return logprob;
  });
}

/** Throws ServerFailure also for an error in the place of an answer. */
function choiceOf(answer: unknown) {
  requireNoError(answer);
  return firstChoice(answer);
}
