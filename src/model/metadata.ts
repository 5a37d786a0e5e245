import { ModelError } from "../errors.ts";
import type { RopeParams } from "../kv/state/rope.ts";
import type { GgufHeader } from "./gguf/gguf-header.ts";
import { readParts } from "./gguf/gguf-parts.ts";
import type { GgufValue } from "./gguf/gguf-value.ts";
import { Hyperparameters } from "./hyperparameters.ts";
import { ropeOf } from "./rope-params.ts";

/** What a GGUF says about its model before a tensor of it is loaded. */
export type ModelMetadata = {
  readonly path: string;
  /** general.architecture, such as "llama". */
  readonly architecture: string;
  /** general.name and general.size_label, where the GGUF has them: "SmolLM2 135M Instruct", "135M". */
  readonly title?: string;
  readonly sizeLabel?: string;
  readonly nLayers: number;
  /** Of the layer that has most; `evenLayers` tells whether all have as many. */
  readonly nKvHeads: number;
  readonly evenLayers: boolean;
  /** Dimensions of a head's K; `valueDim` those of its V. */
  readonly headDim: number;
  readonly valueDim: number;
  readonly vocabularyTokens: number;
  readonly trainedContextTokens: number;
  /** Of all its files. */
  readonly fileBytes: number;
  /** False where the GGUF holds a vocabulary alone. */
  readonly hasWeights: boolean;
  /** f16 K and V of all layers. */
  readonly kvBytesPerToken: number;
  /** attention.sliding_window, where it is narrower than the trained context. */
  readonly slidingWindowTokens?: number;
  /** Keys of the architecture's own, without its name: "attention.kv_lora_rank". */
  readonly keys: ReadonlySet<string>;
  /** rope.scaling.type, "none" where there is none; "longrope" also where the GGUF holds such factors. */
  readonly ropeScaling: string;
  /** How K turns with its position; absent where focus does not know. */
  readonly rope?: RopeParams;
};

const F16_BYTES = 2;

/**
 * Reads a GGUF's metadata; of a split one, `path` is the first file. Throws ModelError when a file is missing, damaged,
 * truncated, or holds something else than a model. `needsWeights`: whether a vocabulary alone is refused.
 */
export async function readMetadata(path: string, { needsWeights = true } = {}): Promise<ModelMetadata> {
  const parts = readParts(path);
  const [first] = parts;
  const architecture = requireModel(first, needsWeights);
  const hyperparameters = new Hyperparameters(first, architecture);
  const fileBytes = parts.reduce((sum, part) => sum + part.fileBytes, 0);
  const shape = attentionShape(hyperparameters);
  const trainedContextTokens = hyperparameters.count("context_length");
  const window = hyperparameters.number("attention.sliding_window", 0);
  return {
    path,
    architecture,
    ...text("title", first.values.get("general.name")),
    ...text("sizeLabel", first.values.get("general.size_label")),
    ...shape,
    vocabularyTokens: vocabularyTokens(first, hyperparameters),
    trainedContextTokens,
    fileBytes,
    hasWeights: first.tensors.length > 0,
    ...(window > 0 && window < trainedContextTokens ? { slidingWindowTokens: window } : {}),
    keys: hyperparameters.keys,
    ...ropeOf(parts, { architecture, headDim: shape.headDim, hyperparameters }),
  };
}

/** The architecture of a GGUF that holds a model. Throws ModelError for adapters, projectors and vocabularies. */
function requireModel({ path, values, tensors }: GgufHeader, needsWeights: boolean): string {
  const type = values.get("general.type") ?? "model";
  const architecture = values.get("general.architecture");
  const hint = "name a GGUF that holds a language model: focus model list";
  if (type !== "model")
    throw new ModelError(`${path} holds a GGUF of type ${JSON.stringify(type)}, expected a model`, { hint });
  if (typeof architecture !== "string") {
    throw new ModelError(`${path} does not say of which architecture its model is`, { hint });
  }
  if (needsWeights && tensors.length === 0)
    throw new ModelError(`${path} holds a vocabulary alone, expected a model`, { hint });
  return architecture;
}

type AttentionShape = Pick<
  ModelMetadata,
  "nLayers" | "nKvHeads" | "evenLayers" | "headDim" | "valueDim" | "kvBytesPerToken"
>;

function attentionShape(hyperparameters: Hyperparameters): AttentionShape {
  const heads = hyperparameters.byLayer("attention.head_count", 0);
  const kvHeads = hyperparameters.byLayer("attention.head_count_kv", heads);
  const mostHeads = Math.max(...heads);
  const perHead = mostHeads === 0 ? 0 : hyperparameters.number("embedding_length", 0) / mostHeads;
  const headDim = hyperparameters.number("attention.key_length", perHead);
  const valueDim = hyperparameters.number("attention.value_length", perHead);
  return {
    nLayers: kvHeads.length,
    nKvHeads: Math.max(...kvHeads),
    evenLayers: kvHeads.every((count) => count === kvHeads[0]),
    headDim,
    valueDim,
    kvBytesPerToken: kvHeads.reduce((sum, count) => sum + count * (headDim + valueDim) * F16_BYTES, 0),
  };
}

function vocabularyTokens({ values }: GgufHeader, hyperparameters: Hyperparameters): number {
  const tokens = values.get("tokenizer.ggml.tokens");
  return typeof tokens === "object" ? tokens.length : hyperparameters.number("vocab_size", 0);
}

function text<Key extends string>(key: Key, value: GgufValue | undefined): { readonly [K in Key]?: string } {
  return typeof value === "string" && value !== "" ? ({ [key]: value } as { [K in Key]: string }) : {};
}
