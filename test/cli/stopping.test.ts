import { describe, expect, it } from "vitest";
import { tempFolder } from "../helpers/temp-folder.ts";
import { focus } from "./spawn-focus.ts";

/** Standard input that stays open and silent: focus waits for a document. */
const WAITING = { input: undefined } as const;

describe("stopping", () => {
  it("says so at once on Ctrl-C and exits with 130 within a second", async () => {
    const cwd = await tempFolder();
    let stoppedMs = 0;
    const { code, stdout, stderr } = await focus(["text", "-"], {
      cwd,
      ...WAITING,
      onStart: (child) => {
        setTimeout(() => {
          stoppedMs = performance.now();
          child.kill("SIGINT");
        }, 1500);
      },
    });
    expect(performance.now() - stoppedMs).toBeLessThan(1000);
    expect([code, stdout, stderr]).toEqual([
      130,
      "",
      "\nstopping; Ctrl-C again stops at once\nfocus: interrupted\n",
    ]);
  });

  it("exits with 143 on SIGTERM", async () => {
    const cwd = await tempFolder();
    const onStart = (child: { kill(signal: "SIGTERM"): unknown }): void => {
      setTimeout(() => child.kill("SIGTERM"), 1500);
    };
    const { code, stderr } = await focus(["text", "-"], { cwd, ...WAITING, onStart });
    expect([code, stderr]).toEqual([143, "focus: stopped by SIGTERM\n"]);
  });

  it("exits with 124 after --timeout", async () => {
    const cwd = await tempFolder();
    const { code, stderr, elapsedMs } = await focus(["text", "-", "--timeout", "0.3s"], { cwd, ...WAITING });
    expect(code).toBe(124);
    expect(stderr).toMatch(/^focus: stopped after 0\.3 s\nhint: /u);
    expect(elapsedMs).toBeLessThan(3000);
  });
});
