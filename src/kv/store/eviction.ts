import type { ChunkFile } from "./store-layout.ts";

export type EvictionOptions = {
  readonly neededBytes: number;
  /** Keys that must stay. */
  readonly keep: ReadonlySet<string>;
};

/**
 * The least recently used files that together free `neededBytes`, and no more of them than that takes; undefined when
 * even all that may go are not enough, so that nothing is deleted in vain.
 */
export function chooseEvictions(
  files: Iterable<ChunkFile>,
  { neededBytes, keep }: EvictionOptions,
): ChunkFile[] | undefined {
  const candidates = [...files].filter(({ key }) => !keep.has(key));
  candidates.sort((a, b) => a.lastUsedMs - b.lastUsedMs);
  const chosen: ChunkFile[] = [];
  let freed = 0;
  for (const file of candidates) {
    if (freed >= neededBytes) break;
    chosen.push(file);
    freed += file.bytes;
  }
  return freed >= neededBytes ? chosen : undefined;
}

export function sumBytes(files: Iterable<{ readonly bytes: number }>): number {
  let sum = 0;
  for (const { bytes } of files) sum += bytes;
  return sum;
}
