import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chooseEvictions, sumBytes } from "../../../src/kv/store/eviction.ts";
import type { ChunkFile } from "../../../src/kv/store/store-layout.ts";

const file = (key: string, bytes: number, lastUsedMs: number): ChunkFile => ({
  key,
  path: key,
  bytes,
  lastUsedMs,
});

describe("chooseEvictions", () => {
  const files = [file("new", 10, 3), file("old", 10, 1), file("middle", 10, 2)];

  it("takes the least recently used first, and stops when it is enough", () => {
    const chosen = chooseEvictions(files, { neededBytes: 11, keep: new Set() });
    expect(chosen?.map(({ key }) => key)).toEqual(["old", "middle"]);
    expect(chooseEvictions(files, { neededBytes: 0, keep: new Set() })).toEqual([]);
    expect(chooseEvictions(files, { neededBytes: -5, keep: new Set() })).toEqual([]);
  });

  it("passes over what must stay, and takes nothing when the rest is not enough", () => {
    const keep = new Set(["old"]);
    expect(chooseEvictions(files, { neededBytes: 5, keep })?.map(({ key }) => key)).toEqual(["middle"]);
    expect(chooseEvictions(files, { neededBytes: 21, keep })).toBeUndefined();
  });

  it("frees enough without any one file too many, for any files", () => {
    const any = fc.array(fc.record({ bytes: fc.nat(100), lastUsedMs: fc.nat(20), isKept: fc.boolean() }));
    fc.assert(
      fc.property(any, fc.nat(1000), (list, neededBytes) => {
        const all = list.map(({ bytes, lastUsedMs }, i) => file(String(i), bytes, lastUsedMs));
        const keep = new Set(all.filter((_, i) => list[i]?.isKept === true).map(({ key }) => key));
        const chosen = chooseEvictions(all, { neededBytes, keep });
        const evictable = all.filter(({ key }) => !keep.has(key));
        if (chosen === undefined) {
          expect(sumBytes(evictable)).toBeLessThan(neededBytes);
          return;
        }
        expect(sumBytes(chosen)).toBeGreaterThanOrEqual(neededBytes);
        if (chosen.length > 0) expect(sumBytes(chosen.slice(0, -1))).toBeLessThan(neededBytes);
        const newest = Math.max(-1, ...chosen.map(({ lastUsedMs }) => lastUsedMs));
        for (const { lastUsedMs } of evictable.filter((other) => !chosen.includes(other))) {
          expect(lastUsedMs).toBeGreaterThanOrEqual(newest);
        }
      }),
    );
  });
});
