import { expect, it } from "vitest";
import { RecentRows } from "../../../src/engine/reader/recent-rows.ts";
import type { Room } from "../../../src/kv/state/packed-state.ts";

/** Rows that are the chunk's name, and how often each was unpacked. */
function unpacking() {
  const counts = new Map<string, number>();
  const unpack = (name: string) => async (room: Room) => {
    counts.set(name, (counts.get(name) ?? 0) + 1);
    const memory = room(name.length);
    await Promise.resolve();
    memory.set(Buffer.from(name));
    return memory;
  };
  return { counts, unpack };
}

it("unpacks the chunks that were asked for last once, and what was asked for ahead", async () => {
  const { counts, unpack } = unpacking();
  const recent = new RecentRows<string, Uint8Array>(3);
  for (const name of ["a", "b", "c"]) recent.ahead(name, unpack(name));
  for (const name of ["a", "a", "b", "c", "a"]) {
    expect(Buffer.from(await recent.of(name, unpack(name))).toString()).toBe(name);
  }
  expect([...counts]).toEqual([
    ["a", 1],
    ["b", 1],
    ["c", 1],
  ]);
});

it("gives the memory of the one that was asked for longest ago to the next", async () => {
  const { counts, unpack } = unpacking();
  const recent = new RecentRows<string, Uint8Array>(2);
  const [a, b] = [await recent.of("a", unpack("a")), await recent.of("b", unpack("b"))];
  await recent.of("a", unpack("a"));
  const c = await recent.of("c", unpack("c"));
  expect(c.buffer).toBe(b.buffer);
  expect(Buffer.from(a).toString()).toBe("a");
  expect(Buffer.from(await recent.of("b", unpack("b"))).toString()).toBe("b");
  expect(counts.get("b")).toBe(2);
});

it("gets again what failed or was not there ahead of time, and says why it fails", async () => {
  const { unpack } = unpacking();
  const recent = new RecentRows<string, Uint8Array>(2);
  const fail = async (): Promise<Uint8Array> => {
    throw new Error("no disk");
  };
  recent.ahead("a", async () => undefined);
  recent.ahead("b", fail);
  await recent.settle();
  expect(Buffer.from(await recent.of("a", unpack("a"))).toString()).toBe("a");
  await expect(recent.of("b", fail)).rejects.toThrow("no disk");
  expect(Buffer.from(await recent.of("b", unpack("b"))).toString()).toBe("b");
});

it("lets nothing that is still on its way into its memory come behind what replaces it", async () => {
  const { unpack } = unpacking();
  const recent = new RecentRows<string, Uint8Array>(1);
  const slowly = async (room: Room): Promise<Uint8Array> => {
    const memory = room(1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    memory.set(Buffer.from("a"));
    return memory;
  };
  recent.ahead("a", slowly);
  const b = await recent.of("b", unpack("b"));
  await new Promise((resolve) => setTimeout(resolve, 40));
  expect(Buffer.from(b).toString()).toBe("b");
});
