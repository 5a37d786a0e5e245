import { ModelError } from "../../errors.ts";
import type { Tokenizer } from "../language-model.ts";
import { field, list, tokenList } from "./answers.ts";
import type { Client } from "./client.ts";
import { optional } from "./identify.ts";

/** Words, figures, signs and scripts that tokenizers cut differently. */
export const SAMPLE =
  "The lease (§ 4.2) ends on 31 December 2026; its rent is 1,250.75 a month.\n\n\tfor (i = 0; i < n_rows; i++)\n" +
  "Grüße aus Köln, l'été à Orléans, Привет, 東京都 – it's 'quoted'…   done\n";

const SYSTEM = "Answer from the passages.";
const USER = "Who signed the lease?";
/** How a local chat form keeps a model from thinking, which a server's own form may leave out. */
const NO_THOUGHTS = /^\s*(?:<think>\s*<\/think>)?\s*$/u;

export type Comparison = {
  /** The model's name at the server. */
  readonly model: string;
  readonly tokenizer: Tokenizer;
  /** As messages name the local file. */
  readonly path: string;
  readonly signal: AbortSignal;
};

/** Whether each was compared: a server may not offer what it takes. */
export type Compared = { readonly tokenizer: boolean; readonly chat: boolean };

/** Compares tokenizer and chat form with the server's. Throws ModelError when one of them differs. */
export async function compare(client: Client, comparison: Comparison): Promise<Compared> {
  const { tokenizer, path } = comparison;
  const url = client.servers[0]?.url ?? "";
  const tokens = (await tokensAt(client, comparison)) ?? (await knownTexts(client, comparison));
  if (tokens !== undefined && !isSame(tokens, tokenizer.tokenize(SAMPLE))) {
    throw new ModelError(`${url} cuts text into other tokens than ${path}`, {
      code: "model.server",
      hint: "-m names a GGUF of the model that the server runs: its tokenizer is used here",
    });
  }
  const local = Array.from(tokenizer.chat(SYSTEM, USER).tokens);
  const theirs = await chatAt(client, comparison);
  if (theirs !== undefined && !isChatSame(local, theirs, tokenizer)) {
    throw new ModelError(`${url} has another chat form than ${path}`, {
      code: "model.server",
      hint: "-m names a GGUF of the model that the server runs, with the same chat template",
    });
  }
  return { tokenizer: tokens !== undefined, chat: theirs !== undefined };
}

async function tokensAt(
  client: Client,
  { model, signal }: Comparison,
): Promise<ArrayLike<number> | undefined> {
  const body = { model, prompt: SAMPLE, add_special_tokens: false };
  const answer = await optional(client, { path: "/tokenize", body, signal });
  return answer === undefined ? undefined : tokenList(field(answer, "tokens"), "tokens");
}

/** Older SGLang has no /tokenize, but tells the texts of tokens: those of ours that it knows by the same text. */
async function knownTexts(
  client: Client,
  { tokenizer, signal }: Comparison,
): Promise<ArrayLike<number> | undefined> {
  const ids = Array.from(tokenizer.tokenize(SAMPLE));
  const scoring = { return_logprob: true, logprob_start_len: 0, return_text_in_logprobs: true };
  const body = { input_ids: ids, sampling_params: { max_new_tokens: 0, temperature: 0 }, ...scoring };
  const answer = await optional(client, { path: "/generate", body, signal });
  if (answer === undefined) return undefined;
  const given = list(field(field(answer, "meta_info"), "input_token_logprobs"), "input_token_logprobs");
  return ids.filter((id, i) => {
    const text: unknown = list(given[i], "input_token_logprobs[]")[2];
    const own = tokenizer.detokenize([id]);
    // Half a character has no text.
    return typeof text !== "string" || own.includes("\uFFFD") || text.trim() === own.trim();
  });
}

/** Tokens of the conversation in the server's form, or their number. */
async function chatAt(
  client: Client,
  { model, signal }: Comparison,
): Promise<readonly number[] | number | undefined> {
  const messages = [
    { role: "system", content: SYSTEM },
    { role: "user", content: USER },
  ];
  const asked = { model, messages, add_generation_prompt: true };
  const answer = await optional(client, { path: "/tokenize", body: asked, signal });
  if (answer !== undefined) return tokenList(field(answer, "tokens"), "tokens");
  const body = { model, messages, max_tokens: 1, temperature: 0 };
  const written = await optional(client, { path: "/v1/chat/completions", body, signal });
  const count = written === undefined ? undefined : field(field(written, "usage"), "prompt_tokens");
  return typeof count === "number" ? count : undefined;
}

function isChatSame(
  local: readonly number[],
  theirs: readonly number[] | number,
  tokenizer: Tokenizer,
): boolean {
  const length = typeof theirs === "number" ? theirs : theirs.length;
  const isBegun = typeof theirs === "number" || isSame(theirs, local.slice(0, length));
  return isBegun && length <= local.length && NO_THOUGHTS.test(tokenizer.detokenize(local.slice(length)));
}

function isSame(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  return a.length === b.length && Array.from(a).every((token, i) => token === b[i]);
}
