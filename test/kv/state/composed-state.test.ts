import { open } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { KvStoreError } from "../../../src/errors.ts";
import { fileSource } from "../../../src/kv/state/byte-source.ts";
import { composeState, type Piece } from "../../../src/kv/state/composed-state.ts";
import { type RopeParams, rotateKeys, rotation } from "../../../src/kv/state/rope.ts";
import { readRows } from "../../../src/kv/state/rows.ts";
import { parseState, type StateFile } from "../../../src/kv/state/state-file.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";
import { memorySource, TINY_EXPECTATION, type TinyState, tinyState } from "../../helpers/tiny-kv.ts";

/** One head of 4 dimensions: the 8 bytes of a tiny K row. */
const ROPE: RopeParams = { pairing: "norm", headDim: 4, dimensionCount: 4, base: 10_000, linearScale: 1 };
const OPTIONS = { rope: ROPE, nStream: 1 };

type Cut = { readonly cells: readonly number[]; readonly offset: number };

async function piece({ cells, offset }: Cut, changes: Partial<TinyState> = {}): Promise<Piece> {
  const source = memorySource(tinyState(changes));
  const state = await parseState(source, TINY_EXPECTATION);
  return { source, state, cells: Uint32Array.from(cells), offset };
}

async function compose(
  pieces: readonly Piece[],
): Promise<{ state: StateFile; keys: Uint8Array; values: Uint8Array }> {
  const path = join(await tempFolder(), "composed.kv");
  const { bytes, nCells, nTokens } = await composeState(path, pieces, OPTIONS);
  await using handle = await open(path, "r");
  const source = await fileSource(handle, path);
  const state = await parseState(source, { ...TINY_EXPECTATION, nStream: 1 });
  expect([state.bytes, state.positions.length, state.tokens.length]).toEqual([bytes, nCells, nTokens]);
  const cells = Uint32Array.from(state.positions.keys());
  const all = (layers: StateFile["keys"]) => readRows(layers.map((rows) => ({ source, rows, cells })));
  return { state, keys: await all(state.keys), values: await all(state.values) };
}

/** Layer by layer, the rows of the pieces one behind the other. */
async function rowsOf(pieces: readonly Piece[], kind: "keys" | "values"): Promise<Uint8Array> {
  const picks = [0, 1].flatMap((layer) =>
    pieces.flatMap(({ source, state, cells }) => {
      const rows = state[kind][layer];
      return rows === undefined ? [] : [{ source, rows, cells }];
    }),
  );
  return readRows(picks);
}

describe("composeState", () => {
  it("puts cells of several files into one, at their new positions and with their own tokens", async () => {
    const pieces = [
      await piece({ cells: [0, 1], offset: 0 }),
      await piece({ cells: [1, 2], offset: 1 }, { tokens: [21, 22, 23] }),
      await piece({ cells: [0], offset: 6 }, { tokens: [31, 32, 33] }),
    ];
    const { state } = await compose(pieces);
    expect([...state.positions]).toEqual([0, 1, 2, 3, 6]);
    expect([...state.tokens]).toEqual([11, 12, 22, 23, 0, 0, 31]);
    expect(state.stream).toBe(0);
  });

  it("takes the bytes of rows as they are where nothing moves", async () => {
    const pieces = [await piece({ cells: [2], offset: 0 }), await piece({ cells: [0, 1], offset: 0 })];
    const { keys, values } = await compose(pieces);
    expect(keys).toEqual(await rowsOf(pieces, "keys"));
    expect(values).toEqual(await rowsOf(pieces, "values"));
  });

  it("rotates K of what moves, and leaves V", async () => {
    const pieces = [await piece({ cells: [0, 1, 2], offset: 5 })];
    const { keys, values } = await compose(pieces);
    const turned = await rowsOf(pieces, "keys");
    expect(keys).not.toEqual(turned);
    rotateKeys(turned, rotation(ROPE, 5));
    expect(keys).toEqual(turned);
    expect(values).toEqual(await rowsOf(pieces, "values"));
  });

  it("refuses what cannot be composed", async () => {
    const path = join(await tempFolder(), "composed.kv");
    const tries: [readonly Piece[], string, RopeParams?][] = [
      [[], "pieces of one model"],
      [[await piece({ cells: [0], offset: -1 })], "positions from 0 on, found -1"],
      [[await piece({ cells: [3], offset: 0 })], "wanted cell 3"],
      [[await piece({ cells: [0], offset: 1 }, { type: 0 })], "f16 rows to rotate"],
      [
        [await piece({ cells: [0], offset: 0 }), await piece({ cells: [1], offset: 0 }, { type: 30 })],
        "ggml type",
      ],
      [[await piece({ cells: [0], offset: 1 })], "YaRN", { ...ROPE, yarn: true }],
    ];
    for (const [pieces, what, rope = ROPE] of tries) {
      const refusal = composeState(path, pieces, { rope, nStream: 1 });
      await expect(refusal).rejects.toThrow(KvStoreError);
      await expect(refusal).rejects.toThrow(what);
    }
  });

  it("takes rows of any type, and of YaRN models, where nothing moves", async () => {
    const path = join(await tempFolder(), "composed.kv");
    const pieces = [await piece({ cells: [0], offset: 0 }, { type: 30 })];
    await expect(
      composeState(path, pieces, { rope: { ...ROPE, yarn: true }, nStream: 1 }),
    ).resolves.toMatchObject({
      nCells: 1,
      nTokens: 1,
    });
  });
});
