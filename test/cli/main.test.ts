import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { main } from "../../src/cli/main.ts";
import { tempFolder } from "../helpers/temp-folder.ts";
import { fakeHost } from "./fake-host.ts";

describe("at a terminal", () => {
  it.each([[["ask", "Who?"]], [["ask"]], [["ask", "--question", "Who?"]], [["read"]], [["text"]]])(
    "%j never waits for somebody to type a document",
    async (args) => {
      const host = fakeHost({ cwd: await tempFolder(), env: { NO_COLOR: "1" } });
      expect(await main(args, host)).toBe(2);
      expect(host.out()).toBe("");
      expect(host.err()).toMatch(/^focus: no document[^\n]*\nhint: usage: focus [^\n]*\n$/u);
    },
  );

  it("text - waits, since it was asked to", async () => {
    const host = fakeHost({ cwd: await tempFolder(), input: "Typed.\n" });
    expect(await main(["text", "-"], host)).toBe(0);
    expect(host.out()).toBe("Typed.\n");
  });

  it("shows life before the command's code is loaded, and takes it away again", async () => {
    const host = fakeHost({ cwd: await tempFolder({ "a.txt": "Hello.\n" }) });
    const done = main(["text", "a.txt"], host);
    expect(host.err()).toBe("starting …");
    await done;
    expect(host.err()).toMatch(/^starting …\r {10}\r/u);
  });

  it.each([{ env: { NO_COLOR: "1" } }, { env: { TERM: "dumb" } }])(
    "sends no escape codes under %j",
    async ({ env }) => {
      const cwd = await tempFolder({ "a.txt": "Hello.\n" });
      const host = fakeHost({ cwd, env });
      expect(await main(["text", join(cwd, "a.txt"), "--verbose"], host)).toBe(0);
      expect(host.err()).toMatch(/^settings: verbose true \(--verbose\), \d+ have their defaults[^\n]*\n/u);
      expect(host.err()).toContain(`\nparsing ${join(cwd, "a.txt")}\n`);
    },
  );

  it("strips what a document would have the terminal do, in a pipe as well", async () => {
    const evil = "\u001b]0;owned\u0007\u001b[31mred\u001b[0m\n";
    const cwd = await tempFolder({ "a.txt": evil });
    const terminal = fakeHost({ cwd });
    await main(["text", join(cwd, "a.txt")], terminal);
    expect(terminal.out()).toBe("red\n");
    const pipe = fakeHost({ cwd, isTTY: false });
    await main(["text", join(cwd, "a.txt")], pipe);
    expect(pipe.out()).toBe("red\n");
  });
});

describe("Ctrl-C", () => {
  it("says so at once, and a second one kills", async () => {
    const host = fakeHost({ cwd: await tempFolder(), isTTY: false });
    const done = main(["text", "-"], host);
    await expect.poll(() => host.stdin.listenerCount("readable")).toBeGreaterThan(0);
    host.signal("SIGINT");
    expect(host.err()).toBe("\nstopping; Ctrl-C again stops at once\n");
    host.signal("SIGINT");
    expect(host.deeds).toEqual(["kill SIGINT", "exit 130"]);
    expect(await done).toBe(130);
  });

  it("stops listening when the command is done", async () => {
    const cwd = await tempFolder({ "a.txt": "a" });
    const host = fakeHost({ cwd, isTTY: false });
    await main(["text", join(cwd, "a.txt")], host);
    host.signal("SIGINT");
    expect([host.err(), host.deeds]).toEqual(["", []]);
  });
});

describe("console", () => {
  it("is given back as it was", async () => {
    const before = globalThis.console;
    const cwd = await tempFolder();
    await writeFile(join(cwd, "a.txt"), "a");
    await main(["text", "a.txt"], fakeHost({ cwd, isTTY: false }));
    expect(globalThis.console).toBe(before);
  });
});
