import type OpenAI from "openai";
import { APIError } from "openai";
import { describe, expect, it } from "vitest";
import { EXIT, StoppedError } from "../../src/errors.ts";
import { MOST_REQUEST_BYTES } from "../../src/server/body.ts";
import { chatServer, type Served } from "../helpers/chat-server.ts";
import { PAPERS, QUESTION } from "../helpers/papers.ts";

type Message = OpenAI.ChatCompletionMessageParam;

const asking = (...contents: readonly string[]) => {
  const messages = contents.map(
    (content, i): Message => ({ role: i % 2 === 0 ? "user" : "assistant", content }),
  );
  return { model: "papers.md", messages } as const;
};

const PICTURE = {
  role: "user",
  content: [{ type: "image_url", image_url: { url: "https://example.org/a.png" } }],
};

/** Nobody passes until it is opened. */
function closedGate() {
  let open = (): void => undefined;
  let waiting = 0;
  const opened = new Promise<void>((done) => {
    open = done;
  });
  const pass = (): Promise<void> => {
    waiting += 1;
    return opened;
  };
  return { pass, open, waiting: () => waiting, [Symbol.dispose]: open };
}

/** What the server adds to OpenAI's form. */
type Told = { readonly question: string; readonly answer: string; readonly verdict: string };
const toldOf = (reply: object): Told => (reply as { readonly focus: Told }).focus;

/** An annotation with the citation that it carries. */
type Cited = { readonly url_citation: OpenAI.ChatCompletionMessage.Annotation.URLCitation } & {
  readonly focus: { readonly path: string; readonly line: number; readonly quote: string };
};

function requireCited(content: string, annotations: readonly unknown[] | undefined): void {
  expect(annotations?.length).toBeGreaterThan(0);
  for (const { url_citation: link, focus } of annotations as readonly Cited[]) {
    const item = content.slice(link.start_index, link.end_index);
    expect(item).toContain(`line ${focus.line}`);
    expect(item.replaceAll("\\", "")).toContain(focus.quote.replaceAll(/\s+/gu, " "));
    expect(PAPERS).toContain(focus.quote);
    expect(link).toMatchObject({ title: `papers.md, line ${focus.line}`, url: "file:///home/me/papers.md" });
  }
}

async function read(stream: AsyncIterable<OpenAI.ChatCompletionChunk>) {
  const chunks: OpenAI.ChatCompletionChunk[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  const deltas = chunks.flatMap(({ choices }) => choices.map(({ delta }) => delta));
  const content = deltas.map((delta) => delta.content ?? "").join("");
  const annotations = deltas.flatMap((delta) =>
    "annotations" in delta ? (delta.annotations as unknown[]) : [],
  );
  return { chunks, deltas, content, annotations };
}

describe("the chat server, asked by OpenAI's client", () => {
  it("lists its models", async () => {
    await using there = await chatServer();
    const { data } = await there.client.models.list();
    expect(data).toEqual([
      { id: "papers.md", object: "model", created: expect.any(Number), owned_by: "focus" },
    ]);
    expect(await there.client.models.retrieve("papers.md")).toEqual(data[0]);
    await expect(there.client.models.retrieve("a/b c.md")).rejects.toMatchObject({
      status: 404,
      code: "model_not_found",
      message: expect.stringContaining(
        "there is no model a/b c.md; models are the documents that are served: papers.md",
      ),
    });
  });

  it("answers, with a citation where each source stands in the message", async () => {
    await using there = await chatServer();
    const reply = await there.client.chat.completions.create(asking(QUESTION));
    const [choice] = reply.choices;
    expect(choice).toMatchObject({ index: 0, finish_reason: "stop", message: { role: "assistant" } });
    requireCited(choice?.message.content ?? "", choice?.message.annotations);
    expect(choice?.message.content).toContain("Isobel Tarrant");
    expect(toldOf(reply)).toMatchObject({ version: 1, question: QUESTION, style: "quote" });
    const { prompt_tokens: prompt = 0, completion_tokens: written, total_tokens: all } = reply.usage ?? {};
    expect(prompt).toBeGreaterThan(0);
    expect(all).toBe(prompt + (written ?? Number.NaN));
  });

  it.each(["quote", "write"] as const)(
    "streams (%s), and ends with citations and usage",
    async (answerStyle) => {
      await using there = await chatServer({ settings: { answerStyle } });
      const wanted = { ...asking(QUESTION), stream: true, stream_options: { include_usage: true } } as const;
      const { chunks, deltas, content, annotations } = await read(
        await there.client.chat.completions.create(wanted),
      );
      expect(deltas[0]?.role).toBe("assistant");
      expect(deltas.filter((delta) => delta.content).length).toBeGreaterThan(answerStyle === "write" ? 3 : 0);
      expect(new Set(chunks.map(({ id }) => id)).size).toBe(1);
      expect(chunks.at(-2)?.choices[0]?.finish_reason).toBe("stop");
      expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { total_tokens: expect.any(Number) } });
      requireCited(content, annotations);
      const whole = await there.client.chat.completions.create(asking(QUESTION));
      expect(content).toBe(whole.choices[0]?.message.content);
      expect(toldOf(chunks.at(-2) ?? {}).answer).toBe(toldOf(whole).answer);
    },
  );

  it("makes a whole question of a follow-up, shows it, and forgets it not", async () => {
    await using there = await chatServer();
    const turns = [QUESTION, "Isobel Tarrant", "and how high is it?"];
    const reply = await there.client.chat.completions.create(asking(...turns));
    const { question } = toldOf(reply);
    expect(question).toBe("how high is it designed tower Sandrevoe light?");
    expect(reply.choices[0]?.message.content).toMatch(/^Asked as: how high is it designed tower/u);
    const later = await there.client.chat.completions.create(asking(...turns, "38 metres", "and why?"));
    expect(toldOf(later).question).toContain("Sandrevoe");
    const other = await there.client.chat.completions.create(
      asking(QUESTION, "Isobel Tarrant", "When was the boat bought?"),
    );
    expect(toldOf(other).question).toBe("When was the boat bought?");
  });

  it("has the writer make nothing of earlier follow-ups where the last question needs none of them", async () => {
    await using there = await chatServer({ settings: { answerStyle: "write" } });
    await using alone = await chatServer({ settings: { answerStyle: "write" } });
    const earlier = [
      "Who designed it?",
      "Isobel Tarrant",
      "and how high is it?",
      "38 metres",
      "and why?",
      "Ships",
    ];
    await there.client.chat.completions.create(asking(QUESTION, "Tarrant", ...earlier, QUESTION));
    await alone.client.chat.completions.create(asking(QUESTION));
    expect(there.model.evaluated()).toBe(alone.model.evaluated());
    const last = await there.client.chat.completions.create(
      asking("and", "", ...earlier, QUESTION, "Tarrant", "and how high is it?"),
    );
    expect(toldOf(last).question).toBe("how high is it designed tower Sandrevoe light?");
  });

  it.each(["quote", "write"] as const)(
    "asks a follow-up (%s) to a long pasted text in as small a context, and never as a longer question",
    async (answerStyle) => {
      await using there = await chatServer({ settings: { answerStyle } });
      const words = Array.from({ length: 80_000 }, (_, i) => `word${i}`).join(" ");
      const pasted = `${words}. Who designed the tower?`;
      const reply = await there.client.chat.completions.create(asking(pasted, "Isobel Tarrant", "and why?"));
      expect(toldOf(reply).question.length).toBeLessThanOrEqual(8000);
      for (const { contextTokens } of there.model.opened) expect(contextTokens).toBeLessThan(4096);
      expect(there.bugs).toEqual([]);
    },
  );

  it("answers 16 at once one after another, each its own question", async () => {
    await using there = await chatServer();
    const questions = Array.from({ length: 16 }, (_, i) => `${QUESTION} I ask for the ${i + 1}. time.`);
    const replies = await Promise.all(
      questions.map((question) => there.client.chat.completions.create(asking(question))),
    );
    expect(replies.map((reply) => toldOf(reply).question)).toEqual(questions);
    // One context for each stage, however many asked.
    const alone = await chatServer();
    await using _ = alone;
    await alone.client.chat.completions.create(asking(questions[15] ?? ""));
    expect(there.model.opened.length - there.model.closed()).toBeLessThanOrEqual(alone.model.opened.length);
  });

  it("takes text in parts, and no more tokens for an answer than it was started with", async () => {
    await using there = await chatServer({ settings: { answerStyle: "write" } });
    const content = [{ type: "text", text: QUESTION }] as const;
    const messages: Message[] = [
      { role: "system", content: "Be brief." },
      { role: "user", content: [...content] },
    ];
    const { usage } = await there.client.chat.completions.create({
      model: "papers.md",
      messages,
      max_tokens: 100_000,
    });
    expect(usage?.completion_tokens).toBeLessThanOrEqual(48);
    const short = { model: "papers.md", messages, max_completion_tokens: 3 };
    expect(await there.client.chat.completions.create(short)).toMatchObject({
      usage: { completion_tokens: 3 },
      choices: [{ finish_reason: "length" }],
    });
  });

  it("writes nothing of questions and documents to its log", async () => {
    await using there = await chatServer();
    await there.client.chat.completions.create(asking(QUESTION));
    await there.client.chat.completions.create({ ...asking("  "), model: "Tarrant" }).catch(() => undefined);
    await there.client.get("/Tarrant?light=1").catch(() => undefined);
    expect(there.log).toHaveLength(3);
    expect(there.log[0]).toMatch(/^POST \/v1\/chat\/completions: 200, \d+\.\d s$/u);
    expect(there.log.join("\n")).not.toMatch(/Tarrant|light|papers/u);
    expect(there.bugs).toEqual([]);
  });

  it("logs the status of a reply that was sent at once", async () => {
    await using there = await chatServer();
    await there.client.models.list();
    await there.client.get("/none").catch(() => undefined);
    await expect
      .poll(() => there.log)
      .toEqual([expect.stringContaining("GET /v1/models: 200"), expect.stringContaining("refused: 404")]);
  });

  it("stops the work of a client that goes away, takes it out of the queue, and serves the next", async () => {
    const gate = closedGate();
    await using there = await chatServer({ modelOptions: { beforeSlice: gate.pass } });
    using _ = gate;
    const gone = new AbortController();
    const ask = () => there.client.chat.completions.create(asking(QUESTION), { signal: gone.signal });
    const first = expect(ask()).rejects.toThrow("aborted");
    await expect.poll(gate.waiting, { interval: 1 }).toBeGreaterThan(0);
    const second = expect(ask()).rejects.toThrow("aborted");
    // By now it waits in the queue.
    await there.client.models.list();
    const evaluated = there.model.evaluated();
    gone.abort();
    await Promise.all([first, second]);
    const leaves = expect.stringMatching(/^POST \/v1\/chat\/completions: the client went away, /u);
    await expect.poll(() => there.log).toEqual([expect.stringContaining("GET /v1/models: 200"), leaves]);
    gate.open();
    await expect.poll(() => there.log.slice(1)).toEqual([leaves, leaves]);
    expect(there.model.evaluated()).toBe(evaluated);
    const reply = await there.client.chat.completions.create(asking(QUESTION));
    expect(reply.choices[0]?.message.content).toContain("Isobel Tarrant");
    expect(there.model.evaluated()).toBeGreaterThan(evaluated);
    expect(there.bugs).toEqual([]);
  });

  it("tells those who wait when it stops", async () => {
    const onRequest = (): void => there.stop(new StoppedError("interrupted", EXIT.interrupted));
    await using there: Served = await chatServer({ onRequest });
    const waiting = Array.from({ length: 4 }, () => there.client.chat.completions.create(asking(QUESTION)));
    const [, ...others] = await Promise.allSettled(waiting);
    for (const one of others) {
      expect(one).toMatchObject({
        status: "rejected",
        reason: {
          status: 503,
          code: "stopped.interrupted",
          type: "server_error",
          message: "503 the server was stopped",
        },
      });
    }
    await there.server.close();
    await expect(there.client.models.list()).rejects.toThrow("Connection error");
  });

  it("says why it cannot listen", async () => {
    await using there = await chatServer();
    const port = Number(new URL(there.server.url).port);
    await expect(chatServer({ port })).rejects.toMatchObject({
      name: "UsageError",
      message: `cannot listen on 127.0.0.1, port ${port}: another program listens there`,
      hint: "name another port with --port; 0 takes one that is free",
    });
    await expect(chatServer({ host: "203.0.113.1" })).rejects.toThrow("this machine has no such address");
  });

  it("refuses a request larger than it takes, and the next is served", async () => {
    await using there = await chatServer();
    for (const characters of [MOST_REQUEST_BYTES, 3 * MOST_REQUEST_BYTES, 12 * MOST_REQUEST_BYTES]) {
      const large = there.client.chat.completions.create(asking("a".repeat(characters)));
      await expect(large).rejects.toMatchObject({
        status: 413,
        code: "request_too_large",
        type: "invalid_request_error",
      });
    }
    expect((await there.client.models.list()).data).toHaveLength(1);
  });

  it.each([
    { what: "no model of this name", given: { model: "gpt-4o" }, param: "model" },
    { what: "no messages", given: { messages: [] }, param: "messages" },
    { what: "an empty question", given: asking(" "), param: "messages" },
    { what: "an answer last", given: asking(QUESTION, "Isobel"), param: "messages" },
    { what: "a question as long as a book", given: asking("why? ".repeat(4000)), param: "messages" },
    { what: "two answers", given: { n: 2 }, param: "n" },
    { what: "JSON", given: { response_format: { type: "json_object" } }, param: "response_format.type" },
    { what: "a tool to be called", given: { tool_choice: "required" }, param: "tool_choice" },
    { what: "a picture", given: { messages: [PICTURE] }, param: "messages[0].content" },
  ])("refuses $what", async ({ given, param }) => {
    await using there = await chatServer();
    const body = {
      ...asking(QUESTION),
      ...given,
    } as unknown as OpenAI.ChatCompletionCreateParamsNonStreaming;
    const error = await there.client.chat.completions.create(body).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(APIError);
    const [status, code] = param === "model" ? [404, "model_not_found"] : [400, "invalid_request"];
    expect(error).toMatchObject({ status, code, param, type: "invalid_request_error" });
  });
});
