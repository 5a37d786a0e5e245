import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { LanguageModel, Sequence } from "../../../src/model/language-model.ts";
import { openRemote } from "../../../src/model/remote/open-remote.ts";
import { fakeModel } from "../../helpers/fake-model.ts";
import { END } from "../../helpers/fake-tokenizer.ts";
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

async function opened(server: StandInServer, changes: object = {}) {
  const options = {
    urls: [server.url],
    kind: "auto" as const,
    model: undefined,
    key: undefined,
    salt: "mine",
    concurrency: 4,
    signal,
    onNotice: () => undefined,
    ...changes,
  };
  return openRemote(options, async () => ({
    tokenizer: { ...local, endTokens: [END] },
    metadata: local.metadata,
    fingerprint: local.fingerprint,
  }));
}

/** What a chunk, a question behind it and an answer behind that give. */
async function journey(model: LanguageModel) {
  await using pool = await model.openPool(ROOM);
  return pool.lend(async (sequence: Sequence) => {
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
    const { model, identity, compared } = await opened(server);
    expect(identity.kind).toBe(kind);
    expect(compared).toEqual({ tokenizer: true, chat: true });
    expect(model.capabilities).toEqual(new Set(["score", "generate"]));
    expect(await journey(model)).toEqual(await journey(local));
  });

  it("is asked with tokens, the user's salt, and from the position before the first value", async () => {
    using server = await StandInServer.start(stand, { kind });
    const { model } = await opened(server);
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
