import { describe, expect, it } from "vitest";
import { parseState } from "../../../src/kv/state/state-file.ts";
import { withStreams } from "../../../src/kv/state/state-streams.ts";
import { memorySource, TINY, TINY_EXPECTATION, type TinyState, tinyState } from "../../helpers/tiny-kv.ts";

describe("a state for a context of another number of sequences", () => {
  it.each([
    ["the second of two", {}],
    ["the first of two", { stream: 0 }],
    ["the only one", { stream: 0, nStream: 1, streams: 1 }],
  ] as const)("has the cells of %s as its first", async (_, changes: Partial<TinyState>) => {
    const bytes = new Uint8Array(tinyState(changes));
    const nStream = changes.nStream ?? TINY.nStream;
    const state = await parseState(memorySource(tinyState(changes)), { ...TINY_EXPECTATION, nStream });
    for (const wanted of [1, 2, 5]) {
      const moved = Buffer.concat(withStreams(bytes, state, wanted));
      const parsed = await parseState(memorySource(moved), { ...TINY_EXPECTATION, nStream: wanted });
      expect(parsed).toMatchObject({ nStream: wanted, stream: 0, bytes: moved.length });
      expect([...parsed.tokens]).toEqual([...state.tokens]);
      const rows = ({ keys, values }: typeof state, of: Uint8Array) =>
        [...keys, ...values].map(({ offset, rowBytes }) =>
          Buffer.from(of.subarray(offset, offset + 3 * rowBytes)).toString("hex"),
        );
      expect(rows(parsed, moved)).toEqual(rows(state, bytes));
    }
  });
});
