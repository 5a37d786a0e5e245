import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Io } from "../../src/cli/io.ts";
import { Progress } from "../../src/cli/progress.ts";
import { pullLine, recognitionLine, recognitionNotice, stageLine } from "../../src/cli/progress-line.ts";
import { type FakeHost, fakeHost } from "./fake-host.ts";

const STAGE = {
  kind: "progress",
  stage: "read",
  tokens: 12_288,
  totalTokens: 195_112,
  tokensPerSecond: 410.2,
  secondsLeft: 446,
} as const;

const CALM = { quiet: false, verbose: false, debug: false, env: {} };

function open(host: FakeHost, options: Partial<typeof CALM> = {}): Promise<Progress> {
  return Progress.open(new Io(host, { color: true, output: undefined }), { ...CALM, ...options });
}

describe("lines", () => {
  it("tell how far a stage is, how fast and how long yet", () => {
    expect(stageLine(STAGE)).toBe("read 12,288 of 195,112 tokens, 410 tokens/s, 7 min left");
    expect(stageLine({ ...STAGE, mayEndEarly: true })).toBe(
      "read 12,288 of up to 195,112 tokens, 410 tokens/s, at most 7 min left",
    );
    expect(stageLine({ ...STAGE, tokensPerSecond: undefined, secondsLeft: undefined })).toBe(
      "read 12,288 of 195,112 tokens",
    );
  });

  it("tell how many pictures are recognised, and how long that takes", () => {
    const recognition = { kind: "recognise", path: "a.pdf", pictures: 12, secondsLeft: 48 } as const;
    expect(recognitionNotice({ ...recognition, picture: 0 })).toBe(
      "a.pdf: 12 pictures of text will be recognised (about 48 s, less where it was done before)",
    );
    expect(recognitionLine({ ...recognition, picture: 3 })).toBe(
      "recognising a.pdf: 3 of 12, about 48 s left",
    );
  });

  it("tell how far a pull is", () => {
    const progress = { phase: "download", doneBytes: 12e6, totalBytes: 98e6 } as const;
    expect(pullLine("smollm2-135m", progress)).toBe("pulled 12 MB of 98 MB of smollm2-135m");
    expect(pullLine("x", { phase: "verify", doneBytes: 12e6 })).toBe("verified 12 MB of x");
  });
});

describe("progress on a terminal", () => {
  it("tells where the best passage so far stands, until the answer is there", async () => {
    const host = fakeHost({ cwd: ".", env: { TERM: "xterm-256color" } });
    const io = new Io(host, { color: true, output: undefined });
    const progress = await Progress.open(io, { ...CALM, env: host.env });
    const stage = { ...STAGE, tokensPerSecond: undefined, secondsLeft: undefined };
    progress.listen({ kind: "passage", path: "a/report.pdf", page: 47, start: 0, end: 9, score: 2 });
    progress.listen(stage);
    expect(host.err()).toContain("read 12,288 of 195,112 tokens; best: page 47");
    progress.stop();
    const before = host.err().length;
    progress.listen(stage);
    progress.stop();
    expect(host.err().slice(before)).not.toContain("best");
  });
});

describe("progress where standard error is no terminal", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("is a plain line every ten seconds at most", async () => {
    const host = fakeHost({ cwd: ".", isTTY: false });
    const progress = await open(host);
    for (let second = 0; second <= 25; second++) {
      progress.listen({ ...STAGE, tokens: second });
      vi.advanceTimersByTime(1000);
    }
    progress.stop();
    expect(host.err()).toBe(
      "read 10 of 195,112 tokens, 410 tokens/s, 7 min left\nread 20 of 195,112 tokens, 410 tokens/s, 7 min left\n",
    );
  });

  it("is nothing but warnings with --quiet", async () => {
    const host = fakeHost({ cwd: ".", isTTY: false });
    const progress = await open(host, { quiet: true });
    vi.advanceTimersByTime(20_000);
    progress.listen(STAGE);
    progress.listen({ kind: "notice", message: "on the CPU" });
    progress.listen({ kind: "text", text: "answer" });
    progress.step("loading");
    progress.listen({ kind: "warning", message: "page 3 has no text" });
    expect(host.err()).toBe("warning: page 3 has no text\n");
  });

  it("tells steps with --verbose, and llama.cpp's log with --debug alone", async () => {
    const host = fakeHost({ cwd: ".", isTTY: false });
    const verbose = await open(host, { verbose: true });
    verbose.step("loading");
    verbose.debug("llama.cpp");
    expect(host.err()).toBe("loading\n");
    const debug = await open(host, { debug: true });
    debug.debug("llama.cpp");
    expect(host.err()).toBe("loading\nllama.cpp\n");
  });

  it("keeps escape codes of documents out", async () => {
    const host = fakeHost({ cwd: ".", isTTY: false });
    (await open(host)).listen({ kind: "warning", message: "\u001b[2Jpage\u0007 3" });
    expect(host.err()).toBe("warning: page 3\n");
  });
});

describe("progress at a terminal", () => {
  it("is a spinner that makes way for messages and goes at the end", async () => {
    const host = fakeHost({ cwd: "." });
    const progress = await open(host);
    progress.listen(STAGE);
    progress.listen({ kind: "warning", message: "page 3 has no text" });
    progress.stop();
    expect(host.err()).toContain("read 12,288 of 195,112 tokens");
    expect(host.err()).toContain("\u001b[33mwarning:\u001b[39m page 3 has no text\n");
    expect(host.err()).not.toContain("\u001b[?25l");
  });

  it("is plain lines where the terminal has no columns, which ora would count for ever", async () => {
    const host = fakeHost({ cwd: ".", columns: 0 });
    const progress = await open(host);
    progress.listen(STAGE);
    progress.step("loading");
    progress.stop();
    expect(host.err()).toBe("");
  });

  it.each([{ NO_COLOR: "1" }, { TERM: "dumb" }])("is plain lines under %j", async (env) => {
    const host = fakeHost({ cwd: ".", env });
    const progress = await Progress.open(new Io(host, { color: true, output: undefined }), { ...CALM, env });
    progress.listen({ kind: "warning", message: "careful" });
    progress.listen(STAGE);
    progress.stop();
    expect(host.err()).toBe("warning: careful\n");
  });
});
