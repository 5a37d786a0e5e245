import { copyFile, open } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fingerprint } from "../../src/model/fingerprint.ts";
import { tempFolder } from "../helpers/temp-folder.ts";
import { type MadeTensor, type MadeValue, makeGguf, modelValues } from "./make-gguf.ts";

/** (elements) f32 of one value: 1 MiB each, so that samples are a small part. */
function tensor(name: string, value: number): MadeTensor {
  const values = new Float32Array(1 << 18).fill(value);
  return { name, dimensions: [values.length], type: 0, data: Buffer.from(values.buffer) };
}

async function fingerprintOf(tensors: readonly MadeTensor[], changes: Record<string, MadeValue> = {}) {
  const bytes = makeGguf({ values: modelValues("llama", changes), tensors });
  return fingerprint(join(await tempFolder({ "model.gguf": bytes }), "model.gguf"));
}

describe("fingerprint", () => {
  it("is the same for the same content, wherever it lies and whatever it is called", async () => {
    const folder = await tempFolder({ "a.gguf": makeGguf({ values: modelValues("llama") }) });
    await copyFile(join(folder, "a.gguf"), join(folder, "b.gguf"));
    const found = await fingerprint(join(folder, "a.gguf"));
    expect(found).toMatch(/^[0-9a-f]{64}$/u);
    expect(await fingerprint(join(folder, "b.gguf"))).toBe(found);
  });

  it("differs when one of the tensors was trained on, or a metadata value, name or type differs", async () => {
    const tensors = [tensor("a", 1), tensor("b", 2), tensor("c", 3)];
    const found = await Promise.all([
      fingerprintOf(tensors),
      fingerprintOf([tensor("a", 1), tensor("b", 2.5), tensor("c", 3)]),
      fingerprintOf([tensor("a", 1), tensor("x", 2), tensor("c", 3)]),
      fingerprintOf(tensors.map((made) => ({ ...made, type: 26 }))),
      fingerprintOf(tensors, { "tokenizer.chat_template": "{{ messages }}" }),
      fingerprintOf(tensors.slice(1)),
    ]);
    expect(new Set(found).size).toBe(found.length);
  });

  it("covers all parts of a split model", async () => {
    const part = (value: number) =>
      makeGguf({ values: { ...modelValues("llama"), "split.count": 2 }, tensors: [tensor("a", value)] });
    const folder = await tempFolder({ "m-00001-of-00002.gguf": part(1), "m-00002-of-00002.gguf": part(2) });
    const first = join(folder, "m-00001-of-00002.gguf");
    const before = await fingerprint(first);
    await using second = await open(join(folder, "m-00002-of-00002.gguf"), "r+");
    await second.write(part(3));
    expect(await fingerprint(first)).not.toBe(before);
  });
});
