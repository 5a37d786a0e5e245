import { randomUUID } from "node:crypto";
import type { Answer, Citation } from "../engine/results.ts";
import { JSON_VERSION } from "../format/json.ts";
import { sourceItem } from "../format/markdown.ts";
import { place } from "../format/place.ts";

/** Where a citation is, as a URL. */
export type UrlOf = (citation: Pick<Citation, "path" | "page">) => string;

/** "length": a written answer that was cut off. */
export type Finish = "stop" | "length";

/** Of an answer that might have so many tokens. */
export function finishOf({ style, tokens }: Answer, mostTokens: number): Finish {
  return style === "write" && tokens.computed.answer >= mostTokens ? "length" : "stop";
}

/** What all parts of one reply have in common. */
export type CompletionHead = { readonly id: string; readonly created: number; readonly model: string };

export function completionHead(model: string): CompletionHead {
  return { id: `chatcmpl-${randomUUID()}`, created: Math.floor(Date.now() / 1000), model };
}

export type Replied = {
  readonly answer: Answer;
  readonly content: string;
  readonly urlOf: UrlOf;
  readonly finish: Finish;
};

/** A whole reply, in OpenAI's form; `focus` is ours. */
export function completion(head: CompletionHead, { answer, content, urlOf, finish }: Replied) {
  const message = {
    role: "assistant",
    content,
    refusal: null,
    annotations: annotations(content, answer.citations, urlOf),
  } as const;
  return {
    ...head,
    object: "chat.completion",
    choices: [{ index: 0, message, logprobs: null, finish_reason: finish }],
    usage: usage(answer),
    focus: told(answer),
  } as const;
}

/** A piece of a reply, in OpenAI's form. */
export function chunk(
  head: CompletionHead,
  delta: Readonly<Record<string, unknown>>,
  finish: Finish | null = null,
) {
  const choices = [{ index: 0, delta, logprobs: null, finish_reason: finish }];
  return { ...head, object: "chat.completion.chunk", choices } as const;
}

/** The last piece of a reply that is to tell the tokens it took. */
export function usageChunk(head: CompletionHead, answer: Answer) {
  return { ...head, object: "chat.completion.chunk", choices: [], usage: usage(answer) } as const;
}

/**
 * The citations that stand in a message, as OpenAI annotates links: indices are UTF-16 offsets into the message, `end_index`
 * exclusive. `focus` is the citation as --json has it.
 */
export function annotations(content: string, citations: readonly Citation[], urlOf: UrlOf) {
  return citations.flatMap((citation) => {
    const item = sourceItem(citation, undefined);
    const start = content.indexOf(item);
    if (start === -1) return [];
    const link = { start_index: start, end_index: start + item.length, title: place(citation) };
    return [
      { type: "url_citation", url_citation: { ...link, url: urlOf(citation) }, focus: citation } as const,
    ];
  });
}

/** What focus says of an answer besides its text. */
export function told({ question, style, answer, verdict, confidence, answers, coverage }: Answer) {
  return { version: JSON_VERSION, question, style, answer, verdict, confidence, answers, coverage } as const;
}

/** Tokens that went through a model: all but those of the answer are the prompt's. */
function usage({ tokens: { computed } }: Answer) {
  const { answer, ...rest } = computed;
  const prompt = Object.values(rest).reduce((sum, tokens) => sum + tokens, 0);
  return { prompt_tokens: prompt, completion_tokens: answer, total_tokens: prompt + answer } as const;
}
