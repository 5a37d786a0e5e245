import { chatTokens, type Exchange, reply } from "./stand-in-exchange.ts";
import type { StandInModel } from "./stand-in-model.ts";
import { shapeOf } from "./stand-in-model.ts";

/** vLLM's completions of a prompt of tokens, or the chat completions of any server. */
export async function completions(
  { body, response }: Exchange,
  stand: StandInModel,
  kind: "tokens" | "chat",
): Promise<void> {
  const { model } = stand;
  const { prompt, messages = [], stream, max_tokens: maxTokens = 128, prompt_logprobs: scored } = body;
  const { structured_outputs: outputs, response_format: format } = body;
  const tokens = kind === "tokens" ? (prompt as number[]) : chatTokens(model, messages);
  if (scored === 0) {
    const { values } = await stand.score(tokens, 0);
    const prompt_logprobs = values.map((logprob, i) =>
      logprob === null ? null : { [String(tokens[i])]: { logprob, rank: 1, decoded_token: null } },
    );
    reply(response, { choices: [{ text: "", prompt_logprobs }] });
    return;
  }
  const stopped = new AbortController();
  response.on("close", () => stopped.abort());
  const given = outputs?.json ?? format?.json_schema.schema;
  const { type: root = "object" } = given ?? {};
  if (kind === "chat" && root !== "object") {
    // As OpenAI's own servers do.
    reply(response, { error: { code: "invalid_json_schema" } }, 400);
    return;
  }
  const shape = given === undefined ? {} : { shape: shapeOf(given) };
  const out: number[] = [];
  let told = 0;
  if (stream === true) response.writeHead(200, { "content-type": "text/event-stream" });
  await stand.generate(tokens, { maxTokens, ...shape, signal: stopped.signal }, (token) => {
    if (model.isEnd(token)) return;
    out.push(token);
    const text = model.detokenize(out);
    if (stream !== true || text.endsWith("\uFFFD")) return;
    const delta = { content: text.slice(told) };
    const choice = kind === "chat" ? { delta } : { text: delta.content, token_ids: [token] };
    told = text.length;
    response.write(`data: ${JSON.stringify({ choices: [choice] })}\n\n`);
  });
  const text = model.detokenize(out);
  const finish_reason = out.length < maxTokens ? "stop" : "length";
  const usage = { prompt_tokens: tokens.length, completion_tokens: out.length };
  if (stream === true) {
    const last = kind === "chat" ? { delta: {}, finish_reason } : { text: "", token_ids: [], finish_reason };
    for (const choices of [[last], []]) response.write(`data: ${JSON.stringify({ choices, usage })}\n\n`);
    response.end("data: [DONE]\n\n");
    return;
  }
  const choice =
    kind === "chat" ? { message: { role: "assistant", content: text } } : { text, token_ids: out };
  reply(response, { choices: [{ ...choice, finish_reason }], usage });
}
