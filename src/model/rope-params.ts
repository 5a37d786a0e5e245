import type { RopeParams } from "../kv/state/rope.ts";
import { TYPE_F32 } from "./gguf/ggml-types.ts";
import { GgufCursor } from "./gguf/gguf-cursor.ts";
import type { GgufHeader, GgufTensor } from "./gguf/gguf-header.ts";
import type { Hyperparameters } from "./hyperparameters.ts";

/**
 * Which dimensions turn together is not in a GGUF: llama_model_rope_type(), src/llama-model.cpp at the llama.cpp release
 * that node-llama-cpp 3.22.1 ships. Of that table, the architectures of which a reader may be; see architecture.ts.
 */
const PAIRINGS: Readonly<Record<RopeParams["pairing"], readonly string[]>> = {
  norm: [
    "llama",
    "mistral3",
    "granite",
    "granitemoe",
    "internlm2",
    "minicpm",
    "command-r",
    "olmo",
    "arcee",
    "ernie4_5",
    "chatglm",
  ],
  neox: [
    "qwen2",
    "qwen2moe",
    "qwen3",
    "qwen3moe",
    "phi2",
    "phi3",
    "gemma",
    "falcon",
    "stablelm",
    "starcoder2",
    "gptneox",
    "olmo2",
    "olmoe",
    "exaone",
    "seed_oss",
    "hunyuan-dense",
  ],
};

/** llama.cpp's default, where rope.freq_base is not there. */
const DEFAULT_BASE = 10_000;
const DIVISORS_TENSOR = "rope_freqs.weight";
const LONGROPE_TENSOR = "rope_factors_long.weight";
const F32_BYTES = 4;

export type RopeFacts = { readonly ropeScaling: string; readonly rope?: RopeParams };

type Owner = {
  readonly architecture: string;
  readonly headDim: number;
  readonly hyperparameters: Hyperparameters;
};

/** How the model's K turns with its position, as far as its GGUF tells. */
export function ropeOf(
  parts: readonly GgufHeader[],
  { architecture, headDim, hyperparameters }: Owner,
): RopeFacts {
  const type = hyperparameters.get("rope.scaling.type") ?? "none";
  const ropeScaling = findTensor(parts, LONGROPE_TENSOR) === undefined ? String(type) : "longrope";
  const pairing = pairingOf(architecture);
  if (pairing === undefined || !["none", "linear", "yarn"].includes(ropeScaling)) return { ropeScaling };
  const dimensionCount = hyperparameters.number("rope.dimension_count", headDim);
  const divisors = findTensor(parts, DIVISORS_TENSOR);
  return {
    ropeScaling,
    rope: {
      pairing,
      headDim,
      dimensionCount,
      base: hyperparameters.number("rope.freq_base", DEFAULT_BASE),
      linearScale: ropeScaling === "linear" ? 1 / hyperparameters.number("rope.scaling.factor", 1) : 1,
      ...(divisors === undefined ? {} : { frequencyDivisors: readDivisors(divisors, dimensionCount / 2) }),
      ...(ropeScaling === "yarn" ? { yarn: true } : {}),
    },
  };
}

/** Undefined for an architecture that is not on the list. */
export function pairingOf(architecture: string): RopeParams["pairing"] | undefined {
  if (PAIRINGS.norm.includes(architecture)) return "norm";
  return PAIRINGS.neox.includes(architecture) ? "neox" : undefined;
}

type FoundTensor = { readonly path: string; readonly tensor: GgufTensor };

function findTensor(parts: readonly GgufHeader[], name: string): FoundTensor | undefined {
  for (const { path, tensors } of parts) {
    const tensor = tensors.find((candidate) => candidate.name === name);
    if (tensor !== undefined) return { path, tensor };
  }
  return undefined;
}

/** (dimensionCount / 2) f32. Throws ModelError when the tensor is something else. */
function readDivisors({ path, tensor }: FoundTensor, nPairs: number): Float32Array {
  const cursor = new GgufCursor(path);
  try {
    if (tensor.type !== TYPE_F32 || tensor.elements !== nPairs) {
      throw cursor.damaged(
        `${tensor.name} has ${tensor.elements} values of type ${tensor.type}, expected ${nPairs} of f32`,
      );
    }
    const bytes = cursor.bytesAt(tensor.offset, nPairs * F32_BYTES);
    return Float32Array.from({ length: nPairs }, (_, i) => bytes.readFloatLE(i * F32_BYTES));
  } finally {
    cursor.close();
  }
}
