import { chmod } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ModelError } from "../../src/errors.ts";
import { readMetadata } from "../../src/model/metadata.ts";
import { tempFolder } from "../helpers/temp-folder.ts";
import { f32Tensor, type MadeGguf, makeGguf, makeModel, modelValues, u32, u64 } from "./make-gguf.ts";

async function fileOf(bytes: Uint8Array | string, name = "model.gguf"): Promise<string> {
  return join(await tempFolder({ [name]: bytes }), name);
}

async function metadataOf(made: MadeGguf) {
  return readMetadata(await fileOf(makeGguf(made)));
}

async function refusal(path: string): Promise<ModelError> {
  const error = await readMetadata(path).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ModelError)) throw new Error(`expected a ModelError, found ${String(error)}`);
  expect(error.message).toContain(path);
  expect(error.message).not.toContain("\n");
  expect(error.hint).toBeDefined();
  return error;
}

describe("readMetadata", () => {
  it("reads the shape of attention, the size of its rows and how K turns", async () => {
    const values = modelValues("llama", {
      "llama.rope.freq_base": { f32: 50_000 },
      "llama.rope.dimension_count": 16,
    });
    expect(await metadataOf({ values })).toMatchObject({
      architecture: "llama",
      title: "Tiny",
      nLayers: 2,
      nKvHeads: 2,
      evenLayers: true,
      headDim: 16,
      valueDim: 16,
      vocabularyTokens: 3,
      trainedContextTokens: 1024,
      kvBytesPerToken: 2 * 2 * (16 + 16) * 2,
      ropeScaling: "none",
      rope: { pairing: "norm", headDim: 16, dimensionCount: 16, base: 50_000, linearScale: 1 },
    });
  });

  it("reads GGUF version 2 as well", async () => {
    expect((await metadataOf({ values: modelValues("qwen2"), version: 2 })).rope?.pairing).toBe("neox");
  });

  it("sums the rows of layers that differ, and says that they do", async () => {
    const values = modelValues("llama", { "llama.attention.head_count_kv": { numbers: [4, 1] } });
    const found = await metadataOf({ values });
    expect(found).toMatchObject({ nKvHeads: 4, evenLayers: false, kvBytesPerToken: 5 * (16 + 16) * 2 });
  });

  it("takes as many KV heads as heads where the GGUF does not say", async () => {
    const values = modelValues("llama", { "llama.attention.head_count_kv": undefined });
    expect((await metadataOf({ values })).nKvHeads).toBe(4);
  });

  it("takes the head's dimensions from key_length and value_length where they are there", async () => {
    const values = modelValues("qwen3", {
      "qwen3.attention.key_length": 32,
      "qwen3.attention.value_length": 8,
    });
    expect(await metadataOf({ values })).toMatchObject({ headDim: 32, valueDim: 8 });
  });

  it("tells linear and YaRN scaling apart", async () => {
    const scaled = (type: string) =>
      modelValues("llama", { "llama.rope.scaling.type": type, "llama.rope.scaling.factor": { f32: 4 } });
    expect((await metadataOf({ values: scaled("linear") })).rope).toMatchObject({ linearScale: 0.25 });
    expect((await metadataOf({ values: scaled("yarn") })).rope).toMatchObject({ linearScale: 1, yarn: true });
    expect((await metadataOf({ values: scaled("cubic") })).rope).toBeUndefined();
  });

  it("reads the frequency divisors of Llama 3", async () => {
    const tensors = [
      f32Tensor("token_embd.weight"),
      f32Tensor("rope_freqs.weight", [1, 1, 2, 4, 8, 8, 8, 8]),
    ];
    const { rope } = await metadataOf({ values: modelValues("llama"), tensors });
    expect(Array.from(rope?.frequencyDivisors ?? [])).toEqual([1, 1, 2, 4, 8, 8, 8, 8]);
  });

  it("calls a model with LongRoPE factors so, whatever its scaling type says", async () => {
    const tensors = [f32Tensor("rope_factors_long.weight")];
    expect((await metadataOf({ values: modelValues("phi3"), tensors })).ropeScaling).toBe("longrope");
  });

  it("sums the files of a split GGUF", async () => {
    const part = (number: number) =>
      makeGguf({ values: { ...modelValues("llama"), "split.no": number, "split.count": 2 } });
    const folder = await tempFolder({ "m-00001-of-00002.gguf": part(0), "m-00002-of-00002.gguf": part(1) });
    const { fileBytes } = await readMetadata(join(folder, "m-00001-of-00002.gguf"));
    expect(fileBytes).toBe(part(0).length + part(1).length);
  });
});

describe("readMetadata refuses", () => {
  it("a split GGUF with a missing part, or by another part than the first", async () => {
    const split = makeGguf({ values: { ...modelValues("llama"), "split.count": 2 } });
    const folder = await tempFolder({
      "m-00001-of-00002.gguf": split,
      "n-00002-of-00002.gguf": split,
      "o.gguf": split,
    });
    const missing = await readMetadata(join(folder, "m-00001-of-00002.gguf")).catch(
      (error: unknown) => error,
    );
    expect(String(missing)).toContain("m-00002-of-00002.gguf cannot be opened: no such file");
    expect((await refusal(join(folder, "n-00002-of-00002.gguf"))).hint).toContain("n-00001-of-00002.gguf");
    expect((await refusal(join(folder, "o.gguf"))).message).toContain("split into 2 files");
  });

  it("a file that is not there, and a folder", async () => {
    const folder = await tempFolder();
    expect((await refusal(join(folder, "gone.gguf"))).message).toMatch(/no such file or folder$/u);
    expect((await refusal(folder)).message).toContain("is a folder");
  });

  it("a file that may not be read", async ({ skip }) => {
    skip(process.getuid?.() === 0 || process.platform === "win32", "root reads everything");
    const path = await fileOf(makeModel("llama"));
    await chmod(path, 0);
    expect((await refusal(path)).message).toMatch(/permission denied$/u);
  });

  it.each([
    ["an empty file", "", "is empty"],
    ["a web page", "<!doctype html><html></html>", 'it starts with "<!do"'],
    ["a GGUF of version 1", makeGguf({ values: {}, version: 1 }), "GGUF version 1, expected 2 or 3"],
    ["a big-endian GGUF", makeGguf({ values: {}, version: 0x03000000 }), "big-endian"],
    ["nothing but the magic", "GGUF", "needs 4 bytes at byte 4, but the file has 4 bytes"],
  ])("%s", async (_, bytes, message) => {
    expect((await refusal(await fileOf(bytes))).message).toContain(message);
  });

  it("a GGUF that was cut anywhere, in its header or in its tensors", async () => {
    const whole = makeModel("llama");
    const end = whole.length - 16; // 16 bytes of the only tensor's padding carry nothing
    for (let bytes = 4; bytes < end; bytes += 1) {
      expect((await refusal(await fileOf(whole.subarray(0, bytes)))).message).toContain("is damaged");
    }
    await readMetadata(await fileOf(whole.subarray(0, end)));
  });

  const cases: Readonly<Record<string, MadeGguf>> = {
    "2^62 metadata values": { values: modelValues("llama"), nValues: 2n ** 62n },
    "2^50 tensors": { values: modelValues("llama"), nTensors: 2n ** 50n },
    "a string of 2^40 bytes": { values: { a: { raw: Buffer.concat([u32(8), u64(2n ** 40n)]) } } },
    "a key of 2^63 bytes": { values: {}, nValues: 2n ** 20n },
    "a list of 2^60 numbers": { values: { a: { raw: Buffer.concat([u32(9), u32(4), u64(2n ** 60n)]) } } },
    "a list of 2^40 strings": { values: { a: { raw: Buffer.concat([u32(9), u32(8), u64(2n ** 40n)]) } } },
    "a list of lists": { values: { a: { raw: Buffer.concat([u32(9), u32(9), u64(1n), u32(4), u64(0n)]) } } },
    "a value of type 99": { values: { a: { raw: u32(99) } } },
    "an alignment of 0": { values: { ...modelValues("llama"), "general.alignment": 0 } },
    "an alignment of 48": { values: { ...modelValues("llama"), "general.alignment": 48 } },
    "a tensor at 2^60": { values: modelValues("llama"), tensors: [{ ...f32Tensor("t"), offset: 2n ** 60n }] },
    "a tensor at 2^52": { values: modelValues("llama"), tensors: [{ ...f32Tensor("t"), offset: 2n ** 52n }] },
    "a tensor of 2^50 elements": {
      values: modelValues("llama"),
      tensors: [{ ...f32Tensor("t"), dimensions: [2 ** 50] }],
    },
    "a tensor of 5 dimensions": {
      values: modelValues("llama"),
      tensors: [{ ...f32Tensor("t"), dimensions: [1, 1, 1, 1, 1] }],
    },
  };

  it.each(Object.entries(cases))("a header that claims %s, at once", async (_, made) => {
    const path = await fileOf(makeGguf(made));
    const started = performance.now();
    expect((await refusal(path)).message).toContain("is damaged");
    expect(performance.now() - started).toBeLessThan(500);
  });

  it.each([
    ["an adapter", { "general.type": "adapter" }, 'of type "adapter"'],
    ["a GGUF without an architecture", { "general.architecture": undefined }, "of which architecture"],
    [
      "a model without layers",
      { "llama.block_count": undefined },
      "llama.block_count is nothing, expected a count",
    ],
    ["a million layers", { "llama.block_count": 1e6 }, "llama.block_count is 1000000, expected at most 4096"],
    ["a trained context of 0", { "llama.context_length": 0 }, "llama.context_length is 0"],
    ["text for a number", { "llama.attention.head_count": "four" }, 'llama.attention.head_count is "four"'],
    [
      "one KV head too few",
      { "llama.attention.head_count_kv": { numbers: [1] } },
      "one for each of 2 layers",
    ],
  ])("%s", async (_, changes, message) => {
    expect((await refusal(await fileOf(makeModel("llama", changes)))).message).toContain(message);
  });

  it("a vocabulary without tensors, and divisors that are none", async () => {
    const vocabulary = makeGguf({ values: modelValues("llama"), tensors: [] });
    expect((await refusal(await fileOf(vocabulary))).message).toContain("a vocabulary alone");
    const divisors = makeGguf({
      values: modelValues("llama"),
      tensors: [f32Tensor("rope_freqs.weight", [1])],
    });
    expect((await refusal(await fileOf(divisors))).message).toContain("expected 8 of f32");
  });

  it("no name for bytes that are no text", async () => {
    const raw = Buffer.concat([u32(8), u64(2n), Buffer.from([0xff, 0xfe])]);
    const values = { ...modelValues("llama"), "general.name": { raw } };
    expect((await metadataOf({ values })).title).toBe("\ufffd\ufffd");
  });
});
