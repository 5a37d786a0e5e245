import { describe, expect, it } from "vitest";
import { answerSchema } from "../format/answer-schema.ts";
import { makePdf } from "../helpers/make-pdf.ts";
import { mcpClient } from "../helpers/mcp-client.ts";
import { PAPERS, QUESTION } from "../helpers/papers.ts";
import { tempFolder } from "../helpers/temp-folder.ts";
import { COMMAND_ENV } from "./command-env.ts";

const PATHS = { paths: ["papers.md"] };

describe("focus mcp", () => {
  it("answers, finds and summarises with our JSON, and reads nothing for a second question", async () => {
    const cwd = await tempFolder({ "papers.md": PAPERS });
    await using server = await mcpClient({ cwd, args: ["."], env: COMMAND_ENV });
    const read = await server.call("read", PATHS);
    expect(read.json).toMatchObject({ command: "read", job: "read-1", state: "running" });
    expect((await server.call("result", { id: "read-1" })).json).toMatchObject({
      command: "read",
      coverage: { chunks: { total: 6 } },
    });
    const asked = await server.call("ask", { ...PATHS, question: QUESTION });
    expect(asked.text).toMatch(/^Isobel Tarrant\n“The tower of the Sandrevoe light/u);
    expect(answerSchema.parse(asked.json).tokens.computed.read).toBe(0);
    const found = await server.call("find", { ...PATHS, question: "When was the boat bought?" });
    expect(found.json).toMatchObject({ command: "find", places: expect.any(Array) });
    const summary = await server.call("summarize", { ...PATHS, length: "short" });
    expect(summary.json).toMatchObject({ command: "summarize", points: expect.any(Array) });
    expect(server.trouble).toEqual([]);
  });

  it("gives an id when it takes longer than the client waits, and cancels", async () => {
    const cwd = await tempFolder({ "papers.md": PAPERS });
    await using server = await mcpClient({ cwd, args: ["."], env: COMMAND_ENV });
    const late = await server.call("ask", { ...PATHS, question: QUESTION, wait_seconds: 0 });
    expect(late.json).toMatchObject({ command: "ask", job: "ask-1", state: "running" });
    expect((await server.call("result", { id: "ask-1" })).text).toContain("Isobel Tarrant");
    await server.call("ask", { ...PATHS, question: "Who was injured?", wait_seconds: 0 });
    const cancelled = await server.call("result", { id: "ask-2", cancel: true });
    expect(cancelled).toMatchObject({ isError: true, json: { error: { code: "stopped.interrupted" } } });
    expect((await server.call("ask", { ...PATHS, question: QUESTION })).text).toContain("Isobel Tarrant");
  });

  it("stops the work of a call that the client cancels, and serves the next", async () => {
    const text = Array.from({ length: 12 }, (_, i) => `${PAPERS}\n\nPart ${i}.`).join("\n\n");
    const cwd = await tempFolder({ "papers.md": text });
    await using server = await mcpClient({ cwd, args: ["."], env: COMMAND_ENV });
    const stopping = new AbortController();
    const wanted = { ...PATHS, question: QUESTION, thorough: true };
    const call = server.client.callTool({ name: "ask", arguments: wanted }, { signal: stopping.signal });
    setTimeout(() => stopping.abort("enough"), 3000);
    await expect(call).rejects.toThrow("enough");
    const cancelled = await server.call("result", { id: "ask-1" });
    expect(cancelled).toMatchObject({ isError: true, json: { error: { code: "stopped.interrupted" } } });
    expect((await server.call("documents", {})).isError).toBe(false);
  });

  it("reads a PDF of 300 pages in the background, while its pages are looked at, and stops when told to", async () => {
    const pages = Array.from({ length: 300 }, (_, i) => ({
      lines: [`Page ${i + 1} of the log of the light.`, `Keeper ${i + 1} lit the lamp at ${i % 12} o'clock.`],
    }));
    const cwd = await tempFolder({ "log.pdf": makePdf(pages) });
    await using server = await mcpClient({ cwd, args: [".", "--verbose"], env: COMMAND_ENV });
    const { json } = await server.call("read", { paths: ["log.pdf"] });
    expect(json).toMatchObject({ job: "read-1", state: "running" });
    const look = async () => (await server.call("result", { id: "read-1", wait_seconds: 1 })).json;
    const tokens = ({ progress }: { progress?: unknown }) => (progress as { tokens: number | null }).tokens;
    await expect.poll(async () => tokens(await look()), { timeout: 60_000 }).toBeGreaterThan(0);
    const { text } = await server.call("text", { path: "log.pdf", pages: "300" });
    expect(text).toContain("Keeper 300 lit the lamp at 11 o'clock.");
    // The text is the session's: nothing was parsed for it.
    expect(server.said().split("parsing ").length - 1).toBe(1);
    expect(await look()).toMatchObject({ state: "running", progress: { totalTokens: expect.any(Number) } });
    const stopped = await server.call("result", { id: "read-1", cancel: true });
    expect(stopped).toMatchObject({ isError: true, json: { error: { code: "stopped.interrupted" } } });
  });

  it("tells its progress to a client that asks for it, and serves two clients of one store", async () => {
    const text = Array.from({ length: 3 }, (_, i) => `${PAPERS}\n\nPart ${i}.`).join("\n\n");
    const cwd = await tempFolder({ "papers.md": text });
    await using one = await mcpClient({ cwd, args: ["."], env: COMMAND_ENV });
    await using other = await mcpClient({ cwd, args: ["."], env: COMMAND_ENV });
    const heard: { readonly progress: number; readonly message?: string | undefined }[] = [];
    const wanted = { ...PATHS, question: QUESTION, thorough: true, wait_seconds: 250 };
    const [first, second] = await Promise.all([
      one.client.callTool(
        { name: "ask", arguments: wanted },
        { onprogress: (progress) => heard.push(progress), timeout: 280_000 },
      ),
      other.client.callTool({ name: "ask", arguments: wanted }, { timeout: 280_000 }),
    ]);
    for (const { structuredContent } of [first, second]) {
      expect(answerSchema.parse(structuredContent).answer).toContain("Isobel Tarrant");
    }
    expect(heard.length).toBeGreaterThan(0);
    const numbers = heard.map(({ progress }) => progress);
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    expect(heard.at(-1)?.message).toMatch(/\w/u);
  });
});
