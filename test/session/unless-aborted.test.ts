import { setImmediate } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { unlessAborted } from "../../src/session/unless-aborted.ts";

describe("waiting unless a signal is aborted", () => {
  it("fails at once with the signal's reason, and settles as the promise does without it", async () => {
    const { signal } = new AbortController();
    expect(await unlessAborted(Promise.resolve(5), signal)).toBe(5);
    await expect(unlessAborted(Promise.reject(new Error("no")), signal)).rejects.toThrow("no");
    const stopped = new AbortController();
    const waiting = unlessAborted(new Promise(() => {}), stopped.signal);
    stopped.abort(new Error("enough"));
    await expect(waiting).rejects.toThrow("enough");
    await expect(unlessAborted(new Promise(() => {}), stopped.signal)).rejects.toThrow("enough");
  });

  it("makes Node warn of no leak where many wait for one signal", async () => {
    const warnings: Error[] = [];
    const hear = (warning: Error): void => void warnings.push(warning);
    process.on("warning", hear);
    const { signal } = new AbortController();
    const many = Array.from({ length: 20 }, () => unlessAborted(setImmediate(), signal));
    await Promise.all(many);
    await setImmediate();
    process.off("warning", hear);
    expect(warnings).toEqual([]);
  });
});
