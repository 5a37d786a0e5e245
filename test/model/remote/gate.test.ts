import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { Gate } from "../../../src/model/remote/gate.ts";

const signal = new AbortController().signal;

/** Lets work through and counts what is inside. */
function counting(gate: Gate) {
  const seen = { inside: 0, most: 0 };
  const work = (): Promise<void> =>
    gate.pass(async () => {
      seen.inside += 1;
      seen.most = Math.max(seen.most, seen.inside);
      await sleep(5);
      seen.inside -= 1;
    }, signal);
  return { seen, work };
}

describe("a gate", () => {
  it("lets as many in as it may, and all in the end", async () => {
    const { seen, work } = counting(new Gate(3));
    await Promise.all(Array.from({ length: 20 }, work));
    expect(seen).toEqual({ inside: 0, most: 3 });
  });

  it("halves with each refusal down to one, and comes back with answers", async () => {
    const gate = new Gate(8);
    gate.narrow();
    gate.narrow();
    expect(gate.limit).toBe(2);
    const { seen, work } = counting(gate);
    await Promise.all(Array.from({ length: 10 }, work));
    expect(seen.most).toBe(2);
    for (let i = 0; i < 10; i += 1) gate.narrow();
    expect(gate.limit).toBe(1);
    for (let answers = 0; answers < 100; answers += 1) gate.widen();
    expect(gate.limit).toBe(8);
  });

  it("forgets who stopped waiting, and keeps the others' turns", async () => {
    const gate = new Gate(1);
    const leave = await gate.enter(signal);
    const user = new AbortController();
    const stopped = gate.enter(user.signal);
    const next = gate.enter(signal);
    user.abort(new Error("stopped"));
    await expect(stopped).rejects.toThrow("stopped");
    leave();
    (await next)();
    await expect(gate.enter(user.signal).then((out) => out())).resolves.toBeUndefined();
  });
});
