import { statfs } from "node:fs/promises";
import { dirname } from "node:path";
import { unlessMissing, unlessRefused } from "../../fs/system-error.ts";
import { sumBytes } from "./eviction.ts";
import { listChunks } from "./store-layout.ts";

/** What the store leaves free on the disk, whatever its budget: other programs need some. */
export const MIN_FREE_BYTES = 1e9;

/** The most that the store takes unless it is told otherwise: four million tokens at 12 kB each, the embedded model's. */
const MOST_BYTES = 50e9;

export type StoreLimits = { readonly budgetBytes: number; readonly minFreeBytes: number };

/**
 * The budget of a store that nobody gave one: half of what the disk would have free without the store, at most 50 GB.
 * What the store holds counts as free, so that the budget stays the same while the store grows.
 */
export function defaultBudgetBytes(freeDiskBytes: number, usedBytes: number): number {
  return Math.min(MOST_BYTES, Math.floor((freeDiskBytes + usedBytes) / 2));
}

/**
 * What the store in `dir`, which need not exist yet, may take: the budget that was asked for, or else the default one.
 * Never fails: where the disk does not tell how much is free, the default is the most that it can be.
 */
export async function storeLimits(dir: string, wantedBudgetBytes: number | undefined): Promise<StoreLimits> {
  const budgetBytes = wantedBudgetBytes ?? (await budgetOf(dir));
  return { budgetBytes, minFreeBytes: MIN_FREE_BYTES };
}

async function budgetOf(dir: string): Promise<number> {
  const files = (await unlessRefused(listChunks(dir))) ?? [];
  const free = (await unlessRefused(freeDiskBytes(dir))) ?? Number.POSITIVE_INFINITY;
  return defaultBudgetBytes(free, sumBytes(files));
}

/** Free bytes on the disk that holds `dir`, or would hold it. Throws what the file system throws. */
export async function freeDiskBytes(dir: string): Promise<number> {
  const found = await unlessMissing(statfs(dir));
  if (found !== undefined) return found.bavail * found.bsize;
  const parent = dirname(dir);
  return parent === dir ? 0 : freeDiskBytes(parent);
}
