import { describe, expect, it } from "vitest";
import { tempFolder } from "../helpers/temp-folder.ts";
import { focus } from "./spawn-focus.ts";

const FILES = {
  "a.txt": "One of three.",
  short: "abc",
  token: "0123456789abcdef\n",
  marked: "\ufeff0123456789abcdef\n",
};

describe("focus serve", () => {
  it.each([
    { args: [], says: "no document was given" },
    { args: ["-"], says: "standard input cannot be served" },
    {
      args: ["a.txt", "--port", "80a"],
      says: "--port 80a is no port, expected a whole number from 0 to 65535",
    },
    { args: ["a.txt", "--port", "65536"], says: "--port 65536 is no port" },
    { args: ["a.txt", "--host", "0.0.0.0"], says: "lets other machines ask, and there is no token" },
    { args: ["a.txt", "--token-file", "none"], says: "--token-file none: no such file or folder" },
    { args: ["a.txt", "--token-file", "short"], says: "its first line is no token, expected at least 16" },
    {
      args: ["a.txt", "--token-file", "marked", "--allow-origin", "*"],
      says: "--allow-origin * is no origin",
    },
    { args: ["a.txt", "--allow-origin", "*"], says: "--allow-origin * is no origin" },
    { args: ["a.txt", "--allow-origin", "http://a/b"], says: "expected one such as http://localhost:3000" },
    { args: ["a.txt", "--format", "csv"], says: '--format is "csv", which is not known here' },
  ])("refuses $args before it opens anything: $says", async ({ args, says }) => {
    const { code, stdout, stderr } = await focus(["serve", ...args], { cwd: await tempFolder(FILES) });
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(says);
  });

  it("says what it cannot open, and does not listen", async () => {
    const cwd = await tempFolder(FILES);
    const missing = await focus(["serve", "a.txt", "b.txt"], { cwd });
    expect([missing.code, missing.stdout]).toEqual([3, ""]);
    expect(missing.stderr).toContain("b.txt: no such file or folder");
    const { code, stdout, stderr } = await focus(["serve", "a.txt", "--offline", "--json"], { cwd });
    expect([code, JSON.parse(stdout)]).toMatchObject([5, { command: "serve", error: { exit: 5 } }]);
    expect(stderr).toContain("focus: ");
  });
});
