import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { speak, write } from "../../../src/engine/answer/decode.ts";
import type { EngineEvent } from "../../../src/engine/events.ts";
import type { LanguageModel } from "../../../src/model/language-model.ts";
import { fakeModel } from "../../helpers/fake-model.ts";
import { remoteOf } from "../../helpers/remote-model.ts";
import { StandInModel } from "../../helpers/stand-in-model.ts";
import { StandInServer } from "../../helpers/stand-in-server.ts";

const { signal } = new AbortController();
const WORDS = "Isobel Tarrant of Kirkwall keeps the light";

let local: LanguageModel;
let stand: StandInModel;

beforeAll(async () => {
  local = fakeModel();
  stand = await StandInModel.open(local, 4096);
});

afterAll(() => stand[Symbol.asyncDispose]());

/** What a model says within so many tokens. */
async function spokenBy(writer: LanguageModel, answerTokens: number) {
  await using pool = await writer.openPool({ sequences: 1, contextTokens: 4096, sliceTokens: 256 });
  const prompt = writer.chat("", "Who keeps the light?");
  const options = { writer, answerTokens, signal, onEvent: () => {} };
  return await pool.lend((sequence) => speak(sequence, prompt, options));
}

type Kind = "sglang" | "vllm" | "openai";

/** The one event of a server that writes seven words. */
function eventOf(kind: Kind, reason: string): object {
  const tokens = [...local.tokenize(WORDS)];
  if (kind === "sglang") {
    const meta_info = { completion_tokens: tokens.length, finish_reason: { type: reason } };
    return { output_ids: tokens, meta_info };
  }
  const said = kind === "vllm" ? { text: WORDS, token_ids: tokens } : { delta: { content: WORDS } };
  return { choices: [{ ...said, finish_reason: reason }] };
}

describe.each(["sglang", "vllm", "openai"] as const)("a server that speaks %s", (kind) => {
  it.each([
    ["length", 100, "limit"],
    ["stop", 7, "end"],
    ["stop", 100, "end"],
  ])("and gives %s as its reason, at most %i tokens, has stopped by %s", async (reason, most, stop) => {
    using server = await StandInServer.start(stand, {
      kind,
      instead: (_, response) => {
        if (server.seen.at(-1)?.body.stream !== true) return false;
        response.end(`data: ${JSON.stringify(eventOf(kind, reason))}\n\ndata: [DONE]\n\n`);
        return true;
      },
    });
    const { model } = await remoteOf(local, [server.url]);
    expect(await spokenBy(model, most)).toMatchObject({ text: WORDS, stop });
  });
});

it.each([
  ["The light is on.\nUs", "The light is on.\nUs"],
  ["The light is on.\nUser: Who", "The light is on."],
])("of %j all is told that is answered, also what might have become a stop text", async (said, answer) => {
  async function* tokens() {
    yield* local.tokenize(said);
  }
  let told = "";
  const onEvent = (event: EngineEvent): void => {
    if (event.kind === "text") told += event.text;
  };
  const options = { writer: local, answerTokens: 100, signal, onEvent, stopTexts: ["\nUser:"] };
  const { text } = await write(tokens(), options);
  expect([told, text]).toEqual([answer, answer]);
});

it("a model here has stopped by the limit where it wrote as many tokens as it might", async () => {
  const { tokens } = await spokenBy(local, 1000);
  expect((await spokenBy(local, 1000)).stop).toBe("end");
  expect((await spokenBy(local, tokens)).stop).toBe("limit");
});
