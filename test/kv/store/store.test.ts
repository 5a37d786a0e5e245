import { randomBytes } from "node:crypto";
import { copyFile, mkdir, readdir, readFile, rm, stat, truncate, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TRAILER_BYTES } from "../../../src/kv/store/sealed-file.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";
import { FILE_BYTES, fileOf, keep, keyOf, openTestStore, SETTINGS, STATE_BYTES } from "../stored.ts";

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** Makes a stored chunk look as if it had been used so many minutes ago. */
async function age(dir: string, key: string, minutes: number): Promise<void> {
  const then = new Date(Date.now() - minutes * 60_000);
  await utimes(fileOf(dir, key), then, then);
}

describe("a stored chunk", () => {
  it("is the state as it was written with a trailer behind it, under a name made of its key", async () => {
    const dir = await tempFolder();
    const { store } = await openTestStore(dir);
    const state = randomBytes(3_000_000);
    expect(await keep(store, keyOf(1), state)).toBe(true);
    const file = await readFile(fileOf(dir, keyOf(1)));
    expect(file.subarray(0, state.length).equals(state)).toBe(true);
    expect(file.length).toBe(state.length + TRAILER_BYTES);
    expect(state.equals((await store.load(keyOf(1))) ?? Buffer.alloc(0))).toBe(true);
    expect(await readdir(join(dir, "v1", "temporary"))).toEqual([]);
  });

  it("is there for another process, and has the size that was asked for", async () => {
    const dir = await tempFolder();
    await keep((await openTestStore(dir)).store, keyOf(1));
    const { store } = await openTestStore(dir);
    expect(await store.has(keyOf(1))).toBe(true);
    expect(await store.has(keyOf(1), STATE_BYTES)).toBe(true);
    expect(await store.has(keyOf(1), STATE_BYTES + 1)).toBe(false);
    expect(await store.has(keyOf(2))).toBe(false);
    expect(await store.load(keyOf(2))).toBeUndefined();
  });

  it("replaces one of the same name", async () => {
    const dir = await tempFolder();
    const { store } = await openTestStore(dir, { budgetBytes: FILE_BYTES });
    expect([await keep(store, keyOf(1)), (await store.load(keyOf(1)))?.length]).toEqual([true, STATE_BYTES]);
    const second = randomBytes(STATE_BYTES);
    expect(await store.keep(keyOf(1), second)).toBe(true);
    expect(await store.load(keyOf(1))).toEqual(second);
    expect((await store.room()).usedBytes).toBe(FILE_BYTES);
  });

  it("is never looked for outside the store", async () => {
    const { store } = await openTestStore(await tempFolder());
    await expect(store.has("../../etc/passwd")).rejects.toThrow("not a chunk key");
    await expect(store.load(`${"0".repeat(16)}/..`)).rejects.toThrow("not a chunk key");
  });

  it("that another process deletes is a miss, without a word", async () => {
    const dir = await tempFolder();
    const { store, warnings } = await openTestStore(dir);
    await keep(store, keyOf(1));
    await rm(fileOf(dir, keyOf(1)));
    expect(await store.load(keyOf(1))).toBeUndefined();
    expect(warnings).toEqual([]);
  });
});

describe("a damaged chunk", () => {
  const damage = fc.oneof(
    fc.record({
      kind: fc.constant("flip" as const),
      at: fc.nat(FILE_BYTES - 1),
      by: fc.integer({ min: 1, max: 255 }),
    }),
    fc.record({ kind: fc.constant("cut" as const), at: fc.nat(FILE_BYTES - 1), by: fc.constant(0) }),
  );

  it("is said, deleted, and never given to the engine, whatever byte is wrong or missing", async () => {
    const dir = await tempFolder();
    const { store, warnings } = await openTestStore(dir);
    const path = fileOf(dir, keyOf(1));
    await keep(store, keyOf(1));
    const good = await readFile(path);
    await fc.assert(
      fc.asyncProperty(damage, async ({ kind, at, by }) => {
        const bytes = Buffer.from(good);
        bytes[at] = (bytes[at] ?? 0) ^ by;
        await writeFile(path, kind === "cut" ? good.subarray(0, at) : bytes);
        const before = warnings.length;
        expect(await store.load(keyOf(1))).toBeUndefined();
        expect(warnings.length).toBe(before + 1);
        expect(await exists(path)).toBe(false);
      }),
      { numRuns: 300 },
    );
    expect(warnings[0]).toMatch(
      /^the stored KV state of chunk 010101010101… is damaged \(.+\); it is deleted and read again$/u,
    );
  });

  it("is also one that is whole and lies under another's name", async () => {
    const dir = await tempFolder();
    const { store, warnings } = await openTestStore(dir);
    for (const n of [1, 2]) await keep(store, keyOf(n));
    await copyFile(fileOf(dir, keyOf(1)), fileOf(dir, keyOf(2)));
    expect([await store.has(keyOf(2)), await store.load(keyOf(2))]).toEqual([true, undefined]);
    expect(warnings).toEqual([expect.stringContaining("its checksum is wrong")]);
  });

  it("is found when it was good before, in the same run", async () => {
    const dir = await tempFolder();
    const { store, warnings } = await openTestStore(dir);
    await keep(store, keyOf(1));
    const good = await store.load(keyOf(1));
    expect(await store.load(keyOf(1))).toEqual(good);
    await writeFile(fileOf(dir, keyOf(1)), Buffer.alloc(FILE_BYTES));
    expect([await store.load(keyOf(1)), warnings.length]).toEqual([undefined, 1]);
  });

  it("can be kept again", async () => {
    const dir = await tempFolder();
    const { store } = await openTestStore(dir);
    await keep(store, keyOf(1));
    await truncate(fileOf(dir, keyOf(1)), 100);
    expect(await store.load(keyOf(1))).toBeUndefined();
    expect(await keep(store, keyOf(1))).toBe(true);
    expect(await store.load(keyOf(1))).toBeDefined();
  });
});

describe("the budget", () => {
  it("is kept by evicting the least recently used, and no more than needed", async () => {
    const dir = await tempFolder();
    const old = (await openTestStore(dir)).store;
    for (const n of [1, 2, 3, 4]) await keep(old, keyOf(n));
    for (const [n, minutes] of [
      [1, 10],
      [2, 40],
      [3, 30],
      [4, 20],
    ] as const)
      await age(dir, keyOf(n), minutes);
    const { store } = await openTestStore(dir, { budgetBytes: 4 * FILE_BYTES });
    await keep(store, keyOf(5));
    expect(await exists(fileOf(dir, keyOf(2)))).toBe(false);
    await keep(store, keyOf(6));
    expect(await exists(fileOf(dir, keyOf(3)))).toBe(false);
    for (const n of [1, 4, 5, 6]) expect(await exists(fileOf(dir, keyOf(n))), `chunk ${n}`).toBe(true);
  });

  it("never evicts what this run wrote, loaded or found: the first chunks of a large document stay", async () => {
    const dir = await tempFolder();
    const old = (await openTestStore(dir)).store;
    for (const n of [1, 2]) await keep(old, keyOf(n));
    for (const n of [1, 2]) await age(dir, keyOf(n), 60);
    const { store, warnings } = await openTestStore(dir, { budgetBytes: 4 * FILE_BYTES });
    expect([await store.has(keyOf(1)), (await store.load(keyOf(2)))?.length]).toEqual([true, STATE_BYTES]);
    const kept: boolean[] = [];
    for (const n of [3, 4, 5, 6]) kept.push(await keep(store, keyOf(n)));
    expect(kept).toEqual([true, true, false, false]);
    for (const n of [1, 2, 3, 4]) expect(await exists(fileOf(dir, keyOf(n))), `chunk ${n}`).toBe(true);
    expect(warnings).toEqual([]);
  });

  it("counts use: what was loaded a run ago outlives what was not", async () => {
    const dir = await tempFolder();
    const first = (await openTestStore(dir)).store;
    for (const n of [1, 2]) await keep(first, keyOf(n));
    for (const n of [1, 2]) await age(dir, keyOf(n), 60 - n);
    await (await openTestStore(dir)).store.load(keyOf(1));
    const { store } = await openTestStore(dir, { budgetBytes: 2 * FILE_BYTES });
    await keep(store, keyOf(3));
    expect(await exists(fileOf(dir, keyOf(1)))).toBe(true);
    expect(await exists(fileOf(dir, keyOf(2)))).toBe(false);
  });

  it("smaller than one chunk keeps nothing and deletes nothing in vain", async () => {
    const dir = await tempFolder();
    await keep((await openTestStore(dir)).store, keyOf(1));
    const { store, warnings } = await openTestStore(dir, { budgetBytes: FILE_BYTES - 1 });
    expect(await keep(store, keyOf(2))).toBe(false);
    expect(await exists(fileOf(dir, keyOf(1)))).toBe(true);
    expect(warnings).toEqual([]);
    expect(store.writable).toBe(true);
  });

  it("holds when several sequences commit at once", async () => {
    const dir = await tempFolder();
    const { store } = await openTestStore(dir, { budgetBytes: 3 * FILE_BYTES });
    const kept = await Promise.all([1, 2, 3, 4, 5, 6].map((n) => keep(store, keyOf(n))));
    expect(kept.filter(Boolean).length).toBe(3);
    expect((await store.room()).usedBytes).toBe(3 * FILE_BYTES);
    expect(await readdir(join(dir, "v1", "temporary"))).toEqual([]);
  });

  it("is said beforehand, with what could be evicted, and leaves the disk what it must", async () => {
    const dir = await tempFolder();
    const old = (await openTestStore(dir)).store;
    for (const n of [1, 2]) await keep(old, keyOf(n));
    const { store } = await openTestStore(dir, { budgetBytes: 10 * FILE_BYTES });
    expect(await store.room()).toMatchObject({
      roomBytes: 10 * FILE_BYTES,
      budgetBytes: 10 * FILE_BYTES,
      usedBytes: 2 * FILE_BYTES,
    });
    await store.has(keyOf(1));
    expect((await store.room()).roomBytes).toBe(9 * FILE_BYTES);
    const full = (await openTestStore(dir, { minFreeBytes: 1e15 })).store;
    expect((await full.room()).roomBytes).toBe(0);
    expect((await full.room()).freeDiskBytes).toBeGreaterThan(0);
    expect(await full.keep(keyOf(3), Buffer.alloc(1))).toBe(false);
  });
});

describe("a store that cannot be written", () => {
  it.each(["below a file", "in /proc"])("%s opens all the same, says why once, and misses", async (where) => {
    const folder = await tempFolder({ file: "" });
    const dir = where === "in /proc" ? "/proc/focus" : join(folder, "file", "store");
    const { store, warnings } = await openTestStore(dir);
    expect(store.writable).toBe(false);
    expect(store.reason).toMatch(/a part of its path is a file|no such file or folder|permission denied/u);
    expect(warnings).toEqual([
      `the KV store in ${dir} cannot be written (${store.reason}): what is read from now on is not kept`,
    ]);
    expect([await store.has(keyOf(1)), await store.load(keyOf(1)), await keep(store, keyOf(1))]).toEqual([
      false,
      undefined,
      false,
    ]);
    expect((await store.room()).roomBytes).toBe(0);
    await store.recordDocument({
      path: "a",
      title: undefined,
      model: "m",
      tokens: 1,
      chunkKeys: [keyOf(1)],
      textKeys: [],
    });
    expect(warnings.length).toBe(1);
  });

  it("makes its folders again when they were deleted under it", async () => {
    const dir = join(await tempFolder(), "store");
    const { store, warnings } = await openTestStore(dir);
    await rm(dir, { recursive: true });
    expect(await keep(store, keyOf(1))).toBe(true);
    expect((await store.load(keyOf(1)))?.length).toBe(STATE_BYTES);
    expect([store.writable, warnings]).toEqual([true, []]);
  });

  it("says so when its folders cannot be made again", async () => {
    const dir = join(await tempFolder(), "store");
    const { store, warnings } = await openTestStore(dir);
    await rm(dir, { recursive: true });
    await writeFile(dir, "a file where the folder was");
    expect([await keep(store, keyOf(1)), await keep(store, keyOf(2))]).toEqual([false, false]);
    expect(warnings).toEqual([expect.stringContaining("cannot be written (a part of its path is a file)")]);
  });
});

describe("other users of the machine", () => {
  const modeOf = async (path: string): Promise<number> => (await stat(path)).mode & 0o777;

  it("can open neither the store nor its files, also of a store that an earlier build has made", async ({
    skip,
  }) => {
    skip(process.platform === "win32", "Windows has no such modes");
    const dir = await tempFolder();
    await mkdir(join(dir, "v1"), { mode: 0o755 });
    const { store } = await openTestStore(dir);
    await keep(store, keyOf(1));
    const document = { path: "a", title: undefined, model: "m", tokens: 1, textKeys: [] };
    await store.recordDocument({ ...document, chunkKeys: [keyOf(1)] });
    const records = join(dir, "v1", SETTINGS, "documents");
    const [record = ""] = await readdir(records);
    expect(await modeOf(join(dir, "v1"))).toBe(0o700);
    expect(await modeOf(fileOf(dir, keyOf(1)))).toBe(0o600);
    expect(await modeOf(join(records, record))).toBe(0o600);
  });
});

describe("leftovers", () => {
  it("are deleted at the next opening when they are old; what another machine may be writing stays", async () => {
    const dir = await tempFolder();
    const folder = join(dir, "v1", "temporary");
    await mkdir(folder, { recursive: true });
    const names = {
      old: `${process.pid}-0123456789abcdef.part`,
      live: `${process.pid}-fedcba9876543210.part`,
      // Above the largest pid that Linux gives out: no process of this machine.
      elsewhere: "99999999-0123456789abcdef.part",
      foreign: "notes.txt",
    };
    for (const name of Object.values(names)) await writeFile(join(folder, name), "");
    await utimes(join(folder, names.old), new Date(0), new Date(0));
    await openTestStore(dir);
    expect((await readdir(folder)).sort()).toEqual([names.live, names.elsewhere, names.foreign].sort());
  });
});
