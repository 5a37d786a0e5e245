import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { LanguageModel, Sequence } from "../../../src/model/language-model.ts";
import { Pieces } from "../../../src/model/remote/pieces.ts";
import { fakeModel } from "../../helpers/fake-model.ts";
import { remoteOf, writtenBehind } from "../../helpers/remote-model.ts";
import { reply } from "../../helpers/stand-in-exchange.ts";
import { StandInModel } from "../../helpers/stand-in-model.ts";
import { StandInServer } from "../../helpers/stand-in-server.ts";

const signal = new AbortController().signal;
const ROOM = { sequences: 1, contextTokens: 4096, sliceTokens: 256 };
const CHUNK = "The keeper of the light is Isobel Tarrant. She signed the lease in Kirkwall on 3 May 1921. ";
const LOCAL = "Question: Who is the keeper of the light?";

let local: LanguageModel;
let stand: StandInModel;

beforeAll(async () => {
  local = fakeModel();
  stand = await StandInModel.open(local, 4096);
});

afterAll(() => stand[Symbol.asyncDispose]());

/** What a chunk, a question behind it and an answer behind that give. */
async function journey(model: LanguageModel) {
  await using pool = await model.openPool(ROOM);
  return await pool.lend(async (sequence: Sequence) => {
    const slices: number[] = [];
    await sequence.prefill(local.tokenize(CHUNK), { signal, onSlice: (tokens) => slices.push(tokens) });
    const held = sequence.length;
    const values = await sequence.logProbabilities(local.tokenize(LOCAL), 2);
    await sequence.truncate(held);
    const prompt = local.tokenize(LOCAL);
    await sequence.prefill(prompt.subarray(0, -1), { signal });
    const out: number[] = [];
    for await (const token of sequence.generate(prompt.at(-1) ?? 0, { signal, maxTokens: 8 }))
      out.push(token);
    const { length, evaluatedTokens } = sequence;
    return { values: [...values], out, length, evaluatedTokens, slices };
  });
}

describe.each(["sglang", "vllm"] as const)("a model at a server that speaks %s", (kind) => {
  it("scores and writes as the same model here does, and counts the same tokens", async () => {
    using server = await StandInServer.start(stand, { kind });
    const { model, identity, compared } = await remoteOf(local, [server.url]);
    expect(identity.kind).toBe(kind);
    expect(compared).toEqual({ tokenizer: true, chat: true });
    expect(model.capabilities).toEqual(new Set(["score", "generate"]));
    expect(await journey(model)).toEqual(await journey(local));
  });

  it("is asked with tokens, the user's salt, and from the position before the first value", async () => {
    using server = await StandInServer.start(stand, { kind });
    const { model } = await remoteOf(local, [server.url]);
    server.seen.length = 0;
    await journey(model);
    const [score, write] = server.seen.map(({ body }) => body);
    const prompt = [...local.tokenize(CHUNK), ...local.tokenize(LOCAL)];
    const from = local.tokenize(CHUNK).length + 2;
    expect(score).toMatchObject(
      kind === "sglang"
        ? {
            input_ids: prompt,
            logprob_start_len: from - 1,
            extra_key: "mine",
            sampling_params: { temperature: 0 },
          }
        : { prompt, prompt_logprobs: 0, cache_salt: "mine", model: "small", temperature: 0 },
    );
    expect(write).toMatchObject(
      kind === "sglang" ? { input_ids: prompt, stream: true } : { prompt, stream: true },
    );
    expect(server.seen).toHaveLength(2);
  });
});

describe("a chat server", () => {
  it("writes what it is told, with what stands before the conversation in the user's turn", async () => {
    using server = await StandInServer.start(stand, { kind: "openai" });
    const { model, identity } = await remoteOf(local, [server.url]);
    expect(identity).toMatchObject({ kind: "openai", model: "small" });
    expect(model.capabilities).toEqual(new Set(["generate"]));
    expect(model.metadata.trainedContextTokens).toBe(2048);
    const { tokens } = model.chat("Be brief.", "Who keeps the light?");
    await using pool = await model.openPool(ROOM);
    const text = await pool.lend(async (sequence) => {
      await sequence.prefill([...model.tokenize(CHUNK), ...tokens.subarray(0, -1)], { signal });
      const out: number[] = [];
      for await (const token of sequence.generate(tokens.at(-1) ?? 0, { signal, maxTokens: 8 }))
        out.push(token);
      return model.detokenize(out);
    });
    const { path, body } = server.seen.at(-1) ?? {};
    expect(path).toBe("/v1/chat/completions");
    expect(body).toMatchObject({
      messages: [
        { role: "system", content: "Be brief." },
        { role: "user", content: `${CHUNK}Who keeps the light?` },
      ],
      max_tokens: 8,
      temperature: 0,
    });
    const prompt = local.detokenize(local.chat("Be brief.", `${CHUNK}Who keeps the light?`).tokens);
    expect(text).toBe(await writtenBehind(local, prompt, 8));
    expect(text).not.toBe("");
  });

  it("is asked by an address with or without /v1, and needs no tokenizer", async () => {
    using server = await StandInServer.start(stand, { kind: "openai", key: "k" });
    const { model } = await remoteOf(local, [`${server.url}/v1/`], { kind: "openai", key: "k" });
    expect(await writtenBehind(model, "Hello there. Hello", 2)).not.toBe("");
    expect(server.seen.map(({ path }) => path)).toEqual(["/v1/models", "/v1/chat/completions"]);
  });
});

describe("JSON of a shape", () => {
  const items = { type: "object", properties: { name: { type: "string" } } } as const;
  const shape = { type: "array", items } as const;

  /** What a model writes of the shape when it is told to copy an object. */
  async function jsonOf(model: LanguageModel, maxTokens: number): Promise<string> {
    await using pool = await model.openPool(ROOM);
    const { tokens } = model.chat("", 'Copy {"name": "Isobel"} now');
    return await pool.lend(async (sequence) => {
      await sequence.prefill(tokens.subarray(0, -1), { signal });
      const out: number[] = [];
      const options = { signal, maxTokens, shape };
      for await (const token of sequence.generate(tokens.at(-1) ?? 0, options)) out.push(token);
      return model.detokenize(out);
    });
  }

  it.each(["sglang", "vllm", "openai"] as const)(
    "is asked of %s as a schema, and comes whole",
    async (kind) => {
      using server = await StandInServer.start(stand, { kind });
      const { model } = await remoteOf(local, [server.url]);
      expect(JSON.parse(await jsonOf(model, 64))).toEqual([{ name: "Isobel" }]);
      expect(JSON.stringify(server.seen.at(-1)?.body)).toMatch(/additionalProperties\\?":false/u);
    },
  );

  it("comes from a chat server as far as it was written, whether it follows the schema or not", async () => {
    using server = await StandInServer.start(stand, { kind: "openai" });
    const { model } = await remoteOf(local, [server.url]);
    const whole = '{"items": [{"name": "Isobel"}]}';
    const cut = local.tokenize(whole).length - 2;
    expect(await jsonOf(model, cut)).toBe('[{"name": "Isobel"}');
    const content = '[{"name": "Ruth"}]';
    using other = await StandInServer.start(stand, {
      kind: "openai",
      instead: (path, response) => {
        if (path !== "/v1/chat/completions") return false;
        reply(response, { choices: [{ message: { content } }] });
        return true;
      },
    });
    expect(await jsonOf((await remoteOf(local, [other.url])).model, 64)).toBe(content);
  });
});

describe("pieces", () => {
  it.each([
    "",
    " ",
    "Plain words, 1,250.75 and a-b_c.",
    "\n\n\tTabs\r\n  ends  \n",
    "Grüße, 東京都 🙂 \u0301x\uD800",
  ])("joined are the text: %j", (text) => {
    const pieces = new Pieces();
    expect(pieces.detokenize(pieces.tokenize(text))).toBe(text);
  });

  it("count more than tokens do, but not twice as many", () => {
    const pieces = new Pieces();
    const { length } = pieces.tokenize(CHUNK.repeat(10));
    expect(length).toBeGreaterThan((CHUNK.length * 10) / 4.5);
    expect(length).toBeLessThan((CHUNK.length * 10) / 2.25);
  });
});
