import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { CommandContext } from "../../src/cli/context.ts";
import { Io } from "../../src/cli/io.ts";
import { Progress } from "../../src/cli/progress.ts";
import { eventOutput, streamedOutput } from "../../src/cli/result-output.ts";
import type { EngineEvent } from "../../src/engine/events.ts";
import { ANSWER_FORMATS } from "../../src/format/formats.ts";
import { ABSENT, ANSWER } from "../format/samples.ts";
import { tempFolder } from "../helpers/temp-folder.ts";
import { fakeHost } from "./fake-host.ts";

const { text = () => "", jsonl = () => "" } = ANSWER_FORMATS;
const PROGRESS: EngineEvent = {
  kind: "progress",
  stage: "attribute",
  tokens: 1,
  totalTokens: 2,
  tokensPerSecond: undefined,
  secondsLeft: undefined,
};

/** A terminal with a spinner, and what standard output had each time when the cursor was moved. */
async function terminal(output?: string, quiet = false) {
  const host = fakeHost({ cwd: await tempFolder(), env: { TERM: "xterm-256color", FORCE_COLOR: "1" } });
  const moved: string[] = [];
  Object.assign(host.stderr, { cursorTo: () => moved.push(host.out()) > 0 });
  const io = new Io(host, { color: true, output });
  const progress = await Progress.open(io, { quiet, verbose: false, debug: false, env: host.env });
  const context = { config: { quiet }, io, progress } as CommandContext;
  return { host, moved, context };
}

const piece = (said: string): EngineEvent => ({ kind: "text", text: said });

describe("an answer that is shown while it is written", () => {
  it("is in nobody's way, and nobody in its: no line of it is drawn over or cleared", async () => {
    const { host, moved, context } = await terminal();
    const output = streamedOutput(context, text);
    context.progress.step("composing");
    for (const said of ["The board ", "approved ", "it."]) output.onEvent(piece(said));
    output.onEvent(PROGRESS);
    await output.write(ANSWER, context.io);
    expect(host.out()).toMatch(/^The board approved it\.\n\n.*Sources/u);
    for (const out of moved) expect(out === "" || out.endsWith("\n"), JSON.stringify(out)).toBe(true);
    expect(moved).toContain("The board approved it.\n");
  });

  it("ends the line that it began where no result comes, with the word that was held back", async () => {
    const { host, context } = await terminal();
    const output = streamedOutput(context, text);
    output.onEvent(piece("The board appro"));
    await output.stop?.();
    expect(host.out()).toBe("The board appro\n");
  });

  it("says behind it that the answer is not there, and shows at once what was not written", async () => {
    const absent = await terminal();
    const output = streamedOutput(absent.context, text);
    output.onEvent(piece("I do not know."));
    await output.write(ABSENT, absent.context.io);
    expect(absent.host.out()).toMatch(/^I do not know\.\n\n.*Not in the document\./u);
    const short = await terminal();
    await streamedOutput(short.context, text).write(ANSWER, short.context.io);
    expect(short.host.out()).toBe(text(ANSWER, short.context.io));
  });
});

describe("events, one a line", () => {
  it("come before the answer on standard output, and with it in a file of -o", async () => {
    const there = await terminal();
    const output = eventOutput(there.context, "ask", jsonl);
    output.onEvent(PROGRESS);
    expect(there.host.out()).toMatch(/^\{"version":1,"command":"ask","event":"progress"[^\n]*\n$/u);
    await output.write(ANSWER, there.context.io);
    expect(there.host.out().split("\n")).toHaveLength(3);
    const file = await terminal("answer.jsonl");
    const toFile = eventOutput(file.context, "ask", jsonl);
    toFile.onEvent(PROGRESS);
    await toFile.write(ANSWER, file.context.io);
    expect(file.host.out()).toBe("");
    expect(await readFile(join(file.host.cwd(), "answer.jsonl"), "utf8")).toBe(there.host.out());
  });

  it("leave progress out with --quiet, and nothing else", async () => {
    const { host, context } = await terminal(undefined, true);
    const output = eventOutput(context, "ask", jsonl);
    output.onEvent(PROGRESS);
    output.onEvent({ kind: "passage", path: "a.pdf", page: 1, start: 0, end: 9, score: 2 });
    output.onEvent(piece("The board"));
    output.onEvent({ kind: "warning", message: "page 3 has no text" });
    await output.write(ANSWER, context.io);
    const events = host
      .out()
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line).event);
    expect(events).toEqual(["passage", "token", "warning", "answer"]);
  });
});
