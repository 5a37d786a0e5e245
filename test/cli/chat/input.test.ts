import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { History } from "../../../src/cli/chat/history.ts";
import { ChatInput } from "../../../src/cli/chat/input.ts";
import { page } from "../../../src/cli/chat/pager.ts";
import { save } from "../../../src/cli/chat/save.ts";
import { Io } from "../../../src/cli/io.ts";
import { Progress } from "../../../src/cli/progress.ts";
import { folders } from "../../../src/config/folders.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";
import { fakeHost } from "../fake-host.ts";

/** A terminal at which the test types. */
async function terminal(history: readonly string[] = []) {
  const cwd = await tempFolder();
  const keys = Object.assign(new PassThrough(), { isTTY: true });
  const host = { ...fakeHost({ cwd }), stdin: keys };
  const stop = new AbortController();
  const input = new ChatInput(new Io(host, { color: false, output: undefined }), {
    history,
    signal: stop.signal,
  });
  return { input, host, stop, type: (text: string) => keys.write(text) };
}

const CTRL_C = "\u0003";
const never = (signal: AbortSignal): Promise<never> =>
  new Promise((_, fail) => {
    signal.addEventListener("abort", () => fail(signal.reason));
  });

describe("the prompt", () => {
  it("takes lines, those typed during an answer too, and earlier ones by the arrow key", async () => {
    const { input, host, type } = await terminal(["first?", "second?"]);
    const line = input.next();
    type("\u001b[A\r");
    expect(await line).toBe("second?");
    type("typed ahead\r");
    expect(await input.next()).toBe("typed ahead");
    expect(host.out()).toContain("> ");
  });

  it("stops an answer at Ctrl-C, and goes on", async () => {
    const { input, host, type } = await terminal();
    const answer = input.stoppable(never);
    type(CTRL_C);
    await expect(answer).rejects.toThrow("the answer was stopped");
    expect(host.err()).toContain("Ctrl-C again leaves");
    type("next\r");
    expect(await input.next()).toBe("next");
  });

  it("leaves at a second Ctrl-C during an answer", async () => {
    const { input, type } = await terminal();
    const answer = input.stoppable(() => new Promise((done) => setTimeout(done, 300)));
    type(CTRL_C);
    type(CTRL_C);
    await answer;
    expect(await input.next()).toBeUndefined();
    expect(input.isInterrupted).toBe(true);
  });

  it("empties the line at Ctrl-C, and leaves where it is empty", async () => {
    const { input, type } = await terminal();
    const line = input.next();
    type(`half a questi${CTRL_C}whole\r`);
    expect(await line).toBe("whole");
    const end = input.next();
    type(CTRL_C);
    expect(await end).toBeUndefined();
    expect(input.isInterrupted).toBe(false);
  });

  it("ends with its signal, and with its input", async () => {
    const { input, stop } = await terminal();
    const line = input.next();
    stop.abort();
    expect(await line).toBeUndefined();
    const host = fakeHost({ cwd: await tempFolder(), isTTY: false, input: "one\ntwo" });
    const options = { history: [], signal: new AbortController().signal };
    const piped = new ChatInput(new Io(host, { color: false, output: undefined }), options);
    expect([await piped.next(), await piped.next(), await piped.next()]).toEqual(["one", "two", undefined]);
    expect(host.out()).toBe("");
  });
});

describe("the history", () => {
  async function opened(home: string) {
    const host = fakeHost({ cwd: home, isTTY: false });
    const io = new Io(host, { color: false, output: undefined });
    const progress = await Progress.open(io, { quiet: false, verbose: false, debug: false, env: {} });
    return {
      host,
      history: new History({ folders: folders({ FOCUS_HOME: home }), progress }, { isOff: false }),
    };
  }

  it("is kept for the user alone, and cut when it has grown", async () => {
    const home = await tempFolder();
    const { history } = await opened(home);
    expect(await history.load()).toEqual([]);
    await history.add("one?");
    await history.add("two?");
    expect(await history.load()).toEqual(["one?", "two?"]);
    const path = join(home, "state", "chat-history");
    expect((await stat(path)).mode & 0o077).toBe(0);
    await writeFile(path, Array.from({ length: 2500 }, (_, i) => `${i}\n`).join(""));
    expect((await history.load()).length).toBe(1000);
    expect((await readFile(path, "utf8")).split("\n").slice(0, 2)).toEqual(["1500", "1501"]);
  });

  it("is told once where it cannot be kept", async () => {
    const home = await tempFolder({ state: "a file in the way" });
    const { host, history } = await opened(home);
    expect(await history.load()).toEqual([]);
    await history.add("one?");
    await history.add("two?");
    expect(host.err().match(/no history is kept/gu)).toHaveLength(1);
  });
});

describe("saving", () => {
  it("replaces what this chat has written, and nothing else", async () => {
    const cwd = await tempFolder({ "notes.md": "mine" });
    const own = new Set<string>();
    await save("talk.md", "one", { cwd, own });
    await save("talk.md", "two", { cwd, own });
    expect(await readFile(join(cwd, "talk.md"), "utf8")).toBe("two");
    await expect(save("notes.md", "lost", { cwd, own })).rejects.toThrow("is there already");
    expect(await readFile(join(cwd, "notes.md"), "utf8")).toBe("mine");
    await expect(save("no/talk.md", "one", { cwd, own })).rejects.toThrow("no such file or folder");
  });
});

describe("the pager", () => {
  it("gets the text, and a command that is not there is noticed", async () => {
    const cwd = await tempFolder();
    const { PATH } = process.env;
    const env = { PATH };
    expect(await page("text\n", { ...env, PAGER: `cat > '${join(cwd, "shown")}'` })).toBe(true);
    expect(await readFile(join(cwd, "shown"), "utf8")).toBe("text\n");
    expect(await page("text\n", { ...env, PAGER: "no-such-pager-here 2>&-" })).toBe(false);
  });
});
