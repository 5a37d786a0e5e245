import { describe, expect, it } from "vitest";
import { Chat } from "../../../src/cli/chat/chat.ts";
import { History } from "../../../src/cli/chat/history.ts";
import { ChatInput } from "../../../src/cli/chat/input.ts";
import { converse } from "../../../src/cli/commands/chat.ts";
import type { CommandContext } from "../../../src/cli/context.ts";
import { Io } from "../../../src/cli/io.ts";
import { Progress } from "../../../src/cli/progress.ts";
import { folders } from "../../../src/config/folders.ts";
import { loadConfig } from "../../../src/config/load.ts";
import { fakeSession } from "../../helpers/fake-session.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";
import { fakeHost } from "../fake-host.ts";

/** A chat about the papers whose lines come from a pipe. */
async function piped(input: string, format: string) {
  const cwd = await tempFolder();
  const host = fakeHost({ cwd, isTTY: false, input });
  const io = new Io(host, { color: false, output: undefined });
  const flags = new Map([["format", { value: format, flag: "--format" }]] as const);
  const loaded = await loadConfig({ flags, env: host.env, cwd });
  const progress = await Progress.open(io, { quiet: true, verbose: false, debug: false, env: host.env });
  const { signal } = new AbortController();
  const leaveInterrupts: CommandContext["leaveInterrupts"] = (work) => work();
  const around = { io, progress, signal, leaveInterrupts, env: host.env, cwd };
  const context: CommandContext = { ...loaded, ...around, folders: folders(host.env) };
  const { session } = await fakeSession();
  await using _ = session;
  const lines = new ChatInput(io, { history: [], signal });
  const chat = new Chat({ context, session, input: lines });
  const history = new History(context, { isOff: true });
  const code = await converse(context, { chat, input: lines, history });
  return { code, out: host.out(), err: host.err() };
}

describe("a chat from a pipe", () => {
  it("has an object for every line that asks, also where it fails", async () => {
    const { code, out, err } = await piped("/open 1\nWhich papers are there?\n/find the roof\n", "jsonl");
    const lines = out
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines).toMatchObject([
      { version: 1, command: "chat", error: { code: "usage", message: "nothing was answered yet", exit: 2 } },
      { question: "Which papers are there?", event: "answer" },
      { command: "chat", error: { code: "usage", exit: 2 } },
    ]);
    expect([code, err]).toEqual([2, expect.stringContaining("focus: nothing was answered yet\nhint: ask")]);
  });

  it("refuses a command that there is not, as a terminal does, and asks nothing", async () => {
    const { code, out, err } = await piped("/nonsense\n/sorces\n", "text");
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain("focus: there is no command /nonsense\nhint: /help lists the commands");
    expect(err).toContain("focus: there is no command /sorces\nhint: did you mean /sources?\n");
  });

  it("has errors on standard error alone where its answers are text", async () => {
    expect(await piped("/open 1\n", "text")).toMatchObject({ code: 2, out: "" });
  });
});
