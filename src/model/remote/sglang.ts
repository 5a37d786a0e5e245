import { type Fields, field, fields, list, requireNoError, tellStop, tokenList } from "./answers.ts";
import type { Client, Request } from "./client.ts";
import { garbled, ServerFailure } from "./failure.ts";
import { type Call, type Generation, jsonSchemaOf, type Protocol } from "./protocol.ts";
import { type ReadEvent, streamed } from "./streamed.ts";

const PATH = "/generate";

export type SglangOptions = {
  /** Keeps the prefix cache of one user from others. */
  readonly salt: string | undefined;
  /** Tokens that end the model's turn. */
  readonly endTokens: readonly number[];
};

/** Whatever the model's makers recommend: answers are the same each time. */
const GREEDY = { temperature: 0, repetition_penalty: 1 };

/** SGLang's own `/generate`: the one that scores a prompt behind a prefix that it holds. */
export function sglang(client: Client, { salt, endTokens }: SglangOptions): Protocol {
  const request = (tokens: readonly number[], rest: Body, { route, signal }: Call): Request => {
    const { sampling, ...more } = rest;
    const extra = salt === undefined ? {} : { extra_key: salt };
    const sampling_params = { ...GREEDY, ...sampling };
    return { path: PATH, body: { input_ids: tokens, sampling_params, ...more, ...extra }, route, signal };
  };
  return {
    score: (tokens, from, call) => {
      const asked = request(tokens, { sampling: { max_new_tokens: 0 }, ...scoring(from) }, call);
      return client.json(asked, (answer) => scores(answer, tokens, from));
    },
    warm: (tokens, call) => {
      return client.json(request(tokens, { sampling: { max_new_tokens: 0 } }, call), metaOf).then(() => {});
    },
    async *generate(tokens, { maxTokens, shape, onStop, ...call }: Generation) {
      const read: ReadEvent = (event, seen, tell) => {
        const tokens = outputOf(event, seen);
        tellStop(reasonIn(metaOf(event)), tell);
        return tokens;
      };
      const sampling = { stop_token_ids: endTokens };
      if (shape !== undefined) {
        const json_schema = JSON.stringify(jsonSchemaOf(shape));
        const whole = { sampling: { ...sampling, max_new_tokens: maxTokens, json_schema } };
        yield await client.json(request(tokens, whole, call), (answer) => read(answer, 0, onStop));
        return;
      }
      const ask = (before: readonly number[]): Request => {
        const max_new_tokens = maxTokens - before.length;
        const body = { sampling: { ...sampling, max_new_tokens }, stream: true };
        return request([...tokens, ...before], body, call);
      };
      yield* streamed(client, { request: ask, read, maxTokens, onStop });
    },
  };
}

type Body = { readonly sampling: Readonly<Record<string, unknown>> } & Readonly<Record<string, unknown>>;

/** The position that is asked from has no value of its own: what stands at `from` is asked from the one before. */
function scoring(from: number) {
  return {
    return_logprob: true,
    logprob_start_len: from - 1,
    top_logprobs_num: 0,
    return_text_in_logprobs: false,
  };
}

/** Values stand as [log-probability, token, text]; the last of them are those of the last tokens. */
function scores(answer: unknown, tokens: readonly number[], from: number): Float64Array {
  const name = "meta_info.input_token_logprobs";
  const given = list(field(metaOf(answer), "input_token_logprobs"), name);
  const wanted = tokens.slice(from);
  const last = given.slice(given.length - wanted.length);
  return Float64Array.from(wanted, (token, i) => {
    const [value, of] = list(last[i], `${name}[]`);
    if (of !== token) throw garbled("has log-probabilities of other tokens");
    if (typeof value !== "number") throw garbled("lacks a log-probability");
    return value;
  });
}

/** Servers stream all tokens so far with each event, or the new ones alone: the count that stands beside tells. */
function outputOf(event: unknown, seen: number): readonly number[] {
  const { completion_tokens: count } = metaOf(event);
  const tokens = tokenList(field(event, "output_ids"), "output_ids");
  return tokens.length === count ? tokens.slice(seen) : tokens;
}

/** Throws ServerFailure also for an error in the place of an answer. */
function metaOf(answer: unknown) {
  requireNoError(answer);
  const found = fields(field(answer, "meta_info"), "meta_info");
  if (reasonIn(found) === "abort") {
    throw new ServerFailure("it has given the request up", { again: "patiently" });
  }
  return found;
}

/** Why it stopped; undefined while it goes on. */
function reasonIn({ finish_reason: reason }: Fields): unknown {
  return typeof reason === "object" && reason !== null && "type" in reason ? reason.type : undefined;
}
