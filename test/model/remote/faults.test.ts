import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setImmediate, setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { ModelError } from "../../../src/errors.ts";
import type { LanguageModel } from "../../../src/model/language-model.ts";
import { fakeModel } from "../../helpers/fake-model.ts";
import { chunkTexts, remoteOf, scoreChunks, writtenBehind } from "../../helpers/remote-model.ts";
import { silentServer } from "../../helpers/silent-server.ts";
import { StandInModel } from "../../helpers/stand-in-model.ts";
import { StandInServer } from "../../helpers/stand-in-server.ts";

const TEXT = "The keeper is Isobel Tarrant. The keeper is Isobel Tarrant. The keeper";

let local: LanguageModel;
let stand: StandInModel;
let scores: number[][];
let written: string;

beforeAll(async () => {
  local = fakeModel();
  stand = await StandInModel.open(local, 4096);
  scores = await scoreChunks(local);
  written = await writtenBehind(local, TEXT);
});

afterAll(() => stand[Symbol.asyncDispose]());

/** The error that work ends with, and all that it says. */
async function failureOf(
  work: Promise<unknown>,
): Promise<{ readonly error: ModelError; readonly said: string }> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ModelError)) throw new Error(`expected a ModelError, got ${String(error)}`);
  let said = `${error.message} ${error.hint} ${error.stack}`;
  for (let at = error.cause; at instanceof Error; at = at.cause)
    said += ` ${at.message} ${at.stack} ${JSON.stringify(at)}`;
  return { error, said };
}

describe("a server in trouble", () => {
  it("is waited for when it is killed and started again in mid-read, and nothing is lost", async () => {
    const notices: string[] = [];
    const first = await StandInServer.start(stand, { latencyMs: 5 });
    const { model } = await remoteOf(local, [first.url], { onNotice: (message) => notices.push(message) });
    let read = 0;
    const restart = async (): Promise<void> => {
      first.kill();
      await sleep(250);
      const again = await StandInServer.start(stand, { port: first.port });
      onTestFinished(() => again.kill());
    };
    let restarted: Promise<void> | undefined;
    const onChunk = (): void => {
      read += 1;
      if (read === 8) restarted = restart();
    };
    expect(await scoreChunks(model, { onChunk })).toEqual(scores);
    await restarted;
    expect(notices[0]).toMatch(/^http:\/\/127\.0\.0\.1:\d+: no connection \(\w+\); focus goes on trying$/u);
    expect(notices.at(-1)).toBe(`${first.url} answers again`);
  });

  it("gets fewer requests at once while it says that it has too many, and all are answered", async () => {
    let refused = 40;
    using server = await StandInServer.start(stand, {
      instead: (path, response) => {
        if (path !== "/generate" || refused >= 40) return false;
        refused += 1;
        response.writeHead(refused % 2 === 0 ? 429 : 503, { "retry-after": "0" }).end();
        return true;
      },
    });
    const { model } = await remoteOf(local, [server.url], { concurrency: 8 });
    refused = 0;
    server.most = 0;
    expect(await scoreChunks(model)).toEqual(scores);
    expect(refused).toBe(40);
    expect(server.most).toBeLessThanOrEqual(8);
  });

  it("is asked again when an answer stops in the middle, or is no whole JSON", async () => {
    let spoilt = 0;
    using server = await StandInServer.start(stand, {
      instead: (path, response) => {
        if (path !== "/generate" || spoilt >= 2) return false;
        spoilt += 1;
        response.writeHead(200);
        if (spoilt === 1) response.write('{"meta_info":');
        else response.end('{"meta_info":{"input_token_logprobs":[[null,');
        return true;
      },
    });
    const { model } = await remoteOf(local, [server.url], { timeouts: { firstByteMs: 5000, idleMs: 100 } });
    expect(await scoreChunks(model)).toEqual(scores);
    expect(spoilt).toBe(2);
  });

  it("goes on writing where a stream broke", async () => {
    let streams = 0;
    using server = await StandInServer.start(stand, {
      instead: (path, response) => {
        const { body } = server.seen.at(-1) ?? {};
        if (path !== "/generate" || body?.stream !== true) return false;
        streams += 1;
        if (streams > 1) return false;
        const [one = 0, two = 0] = local.tokenize(written);
        for (const output_ids of [[one], [one, two]]) {
          const meta_info = { completion_tokens: output_ids.length };
          response.write(`data: ${JSON.stringify({ output_ids, meta_info })}\n\n`);
        }
        setTimeout(() => response.destroy(), 50);
        return true;
      },
    });
    const { model } = await remoteOf(local, [server.url]);
    expect(await writtenBehind(model, TEXT)).toBe(written);
    expect(streams).toBe(2);
    expect(server.seen.at(-1)?.body.sampling_params?.max_new_tokens).toBe(10);
  });

  it.each([
    ["sglang", { output_ids: [], meta_info: { completion_tokens: 1, finish_reason: { type: "stop" } } }],
    ["vllm", { choices: [{ text: "", token_ids: [], finish_reason: "stop" }] }],
    ["openai", { choices: [{ delta: { content: null }, finish_reason: "stop" }] }],
  ] as const)(
    "has written all that it says when it tells why it stopped (%s), also without [DONE] and with an error that is null",
    async (kind, last) => {
      const [token = 0] = local.tokenize(written);
      const text = local.detokenize([token]);
      const first = {
        sglang: { output_ids: [token], meta_info: { completion_tokens: 1 } },
        vllm: { choices: [{ text, token_ids: [token] }] },
        openai: { choices: [{ delta: { content: text } }] },
      }[kind];
      using server = await StandInServer.start(stand, {
        kind,
        instead: (_, response) => {
          if (server.seen.at(-1)?.body.stream !== true) return false;
          for (const event of [first, last])
            response.write(`data: ${JSON.stringify({ ...event, error: null })}\n\n`);
          response.end();
          return true;
        },
      });
      const { model } = await remoteOf(local, [server.url]);
      server.seen.length = 0;
      expect(await writtenBehind(model, TEXT)).toBe(text);
      expect(server.seen).toHaveLength(1);
    },
  );

  it("has not written all when a stream breaks off with an error and then ends as if nothing were wrong", async () => {
    let streams = 0;
    using server = await StandInServer.start(stand, {
      kind: "vllm",
      instead: (_, response) => {
        if (server.seen.at(-1)?.body.stream !== true) return false;
        streams += 1;
        if (streams > 1) return false;
        const [token = 0] = local.tokenize(written);
        for (const event of [{ choices: [{ text: "", token_ids: [token] }] }, { error: { code: 500 } }])
          response.write(`data: ${JSON.stringify(event)}\n\n`);
        response.end("data: [DONE]\n\n");
        return true;
      },
    });
    const { model } = await remoteOf(local, [server.url]);
    expect(await writtenBehind(model, TEXT)).toBe(written);
    expect(streams).toBe(2);
  });

  it("has written all that was asked for, though its stream broke behind the last token", async () => {
    using server = await StandInServer.start(stand, {
      instead: (path, response) => {
        if (path !== "/generate" || server.seen.at(-1)?.body.stream !== true) return false;
        const output_ids = [...local.tokenize(written)].slice(0, 3);
        response.write(`data: ${JSON.stringify({ output_ids, meta_info: { completion_tokens: 3 } })}\n\n`);
        setTimeout(() => response.destroy(), 50);
        return true;
      },
    });
    const { model } = await remoteOf(local, [server.url]);
    expect(await writtenBehind(model, TEXT, 3)).toBe(await writtenBehind(local, TEXT, 3));
    expect(server.seen.filter(({ body }) => body.stream === true)).toHaveLength(1);
  });

  it("is given up when it never answers as it should, and the error holds nothing that was sent or came back", async () => {
    using server = await StandInServer.start(stand, {
      instead: (path, response) => {
        if (path !== "/generate" || server.seen.length < 8) return false;
        const { body } = server.seen.at(-1) ?? {};
        response.writeHead(400).end(`cannot: ${JSON.stringify(body)} ${chunkTexts.join()}`);
        return true;
      },
    });
    const { model } = await remoteOf(local, [server.url]);
    const { error, said } = await failureOf(scoreChunks(model));
    expect(error).toMatchObject({ code: "model.server", message: `${server.url}: it answers 400` });
    expect(said).not.toMatch(/Tarrant|cannot|input_ids/u);
  });

  it("is left at once when the user stops, and sees that", async () => {
    let closed = 0;
    using server = await StandInServer.start(stand, {
      instead: (path, response) => {
        if (path !== "/generate" || server.seen.length < 8) return false;
        response.on("close", () => {
          closed += 1;
        });
        return true;
      },
    });
    const { model } = await remoteOf(local, [server.url]);
    const user = new AbortController();
    const reason = new Error("stopped by the user");
    setTimeout(() => user.abort(reason), 100);
    const startMs = performance.now();
    await expect(scoreChunks(model, { signal: user.signal })).rejects.toBe(reason);
    expect(performance.now() - startMs).toBeLessThan(2000);
    await expect.poll(() => closed).toBe(4);
  });
});

describe("a server that is not the right one", () => {
  it("is refused without its key, and the key is not shown", async () => {
    using server = await StandInServer.start(stand, { key: "a-secret" });
    const { error, said } = await failureOf(remoteOf(local, [server.url], { key: "another" }));
    expect(error.message).toBe(`${server.url}: it answers 401`);
    expect(error.hint).toContain("--engine-key");
    expect(said).not.toMatch(/another|a-secret/u);
    expect((await remoteOf(local, [server.url], { key: "a-secret" })).model.name).toBe("small");
  });

  it("is refused with another model, or with several of which none is named", async () => {
    using server = await StandInServer.start(stand, { name: "large" });
    const { error } = await failureOf(remoteOf(local, [server.url], { model: "small" }));
    expect(error.message).toBe(`${server.url} has no model small, but large`);
    using other = await StandInServer.start(stand, { name: "small" });
    const both = await failureOf(remoteOf(local, [server.url, other.url]));
    expect(both.error.message).toBe(`${other.url} has another model or protocol than ${server.url}`);
  });

  it.each([true, false])(
    "is refused with another tokenizer, whether it offers /tokenize (%s) or not",
    async (tokenizes) => {
      using server = await StandInServer.start(stand, { tokenizes });
      const other = (text: string): Uint32Array => local.tokenize(text.toUpperCase());
      const detokenize = (tokens: ArrayLike<number>): string => local.detokenize(tokens).toLowerCase();
      const { error } = await failureOf(
        remoteOf(local, [server.url], { tokenizer: { tokenize: other, detokenize } }),
      );
      expect(error.message).toBe(`${server.url} cuts text into other tokens than fake.gguf`);
      const { compared } = await remoteOf(local, [server.url]);
      expect(compared).toEqual({ tokenizer: true, chat: true });
    },
  );

  it.each([true, false])(
    "is refused with another chat form, whether it shows it (%s) or not",
    async (tokenizes) => {
      using server = await StandInServer.start(stand, { tokenizes });
      const chat = (system: string, user: string) => local.chat(`${system} Be brief.`, user);
      const { error } = await failureOf(remoteOf(local, [server.url], { tokenizer: { chat } }));
      expect(error.message).toBe(`${server.url} has another chat form than fake.gguf`);
    },
  );

  it("is refused when it sends elsewhere, has no safe connection, or is not there", async () => {
    const server = createServer((_, response) =>
      response.writeHead(307, { location: "http://elsewhere" }).end(),
    );
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const redirected = await failureOf(remoteOf(local, [`http://127.0.0.1:${port}`]));
    expect(redirected.error.message).toContain("it answers with a redirect (307)");
    const unsafe = await failureOf(remoteOf(local, [`https://127.0.0.1:${port}`]));
    expect(unsafe.error.message).toMatch(/no safe connection \((?:ERR_SSL|EPROTO)\w*\)$/u);
    await new Promise((resolve) => server.close(resolve));
    const startMs = performance.now();
    const away = await failureOf(remoteOf(local, [`http://127.0.0.1:${port}`]));
    expect(away.error.message).toContain("no connection (ECONNREFUSED)");
    expect(performance.now() - startMs).toBeLessThan(15_000);
  });
});

it("a server that takes the connection and says nothing is given up within a minute", async () => {
  using server = await silentServer();
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  onTestFinished(() => void vi.useRealTimers());
  let isOver = false;
  const failed = failureOf(remoteOf(local, [server.url])).finally(() => {
    isOver = true;
  });
  const startMs = performance.now();
  while (!isOver) {
    await vi.advanceTimersByTimeAsync(250);
    await setImmediate();
  }
  const { error } = await failed;
  expect(error).toMatchObject({
    code: "model.server",
    message: `${server.url}: it sends no answer for 15 s`,
  });
  expect(performance.now() - startMs).toBeLessThan(60_000);
});

describe("several servers", () => {
  it("have each chunk at one of them, and at another while that one is away", async () => {
    using one = await StandInServer.start(stand);
    using two = await StandInServer.start(stand);
    const { model } = await remoteOf(local, [one.url, two.url]);
    const promptsAt = ({ seen }: StandInServer) =>
      seen.flatMap(({ body }) => (body.input_ids === undefined ? [] : [String(body.input_ids)]));
    one.seen.length = 0;
    two.seen.length = 0;
    expect(await scoreChunks(model)).toEqual(scores);
    expect(await scoreChunks(model)).toEqual(scores);
    const [first, second] = [promptsAt(one), promptsAt(two)];
    expect(first.filter((prompt) => second.includes(prompt))).toEqual([]);
    expect(first.length).toBeGreaterThan(4);
    expect(first.length + second.length).toBe(2 * chunkTexts.length);
    one.kill();
    expect(await scoreChunks(model)).toEqual(scores);
  });

  it("take the chunks of one that is starting, and keep those of one that is busy", async () => {
    let status = 200;
    using one = await StandInServer.start(stand, {
      instead: (path, response) => {
        if (path !== "/generate" || status === 200) return false;
        response.writeHead(status).end();
        if (status === 429) status = 200;
        return true;
      },
    });
    using two = await StandInServer.start(stand);
    const { model } = await remoteOf(local, [one.url, two.url]);
    two.seen.length = 0;
    status = 429;
    expect(await scoreChunks(model)).toEqual(scores);
    const before = two.seen.length;
    expect(before).toBeLessThan(chunkTexts.length);
    two.seen.length = 0;
    status = 503;
    expect(await scoreChunks(model)).toEqual(scores);
    expect(two.seen).toHaveLength(chunkTexts.length);
  });
});
