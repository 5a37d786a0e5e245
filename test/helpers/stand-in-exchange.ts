import type { ServerResponse } from "node:http";
import type { LanguageModel } from "../../src/model/language-model.ts";

/** A request's body. */
export type Body = {
  readonly stream?: boolean;
  readonly messages?: readonly Message[];
  /** Text to cut, or a prompt of tokens. */
  readonly prompt?: string | number[];
  readonly prompt_logprobs?: number;
  readonly max_tokens?: number;
  readonly structured_outputs?: { readonly json: Schema };
  readonly response_format?: { readonly json_schema: { readonly schema: Schema } };
  readonly input_ids?: number[];
  readonly sampling_params?: { readonly max_new_tokens: number; readonly json_schema?: string };
  readonly return_logprob?: boolean;
  readonly logprob_start_len?: number;
  readonly return_text_in_logprobs?: boolean;
};

export type Message = { readonly role: string; readonly content: string };

type Schema = Readonly<Record<string, unknown>>;

export type Exchange = { readonly path: string; readonly body: Body; readonly response: ServerResponse };

export function reply(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

/** A conversation in the model's own chat form. */
export function chatTokens(model: LanguageModel, messages: readonly Message[]): number[] {
  const contentOf = (wanted: string): string => messages.find(({ role }) => role === wanted)?.content ?? "";
  return [...model.chat(contentOf("system"), contentOf("user")).tokens];
}
