import { expect, it } from "vitest";
import { MOST_WAITING, Queue } from "../../src/server/queue.ts";

/** A signal that is never aborted. */
const never = (): AbortSignal => new AbortController().signal;

/** Work that ends when it is told to. */
function work() {
  const ends: (() => void)[] = [];
  const run = () => new Promise<void>((done) => ends.push(done));
  return { run, end: () => ends.shift()?.(), started: () => ends.length };
}

it("does one thing at a time, in the order of asking, and goes on after a failure", async () => {
  const queue = new Queue();
  const done: number[] = [];
  let running = 0;
  const job = (i: number) => async () => {
    running += 1;
    expect(running).toBe(1);
    await new Promise((next) => setTimeout(next, 1));
    running -= 1;
    if (i === 2) throw new Error("two");
    done.push(i);
  };
  const all = await Promise.allSettled([0, 1, 2, 3, 4].map((i) => queue.run(never(), job(i))));
  expect(done).toEqual([0, 1, 3, 4]);
  expect(all.map(({ status }) => status === "rejected")).toEqual([false, false, true, false, false]);
});

it("lets go of one that waits and is not wanted any more, and refuses the next when too many wait", async () => {
  const queue = new Queue();
  const { run, end, started } = work();
  const first = queue.run(never(), run);
  const gone = new AbortController();
  const waiting = Array.from({ length: MOST_WAITING }, (_, i) =>
    queue.run(i === 5 ? gone.signal : never(), run),
  );
  await expect(queue.run(never(), run)).rejects.toMatchObject({ status: 429, code: "queue_full" });
  const left = expect(waiting[5]).rejects.toThrow("not wanted");
  gone.abort(new Error("not wanted"));
  await left;
  const last = queue.run(never(), run);
  expect(started()).toBe(1);
  const others = Promise.all([first, last, ...waiting.filter((_, i) => i !== 5)]);
  for (let i = 0; i < MOST_WAITING + 1; i += 1) {
    await expect.poll(started, { interval: 1 }).toBe(1);
    end();
  }
  expect(await others).toHaveLength(MOST_WAITING + 1);
  await expect(queue.run(gone.signal, run)).rejects.toThrow("not wanted");
});
