import { realpath, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { makeMail } from "../helpers/make-mail.ts";
import { makePdf } from "../helpers/make-pdf.ts";
import { mcpClient } from "../helpers/mcp-client.ts";
import { silentServer } from "../helpers/silent-server.ts";
import { tempFolder } from "../helpers/temp-folder.ts";
import { focus } from "./spawn-focus.ts";

const PDF = makePdf(["One of three.", "Two of three.", "Three of three."].map((line) => ({ lines: [line] })));
const TOOLS = ["ask", "find", "summarize", "text", "documents", "read", "result"];

/** A root with a document, a link that leads out of it, and a document beside it. */
async function folders(): Promise<string> {
  const cwd = await tempFolder({
    "root/a.pdf": PDF,
    "root/in/b.txt": "Inside.",
    "out/secret.txt": "Secret.",
  });
  await symlink(join(cwd, "out", "secret.txt"), join(cwd, "root", "link.txt"));
  await symlink(join(cwd, "out"), join(cwd, "root", "links"));
  return cwd;
}

const PROTOCOLS = [
  { protocol: "2025", isModern: false },
  { protocol: "2026-07-28", isModern: true },
];

describe.each(PROTOCOLS)("focus mcp, protocol $protocol", ({ isModern }) => {
  it("lists its tools, each described, with nothing but the protocol on standard output", async () => {
    const cwd = await folders();
    await using server = await mcpClient({ cwd, args: ["root"], isModern });
    const { tools } = await server.client.listTools();
    expect(tools.map(({ name }) => name).sort()).toEqual([...TOOLS].sort());
    for (const { description, inputSchema } of tools) {
      expect(description).toMatch(/\w{3}/u);
      expect(inputSchema.type).toBe("object");
    }
    await server.call("documents", {});
    expect(server.trouble).toEqual([]);
  });

  it("takes the client's roots where the command line has none", async () => {
    const cwd = await folders();
    const roots = [pathToFileURL(join(cwd, "root", "in")).href];
    await using server = await mcpClient({ cwd, args: [], roots, isModern });
    const { json } = await server.call("documents", {});
    expect(json).toMatchObject({ documents: [{ path: join(cwd, "root", "in", "b.txt"), bytes: 7 }] });
    expect(await server.call("text", { path: "../a.pdf" })).toMatchObject({ isError: true });
  });

  it("reads nothing where neither has one", async () => {
    const cwd = await folders();
    await using server = await mcpClient({ cwd, args: [], isModern });
    const { isError, text } = await server.call("text", { path: join(cwd, "root", "a.pdf") });
    expect([isError, text]).toEqual([true, expect.stringContaining("focus mcp ~/Documents")]);
  });
});

describe("focus mcp", () => {
  it("gives the text of a range of pages, as focus text does", async () => {
    const cwd = await folders();
    await using server = await mcpClient({ cwd, args: ["root"] });
    const { text, json } = await server.call("text", { path: "a.pdf", pages: "2-3" });
    expect(text).toMatch(/^--- page 2 ---\nTwo of three\.\n--- page 3 ---\nThree of three\./u);
    expect(json).toMatchObject({ version: 1, command: "text", pageCount: 3, nextOffset: null });
    const { text: error } = await server.call("text", { path: "a.pdf", pages: "7" });
    expect(error).toContain("has pages 1-3, and not 7");
  });

  it("gives the text of the pages that the command line chose, by their numbers", async () => {
    const cwd = await folders();
    await using server = await mcpClient({ cwd, args: ["root", "--pages", "2-3"] });
    const { text, json } = await server.call("text", { path: "a.pdf", pages: "3" });
    expect(text).toMatch(/^--- page 3 ---\nThree of three\./u);
    expect(json).toMatchObject({ pageCount: 2, pages: [{ number: 3 }] });
    const left = await server.call("text", { path: "a.pdf", pages: "1" });
    expect(left.text).toMatch(/has pages 2-3, and not 1\nhint: the server's --pages leaves out all others$/u);
  });

  it("names what is attached to a mail, and gives its text by that path, parsed once", async () => {
    const attached = [{ name: "plan.txt", bytes: Buffer.from("The roof is new.") }];
    const cwd = await tempFolder({ "a.eml": makeMail("See the plan.", attached) });
    await using server = await mcpClient({ cwd, args: [".", "--verbose"] });
    const path = `${await realpath(cwd)}/a.eml » plan.txt`;
    const { text, json } = await server.call("text", { path: "a.eml" });
    expect(text).toContain("See the plan.");
    expect(text).toMatch(/\n\[attached: .*a\.eml » plan\.txt\]\n$/u);
    expect(json).toMatchObject({ attachments: [{ path, format: "text", characters: 16 }] });
    for (const named of [path, "a.eml » plan.txt"]) {
      const plan = await server.call("text", { path: named });
      expect(plan.text).toBe("The roof is new.\n");
      expect(plan.json).toMatchObject({ path, text: "The roof is new.", nextOffset: null });
      expect(plan.json).not.toHaveProperty("attachments");
    }
    const none = await server.call("text", { path: "a.eml » roof.txt" });
    expect([none.isError, none.text]).toEqual([true, expect.stringContaining(`attached to it: ${path}`)]);
    expect(server.said().split("parsing ").length - 1).toBe(1);
  });

  it("parses a document once for its text, and again when it is another one", async () => {
    const cwd = await folders();
    await using server = await mcpClient({ cwd, args: ["root", "--verbose"] });
    const parsed = () => server.said().split("parsing ").length - 1;
    const page = async (pages: string) => (await server.call("text", { path: "a.pdf", pages })).text;
    expect(await page("1")).toContain("One of three.");
    expect(await page("2")).toContain("Two of three.");
    expect(parsed()).toBe(1);
    await writeFile(join(cwd, "root", "a.pdf"), makePdf([{ lines: ["One of one."] }]));
    expect(await page("1")).toContain("One of one.");
    expect(parsed()).toBe(2);
  });

  it.each([
    "../out/secret.txt",
    "link.txt",
    "links/secret.txt",
    "/etc/passwd",
    "in/../../out/secret.txt",
    "../*/*.txt",
  ])("does not read %s", async (path) => {
    const cwd = await folders();
    await using server = await mcpClient({ cwd, args: ["root"] });
    for (const [tool, given] of [
      ["text", { path }],
      ["documents", { paths: [path] }],
      ["ask", { paths: [path], question: "What is secret?" }],
    ] as const) {
      const { isError, text, json } = await server.call(tool, given);
      expect([isError, text]).toEqual([true, expect.stringMatching(/is not in the roots|no such file/u)]);
      expect(JSON.stringify(json)).not.toContain("Secret");
    }
  });

  it("leaves out of a folder what its links lead to outside, and says so", async () => {
    const cwd = await folders();
    await using server = await mcpClient({ cwd, args: ["root"] });
    const { json, text } = await server.call("documents", {});
    expect(text).not.toContain("link.txt");
    expect(json).toMatchObject({
      skipped: expect.arrayContaining([
        { path: join(cwd, "root", "link.txt"), reason: "is a link to what is not in the roots" },
      ]),
    });
  });

  it.each([
    ["in", ["--exclude", "in/"], "is excluded by the server's settings"],
    ["in/b.txt", ["--exclude", "in/"], "is excluded by the server's settings"],
    ["in/b.txt", ["--include", "*.pdf"], "is not included by the server's settings"],
  ] as const)("reads %s for no client with %j", async (path, settings, reason) => {
    const cwd = await folders();
    await using server = await mcpClient({ cwd, args: ["root", ...settings] });
    const listed = await server.call("documents", {});
    expect([listed.isError, listed.text]).toEqual([false, expect.not.stringContaining("b.txt")]);
    for (const [tool, given] of [
      ["text", { path }],
      ["documents", { paths: [path] }],
      ["ask", { paths: [path], question: "What is inside?" }],
      ["read", { paths: ["a.pdf", path] }],
    ] as const) {
      const { isError, text, json } = await server.call(tool, given);
      expect([isError, text]).toEqual([true, expect.stringContaining(`${path} ${reason}`)]);
      expect(json).toMatchObject({ error: { code: "input.not-permitted" } });
    }
  });

  it("answers errors as results, with the codes that --json has", async () => {
    const cwd = await folders();
    await using server = await mcpClient({ cwd, args: ["root", "--offline"] });
    const asked = await server.call("ask", { paths: ["a.pdf"], question: "What is one?" });
    expect(asked).toMatchObject({
      isError: true,
      json: { command: "ask", error: { code: expect.stringMatching(/^model/u), exit: 5 } },
    });
    const { text } = await server.call("result", { id: "ask-9" });
    expect(text).toContain("there is no job ask-9");
    const unknown = await server.call("ask", { paths: ["a.pdf"] });
    expect([unknown.isError, unknown.text]).toEqual([true, expect.stringContaining("question")]);
  });

  it("stops opening documents when the last call about them is cancelled, and opens them anew", async () => {
    const cwd = await folders();
    using engine = await silentServer();
    await using server = await mcpClient({ cwd, args: ["root", "--engine", engine.url] });
    const wanted = { paths: ["in/b.txt"], question: "What is inside?", wait_seconds: 0 };
    for (const id of ["ask-1", "ask-2"]) {
      const asked = engine.asked();
      expect((await server.call("ask", wanted)).json).toMatchObject({ job: id, state: "running" });
      await expect.poll(engine.asked).toBeGreaterThan(asked);
      const cancelled = await server.call("result", { id, cancel: true, wait_seconds: 5 });
      expect(cancelled.json).toMatchObject({ error: { code: "stopped.interrupted" } });
    }
  });

  it("ends at once when the client goes while documents are being opened", async () => {
    const cwd = await folders();
    using engine = await silentServer();
    const params = { name: "ask", arguments: { paths: ["in/b.txt"], question: "What is inside?" } };
    const info = {
      protocolVersion: "2025-06-18",
      capabilities: {},
      clientInfo: { name: "test", version: "1" },
    };
    const messages = [
      { id: 1, method: "initialize", params: info },
      { method: "notifications/initialized" },
      { id: 2, method: "tools/call", params },
    ];
    let goneMs = 0;
    const { code } = await focus(["mcp", "root", "--engine", engine.url], {
      cwd,
      input: undefined,
      onStart: async ({ stdin }) => {
        for (const message of messages) stdin?.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
        await expect.poll(engine.asked, { timeout: 30_000 }).toBeGreaterThan(0);
        goneMs = performance.now();
        stdin?.end();
      },
    });
    expect(code).toBe(0);
    expect(performance.now() - goneMs).toBeLessThan(10_000);
  });

  it("ends with 0 when the client goes, and refuses a root that is not there", async () => {
    const cwd = await folders();
    expect(await focus(["mcp", "root"], { cwd })).toMatchObject({ code: 0, stdout: "" });
    const { code, stdout, stderr } = await focus(["mcp", "nowhere"], { cwd });
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("the root nowhere: no such file or folder");
  });
});
