import { createHash } from "node:crypto";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readEmbedding } from "../../../src/model/adapters/token-embedding.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";
import { type MadeTensor, type MadeValue, makeGguf, makeModel, modelValues } from "../make-gguf.ts";

const BASE = makeModel("llama");
const F32 = 0;
const Q8_0 = 8;
/** f16 of 1/4. */
const QUARTER = 0x3400;

/** (nTokens, 32) of which all values of a token's row are a quarter of its code. */
function rows(codes: readonly number[], type = Q8_0): MadeTensor {
  const data = Buffer.alloc(34 * codes.length);
  for (const [token, code] of codes.entries()) {
    data.writeUInt16LE(QUARTER, 34 * token);
    data.fill(Buffer.from([code & 0xff]), 34 * token + 2, 34 * (token + 1));
  }
  return { name: "token_embd.weight", dimensions: [32, codes.length], type, data };
}

function question(weights: readonly number[], name = "question.weight"): MadeTensor {
  const data = Buffer.from(Float32Array.from(weights).buffer);
  return { name, dimensions: [weights.length], type: F32, data };
}

type Change = {
  readonly values?: Readonly<Record<string, MadeValue>>;
  readonly tensors?: readonly MadeTensor[];
};

async function read({ values = {}, tensors = [rows([4, -8]), question([1, 0.5])] }: Change = {}) {
  const made = makeGguf({
    values: {
      ...modelValues("llama"),
      "focus.embedding": 1,
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

describe("a static embedding", () => {
  it("adds up the vectors of tokens, with what each counts in a question", async () => {
    const embedding = await read();
    expect(embedding.nDimensions).toBe(32);
    const sum = new Float32Array(32);
    embedding.add(0, sum);
    embedding.add(1, sum, embedding.questionWeight(1));
    expect([...sum]).toEqual(Array.from({ length: 32 }, () => 1 - 2 * 0.5));
  });

  it("has nothing for a token beyond its vocabulary", async () => {
    const embedding = await read();
    const sum = new Float32Array(32);
    embedding.add(2, sum);
    expect([...sum]).toEqual([...new Float32Array(32)]);
    expect(embedding.questionWeight(2)).toBe(0);
  });

  const cases: readonly (readonly [string, Change, RegExp])[] = [
    ["is of another form", { values: { "focus.embedding": 2 } }, /focus\.embedding is 2, expected 1/u],
    ["is of another model", { values: { "focus.base.sha256": "00" } }, /was trained on tiny, but/u],
    ["lacks its rows", { tensors: [question([1])] }, /its tensor token_embd\.weight is missing/u],
    [
      "has rows of another type",
      { tensors: [{ ...rows([1, 2]), type: F32, dimensions: [8, 2] }, question([1, 1])] },
      /its tensor token_embd\.weight is of type 0/u,
    ],
    [
      "has weights of other tokens",
      { tensors: [rows([1, 2]), question([1, 1, 1])] },
      /64 weights do not make rows of 3 tokens/u,
    ],
    ["has weights of none", { tensors: [rows([]), question([])] }, /do not make rows of 0 tokens/u],
  ];
  it.each(cases)("is refused when it %s", async (_, change, message) => {
    await expect(read(change)).rejects.toMatchObject({
      name: "ModelError",
      message: expect.stringMatching(message),
    });
  });
});
