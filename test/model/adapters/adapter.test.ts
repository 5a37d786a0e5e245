import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readAdapter } from "../../../src/model/adapters/adapter.ts";
import { resolveAdapter } from "../../../src/model/adapters/adapters.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";
import { type MadeTensor, type MadeValue, makeGguf, modelValues } from "../make-gguf.ts";

/** A matrix of f32 zeros, (rows, columns); GGUF names the columns first. */
function matrix(name: string, rows: number, columns: number): MadeTensor {
  return { name, dimensions: [columns, rows], type: 0, data: Buffer.alloc(4 * rows * columns) };
}

const BASE = makeGguf({ values: modelValues("llama"), tensors: [matrix("blk.0.attn_q.weight", 64, 32)] });
const PAIR = [matrix("blk.0.attn_q.weight.lora_a", 4, 32), matrix("blk.0.attn_q.weight.lora_b", 64, 4)];

const VALUES: Readonly<Record<string, MadeValue>> = {
  "general.type": "adapter",
  "general.architecture": "llama",
  "adapter.type": "lora",
  "adapter.lora.alpha": { f32: 8 },
  "focus.candidates": 8,
  "focus.base.sha256": createHash("sha256").update(BASE).digest("hex"),
  "focus.base.name": "tiny",
};

type Change = {
  readonly values?: Readonly<Record<string, MadeValue | undefined>>;
  readonly tensors?: readonly MadeTensor[];
  readonly base?: Buffer;
  readonly cutTo?: number;
};

async function read({ values = {}, tensors = PAIR, base = BASE, cutTo }: Change = {}) {
  const present = Object.entries({ ...VALUES, ...values }).filter(
    (entry): entry is [string, MadeValue] => entry[1] !== undefined,
  );
  const bytes = makeGguf({ values: Object.fromEntries(present), tensors }).subarray(0, cutTo);
  const folder = await tempFolder({ "tiny.gguf": base, "own.gguf": bytes });
  const path = join(folder, "own.gguf");
  const adapter = await readAdapter({ path, name: "own" }, { name: "tiny", path: join(folder, "tiny.gguf") });
  return { adapter, bytes };
}

describe("an adapter", () => {
  it("is taken with the model that it was trained on", async () => {
    const { adapter, bytes } = await read();
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    expect(adapter).toMatchObject({ name: "own", perChunk: 8, scale: 1, sha256 });
  });

  it("is refused with another model, naming both and what to do", async () => {
    const base = makeGguf({
      values: modelValues("llama", { "general.name": "Other" }),
      tensors: [matrix("blk.0.attn_q.weight", 64, 32)],
    });
    await expect(read({ base, values: { "focus.base.name": "smollm2-135m" } })).rejects.toMatchObject({
      name: "ModelError",
      message: "the adapter own was trained on smollm2-135m, but tiny is to read and write",
      hint: expect.stringContaining("--condenser likelihood"),
    });
  });

  const cases: readonly (readonly [string, Change, RegExp])[] = [
    ["is cut off", { cutTo: 600 }, /^the adapter cannot be used: .*own\.gguf is damaged/u],
    [
      "is a model",
      { values: { "general.type": "model" } },
      /is no LoRA adapter: its general\.type is "model"/u,
    ],
    ["is a control vector", { values: { "adapter.type": "control" } }, /is no LoRA adapter/u],
    ["makes no candidates", { values: { "focus.candidates": undefined } }, /focus\.candidates is missing/u],
    ["makes 0 candidates", { values: { "focus.candidates": 0 } }, /focus\.candidates is 0/u],
    ["names no base", { values: { "focus.base.sha256": undefined } }, /focus\.base\.sha256 is missing/u],
    ["is of another architecture", { values: { "general.architecture": "qwen2" } }, /architecture qwen2/u],
    ["lacks half of a pair", { tensors: PAIR.slice(0, 1) }, /half of the pair for blk\.0\.attn_q\.weight/u],
    [
      "changes what the model does not have",
      { tensors: [matrix("blk.9.attn_q.weight.lora_a", 4, 32), matrix("blk.9.attn_q.weight.lora_b", 64, 4)] },
      /it changes blk\.9\.attn_q\.weight, which the model does not have/u,
    ],
    [
      "has matrices of another shape",
      { tensors: [matrix("blk.0.attn_q.weight.lora_a", 4, 32), matrix("blk.0.attn_q.weight.lora_b", 60, 4)] },
      /of another shape/u,
    ],
    [
      "has a tensor that is none of a LoRA",
      { tensors: [matrix("blk.0.attn_q.weight", 64, 32)] },
      /no part of a LoRA/u,
    ],
  ];
  it.each(cases)("is refused when it %s", async (_, change, message) => {
    await expect(read(change)).rejects.toMatchObject({
      name: "ModelError",
      message: expect.stringMatching(message),
      hint: expect.any(String),
    });
  });
});

describe("a name for an adapter", () => {
  it("that means nothing is refused with the names that there are", async () => {
    const path = join(await tempFolder(), "tiny.gguf");
    await writeFile(path, BASE);
    await expect(resolveAdapter("smollm2-135m.candidate", { name: "tiny", path })).rejects.toMatchObject({
      name: "ModelError",
      message: expect.stringContaining("neither a name nor a file"),
      hint: expect.stringContaining("did you mean smollm2-135m.candidates?"),
    });
  });

  it("may be left out only for models that focus has one for", async () => {
    await expect(resolveAdapter(undefined, { name: "tiny", path: "tiny.gguf" })).rejects.toMatchObject({
      name: "UsageError",
      message: "candidate tokens need an adapter, and focus has none for tiny",
    });
  });
});
