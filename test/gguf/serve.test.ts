import type { ChildProcess } from "node:child_process";
import OpenAI from "openai";
import { expect, it } from "vitest";
import { focus, type Spawned } from "../cli/spawn-focus.ts";
import { send } from "../helpers/chat-server.ts";
import { PAPERS, QUESTION } from "../helpers/papers.ts";
import { tempFolder } from "../helpers/temp-folder.ts";
import { COMMAND_ENV } from "./command-env.ts";

/** A `focus serve` that listens, and what becomes of it. */
async function served(cwd: string, args: readonly string[]) {
  const children: ChildProcess[] = [];
  const runs: Promise<Spawned>[] = [];
  const url = await new Promise<string>((listens, fails) => {
    const onStart = (child: ChildProcess): void => {
      children.push(child);
      child.stdout?.once("data", (line: Buffer) => listens(line.toString().trim()));
    };
    const run = focus(["serve", ...args, "--port", "0"], { cwd, env: COMMAND_ENV, onStart });
    runs.push(run);
    run.then(({ stderr }) => fails(new Error(stderr)), fails);
  });
  const stop = (): Promise<Spawned | undefined> => {
    children[0]?.kill("SIGINT");
    return Promise.resolve(runs[0]);
  };
  return { url, stop };
}

it("serves documents to OpenAI's client until Ctrl-C, and leaves nothing of them in its log", async () => {
  const cwd = await tempFolder({ "papers.md": PAPERS, "more/light.md": PAPERS });
  const { url, stop } = await served(cwd, ["papers.md", "more", "--verbose"]);
  const client = new OpenAI({ baseURL: url, apiKey: "none" });
  const { data } = await client.models.list();
  expect(data.map(({ id }) => id)).toEqual(["papers.md", "more"]);
  const messages = [{ role: "user", content: QUESTION }] as const;
  const asked = { model: "papers.md", messages: [...messages] };
  const reply = await client.chat.completions.create(asked);
  expect(reply.choices[0]?.message.content).toMatch(
    /^\*\*Isobel Tarrant\*\*\n\n1\. papers\.md, line 3:\n {3}> The tower/u,
  );
  expect(reply.choices[0]?.message.annotations?.[0]).toMatchObject({
    url_citation: { title: "papers.md, line 3", url: expect.stringMatching(/^file:\/\/\/.+\/papers\.md$/u) },
    focus: { path: "papers.md", page: null, line: 3 },
  });
  let streamed = "";
  const other = { ...asked, model: "more", stream: true } as const;
  for await (const { choices } of await client.chat.completions.create(other))
    streamed += choices[0]?.delta.content ?? "";
  expect(streamed).toContain("1. more/light.md, line 3:");
  const ended = await stop();
  expect(ended).toMatchObject({ code: 130, stdout: `${url}\n` });
  expect(ended?.stderr).toContain("POST /v1/chat/completions: 200");
  expect(ended?.stderr).not.toMatch(/Tarrant|tower|granite/u);
});

it("answers 16 at once, each its own question, and refuses rebound names and what is too large", async () => {
  const facts: readonly (readonly [string, string])[] = [
    ["Who built the tower?", "Isobel Tarrant"],
    ["What was the boat called?", "Merganser"],
  ];
  const asked = Array.from({ length: 8 }, () => facts).flat();
  const text =
    "The tower was built by Isobel Tarrant in 1871.\n\nThe boat was called Merganser, and sank in 1921.";
  const cwd = await tempFolder({ "papers.md": text });
  const { url, stop } = await served(cwd, ["papers.md", "--answer", "quote"]);
  const client = new OpenAI({ baseURL: url, apiKey: "none", maxRetries: 0 });
  // Streamed, since clients wait five minutes at most for a reply that has not begun.
  const ask = async (content: string): Promise<string> => {
    const stream = await client.chat.completions.create({
      model: "papers.md",
      messages: [{ role: "user", content }],
      stream: true,
    });
    let said = "";
    for await (const { choices } of stream) said += choices[0]?.delta.content ?? "";
    return said;
  };
  const replies = await Promise.all(asked.map(([question]) => ask(question)));
  for (const [i, [question, fact]] of asked.entries()) expect(replies[i], question).toContain(fact);
  const rebound = await send(`${url}/models`, { headers: { host: "rebound.example.org" } });
  expect([rebound.status, rebound.text]).toEqual([403, expect.stringContaining("host_not_allowed")]);
  await expect(ask("a".repeat(2 ** 20))).rejects.toMatchObject({ status: 413, code: "request_too_large" });
  expect((await client.models.list()).data).toHaveLength(1);
  expect(await stop()).toMatchObject({ code: 130 });
}, 900_000);
