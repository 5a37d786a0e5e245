import { createHash } from "node:crypto";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readEmbedding, type TokenEmbedding } from "../../../src/model/adapters/token-embedding.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";
import {
  f32Tensor,
  type MadeTensor,
  type MadeValue,
  makeGguf,
  makeModel,
  modelValues,
} from "../make-gguf.ts";

const BASE = makeModel("llama");
const Q8_0 = 8;
/** f16 of 1/4. */
const QUARTER = 0x3400;
const NAN = 0x7e00;

/** (nTokens, nBlocks · 32) of which each block has a quarter of its code for a value. */
function rows(codes: readonly (readonly number[])[], scale = QUARTER): MadeTensor {
  const blocks = codes.flat().map((code) => {
    const block = Buffer.alloc(34, code & 0xff);
    block.writeUInt16LE(scale);
    return block;
  });
  const dimensions = [32 * (codes[0]?.length ?? 1), codes.length];
  return { name: "token_embd.weight", dimensions, type: Q8_0, data: Buffer.concat(blocks) };
}

type Change = {
  readonly values?: Readonly<Record<string, MadeValue>>;
  readonly tensors?: readonly MadeTensor[];
};

async function read({
  values = {},
  tensors = [
    rows([
      [4, 8],
      [-8, 12],
    ]),
  ],
}: Change = {}) {
  const made = makeGguf({
    values: {
      ...modelValues("llama"),
      "focus.embedding": 1,
      "focus.embedding.dimensions": 64,
      "focus.base.sha256": createHash("sha256").update(BASE).digest("hex"),
      "focus.base.name": "tiny",
      ...values,
    },
    tensors,
  });
  const folder = await tempFolder({ "tiny.gguf": BASE, "own.gguf": made });
  const base = { name: "tiny", path: join(folder, "tiny.gguf") };
  return readEmbedding({ path: join(folder, "own.gguf"), name: "own" }, base);
}

function summed(embedding: TokenEmbedding, tokens: readonly number[]): number[] {
  const sum = new Float32Array(64);
  for (const token of tokens) embedding.add(token, sum);
  return [...sum];
}

describe("a static embedding", () => {
  it("adds up the vectors of tokens", async () => {
    const embedding = await read();
    expect(embedding.nDimensions).toBe(64);
    const half = (value: number): number[] => Array.from({ length: 32 }, () => value);
    expect(summed(embedding, [0, 1])).toEqual([...half(1 - 2), ...half(2 + 3)]);
    expect(summed(embedding, [1])).toEqual([...half(-2), ...half(3)]);
  });

  it("has nothing for a token beyond its vocabulary", async () => {
    const embedding = await read();
    expect(summed(embedding, [2, 4_000_000_000])).toEqual([...new Float32Array(64)]);
  });

  const cases: readonly (readonly [string, Change, RegExp])[] = [
    ["is of another form", { values: { "focus.embedding": 2 } }, /focus\.embedding is 2, expected 1/u],
    ["is of another model", { values: { "focus.base.sha256": "00" } }, /was trained on tiny, but/u],
    ["lacks its rows", { tensors: [f32Tensor("other")] }, /its tensor token_embd\.weight is missing/u],
    [
      "has rows of another type",
      { tensors: [f32Tensor("token_embd.weight")] },
      /its tensor token_embd\.weight is of type 0/u,
    ],
    ["has half a row", { tensors: [rows([[1], [2], [3]])] }, /96 weights are no rows of 64 dimensions/u],
    ["has no row", { tensors: [rows([])] }, /0 weights are no rows of 64 dimensions/u],
    ["has odd rows", { values: { "focus.embedding.dimensions": 48 } }, /no rows of 48 dimensions/u],
    ["has rows of nothing", { values: { "focus.embedding.dimensions": 0 } }, /no rows of 0 dimensions/u],
    ["has a scale that is no number", { tensors: [rows([[1, 2]], NAN)] }, /a scale of .* is not finite/u],
  ];
  it.each(cases)("is refused when it %s", async (_, change, message) => {
    await expect(read(change)).rejects.toMatchObject({
      name: "ModelError",
      message: expect.stringMatching(message),
    });
  });
});
