import { readdir, readFile, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { decodeF16, encodeF16 } from "../../../src/kv/state/f16.ts";
import { fasterCopy } from "../../../src/model/faster/faster-copy.ts";
import { readHeader } from "../../../src/model/gguf/gguf-header.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";
import { f32Tensor, type MadeTensor, makeGguf, modelValues } from "../make-gguf.ts";

const Q4_1 = 3;
const Q8_0 = 8;

type Block = { readonly step: number; readonly least: number; readonly codes: readonly number[] };

/** (nBlocks) as ggml packs them: the codes of the first half in the low bits. */
function packed(blocks: readonly Block[]): Buffer {
  return Buffer.concat(
    blocks.map(({ step, least, codes }) => {
      const bytes = Buffer.alloc(20);
      bytes.writeUInt16LE(encodeF16(step), 0);
      bytes.writeUInt16LE(encodeF16(least), 2);
      for (let i = 0; i < 16; i += 1) bytes[4 + i] = (codes[i] ?? 0) | ((codes[16 + i] ?? 0) << 4);
      return bytes;
    }),
  );
}

const CODES = Array.from({ length: 32 }, (_, i) => (i * 7) % 16);
const BLOCKS: readonly Block[] = [
  { step: 0.125, least: -1, codes: CODES },
  { step: 0.03, least: -0.2, codes: CODES.toReversed() },
  { step: 0, least: 0, codes: CODES },
  { step: 0.5, least: 0.25, codes: CODES.map(() => 3) },
];
const TENSOR: MadeTensor = {
  name: "blk.0.ffn_up.weight",
  dimensions: [32, 4],
  type: Q4_1,
  data: packed(BLOCKS),
};

async function folderWith(tensors: readonly MadeTensor[]) {
  const bytes = makeGguf({ values: modelValues("llama"), tensors });
  const folder = await tempFolder({ "model.gguf": bytes });
  const notices: string[] = [];
  const options = {
    dir: join(folder, "copies"),
    signal: new AbortController().signal,
    onNotice: (message: string) => notices.push(message),
  };
  return { path: join(folder, "model.gguf"), options, notices };
}

/** Many blocks, so that they are most of the file. */
const large = (name: string, seed: number): MadeTensor => {
  const blocks = Array.from({ length: 256 }, (_, i) => BLOCKS[(i + seed) % BLOCKS.length] ?? BLOCKS[0]);
  return { name, dimensions: [32, 256], type: Q4_1, data: packed(blocks.flatMap((block) => block ?? [])) };
};

describe("fasterCopy", () => {
  it("keeps every weight within half a step of Q8_0, and every other tensor and value as it is", async () => {
    const other = f32Tensor("output_norm.weight", [1, 2, 3, 4]);
    const { path, options } = await folderWith([large("a", 0), other, TENSOR]);
    const copy = await fasterCopy(path, options);
    const [before, after] = [readHeader(path), readHeader(copy)];
    expect(after.values).toEqual(before.values);
    expect(after.tensors.map(({ name, type }) => [name, type])).toEqual([
      ["a", Q8_0],
      ["output_norm.weight", 0],
      [TENSOR.name, Q8_0],
    ]);
    const bytes = await readFile(copy);
    const norm = after.tensors[1]?.offset ?? 0;
    expect(bytes.subarray(norm, norm + 16)).toEqual(other.data);
    for (const [i, { step, least, codes }] of BLOCKS.entries()) {
      const at = (after.tensors[2]?.offset ?? 0) + i * 34;
      const scale = decodeF16(bytes.readUInt16LE(at));
      for (const [j, code] of codes.entries()) {
        const weight = decodeF16(encodeF16(step)) * code + decodeF16(encodeF16(least));
        // The scale itself is rounded to f16, by at most one part in 2,048.
        const most = scale / 2 + (Math.abs(weight) / 2048) * 1.01;
        expect(Math.abs(bytes.readInt8(at + 2 + j) * scale - weight)).toBeLessThanOrEqual(most);
      }
    }
  });

  it("is written once", async () => {
    const { path, options } = await folderWith([large("a", 0)]);
    const copy = await fasterCopy(path, options);
    const { ino } = await stat(copy);
    expect(await fasterCopy(path, options)).toBe(copy);
    expect((await stat(copy)).ino).toBe(ino);
  });

  it("is written again where its end is missing", async () => {
    const { path, options } = await folderWith([large("a", 0)]);
    const copy = await fasterCopy(path, options);
    const whole = await readFile(copy);
    await writeFile(copy, whole.subarray(0, whole.length - 100));
    await fasterCopy(path, options);
    expect(await readFile(copy)).toEqual(whole);
  });

  it("is not made of a model of other types", async () => {
    const { path, options } = await folderWith([f32Tensor("a"), TENSOR]);
    expect(await fasterCopy(path, options)).toBe(path);
    await expect(readdir(options.dir)).rejects.toThrow("ENOENT");
  });

  it("says why there is none, and leaves the file itself", async () => {
    const { path, options, notices } = await folderWith([large("a", 0)]);
    await writeFile(options.dir, "a file where the folder would be");
    expect(await fasterCopy(path, options)).toBe(path);
    expect(notices).toEqual([expect.stringContaining("no faster copy of the model could be written")]);
  });

  it("goes when three others were used after it", async () => {
    const { path, options } = await folderWith([large("a", 0)]);
    const first = await fasterCopy(path, options);
    await utimes(first, 1, 1);
    for (const seed of [1, 2, 3]) {
      const bytes = makeGguf({ values: modelValues("llama"), tensors: [large("a", seed)] });
      await writeFile(path, bytes);
      await fasterCopy(path, options);
    }
    const left = await readdir(options.dir);
    expect(left).toHaveLength(3);
    expect(left.map((name) => join(options.dir, name))).not.toContain(first);
  });

  it("stops when it is told to", async () => {
    const { path, options } = await folderWith([large("a", 0)]);
    const stopped = fasterCopy(path, { ...options, signal: AbortSignal.abort(new Error("stopped")) });
    await expect(stopped).rejects.toThrow("stopped");
    expect(await readdir(options.dir)).toEqual([]);
  });
});
