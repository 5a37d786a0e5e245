import { ModelError } from "../../errors.ts";
import type { GgufHeader, GgufTensor } from "../gguf/gguf-header.ts";
import { readParts } from "../gguf/gguf-parts.ts";

/** A pair of matrices, lora_a (rank, in) and lora_b (out, rank), and the tensor of the base that they change. */
const PAIR = /^(.+)\.lora_(a|b)$/u;

/** Throws ModelError for a GGUF that holds something else than a LoRA. */
export function requireLora({ path, values }: GgufHeader): void {
  const [type, kind] = [values.get("general.type"), values.get("adapter.type")];
  if (type === "adapter" && kind === "lora") return;
  throw new ModelError(
    `${path} is no LoRA adapter: its general.type is ${JSON.stringify(type) ?? "missing"}`,
    {
      hint: "name a GGUF adapter that was trained for candidate tokens, or leave --adapter out",
    },
  );
}

/**
 * Checks each pair of an adapter against the tensors of its base: llama.cpp refuses what does not fit with one sentence
 * for every cause, and only after the model is loaded. Throws ModelError.
 */
export function requireTensors(
  adapter: GgufHeader,
  base: { readonly path: string; readonly name: string },
): void {
  const parts = readParts(base.path);
  const [{ values }] = parts;
  const [made, found] = [adapter.values, values].map((all) => all.get("general.architecture"));
  if (made !== found) throw unfit(adapter, base, `it is for architecture ${made}, the model's is ${found}`);
  const bases = new Map(parts.flatMap(({ tensors }) => tensors).map((tensor) => [tensor.name, tensor]));
  const pairs = pairsOf(adapter, base);
  if (pairs.size === 0) throw unfit(adapter, base, "it changes nothing");
  for (const [name, { a, b }] of pairs) {
    const tensor = bases.get(name);
    if (tensor === undefined) throw unfit(adapter, base, `it changes ${name}, which the model does not have`);
    if (a === undefined || b === undefined)
      throw unfit(adapter, base, `half of the pair for ${name} is missing`);
    // (rank * in) * (out * rank) / (out * in)
    const rank = Math.sqrt((a.elements * b.elements) / tensor.elements);
    if (!Number.isInteger(rank)) throw unfit(adapter, base, `its matrices for ${name} are of another shape`);
  }
}

type Pair = { a?: GgufTensor; b?: GgufTensor };

function pairsOf(adapter: GgufHeader, base: { readonly name: string }): ReadonlyMap<string, Pair> {
  const pairs = new Map<string, Pair>();
  for (const tensor of adapter.tensors) {
    const [, name, side] = PAIR.exec(tensor.name) ?? [];
    if (name === undefined)
      throw unfit(adapter, base, `it has a tensor ${tensor.name} that is no part of a LoRA`);
    const pair = pairs.get(name) ?? {};
    pairs.set(name, side === "a" ? { ...pair, a: tensor } : { ...pair, b: tensor });
  }
  return pairs;
}

function unfit({ path }: GgufHeader, { name }: { readonly name: string }, why: string): ModelError {
  return new ModelError(`the adapter ${path} does not fit the model ${name}: ${why}`, {
    hint: "use the model that the adapter was trained on, or leave --adapter out: focus model list",
  });
}
