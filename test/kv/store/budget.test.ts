import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  defaultBudgetBytes,
  freeDiskBytes,
  MIN_FREE_BYTES,
  storeLimits,
} from "../../../src/kv/store/budget.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";
import { keep, keyOf, openTestStore } from "../stored.ts";

describe("the default budget", () => {
  it("is half of what the disk would have free without the store, whether that is stored or not", () => {
    expect([0, 10e9, 20e9].map((used) => defaultBudgetBytes(20e9 - used, used))).toEqual([10e9, 10e9, 10e9]);
  });

  it("is at most 50 GB, and never a fraction of a byte", () => {
    expect(defaultBudgetBytes(4e12, 0)).toBe(50e9);
    expect(defaultBudgetBytes(Number.POSITIVE_INFINITY, 1)).toBe(50e9);
    expect(defaultBudgetBytes(3, 0)).toBe(1);
  });
});

describe("storeLimits", () => {
  it("takes the budget that was asked for as it is, even nothing", async () => {
    const dir = await tempFolder();
    expect(await storeLimits(dir, 0)).toEqual({ budgetBytes: 0, minFreeBytes: MIN_FREE_BYTES });
    expect((await storeLimits(dir, 1e15)).budgetBytes).toBe(1e15);
  });

  it("decides by the disk for a folder that is not there yet, and does not make it", async () => {
    const dir = await tempFolder();
    const missing = join(dir, "deep", "down");
    const { budgetBytes } = await storeLimits(missing, undefined);
    expect(budgetBytes).toBeGreaterThan(0);
    expect(budgetBytes).toBeLessThanOrEqual(50e9);
    expect(await freeDiskBytes(missing)).toBeGreaterThan(0);
    await expect(mkdir(join(dir, "deep"))).resolves.toBeUndefined();
  });

  it("decides for a store that holds something, and where a file is in the way", async () => {
    const dir = await tempFolder();
    const { store } = await openTestStore(dir);
    await keep(store, keyOf(1));
    expect((await storeLimits(dir, undefined)).budgetBytes).toBeGreaterThan(0);
    await writeFile(join(dir, "file"), "in the way");
    expect((await storeLimits(join(dir, "file", "kv"), undefined)).budgetBytes).toBeGreaterThan(0);
  });
});
