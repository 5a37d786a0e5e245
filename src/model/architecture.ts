import { ModelError } from "../errors.ts";
import type { ModelMetadata } from "./metadata.ts";
import { pairingOf } from "./rope-params.ts";

// By general.architecture, as in src/llama-arch.cpp at the llama.cpp release that node-llama-cpp 3.22.1 ships:
// llm_arch_is_recurrent, _is_hybrid and _is_diffusion; the encoders and the rest are those of which it decodes no text.
const RECURRENT = ["mamba", "mamba2", "rwkv6", "rwkv6qwen2", "rwkv7", "arwkv7"];
const HYBRID = [
  "jamba",
  "falcon-h1",
  "plamo2",
  "granitehybrid",
  "lfm2",
  "lfm2moe",
  "nemotron_h",
  "nemotron_h_moe",
  "qwen3next",
  "kimi-linear",
  "bailingmoe3",
  "kimi-k3",
  "qwen35",
  "qwen35moe",
  "qwen4exp",
  "deepseek4",
  "minimax-01",
];
const DIFFUSION = ["dream", "llada", "llada-moe", "rnd1"];
const ENCODERS = [
  "bert",
  "modern-bert",
  "nomic-bert",
  "nomic-bert-moe",
  "neo-bert",
  "jina-bert-v2",
  "jina-bert-v3",
  "eurobert",
  "gemma-embedding",
  "llama-embed",
  "t5",
  "t5encoder",
];
const NOT_FOR_TEXT = ["clip", "wavtokenizer-dec", "qwen3tts", "pockettts"];
const DRAFTS = ["eagle3", "dflash", "gemma4-assistant"];
/** Some of their layers know no position, which ones is in llama.cpp's code alone. */
const NOPE = ["smollm3", "llama4", "cohere2", "exaone4", "smallthinker"];
/** It declares a sliding window, and llama.cpp ignores it. */
const WINDOW_IGNORED = ["phi3"];

/** Throws ModelError with the reason when llama.cpp does not decode text with such a model. */
export function requireWriter({ path, architecture }: ModelMetadata): void {
  const reason = whyNotWriter(architecture);
  if (reason === undefined) return;
  throw new ModelError(`${path} cannot write answers: this model ("${architecture}") ${reason}`, {
    code: "model.refused",
    hint: "choose a model that writes text: focus model list",
  });
}

/**
 * Throws ModelError with the reason when focus cannot keep what such a model reads, chunk by chunk, and build upon it:
 * of the architectures that llama.cpp decodes, those on a list that was checked, with nothing unusual in their metadata.
 */
export function requireReader(metadata: ModelMetadata): void {
  requireWriter(metadata);
  const reason = whyNotReader(metadata);
  if (reason === undefined) return;
  const { path, architecture } = metadata;
  throw new ModelError(`${path} cannot be the reader: this model ("${architecture}") ${reason}`, {
    code: "model.refused",
    hint: "let it write and the default reader read: name it with -m alone, without --reader",
  });
}

/** Whether focus can keep what such a model reads; see requireReader. */
export function canRead(metadata: ModelMetadata): boolean {
  return whyNotWriter(metadata.architecture) === undefined && whyNotReader(metadata) === undefined;
}

function whyNotWriter(architecture: string): string | undefined {
  if (ENCODERS.includes(architecture)) return "encodes text and writes none";
  if (DIFFUSION.includes(architecture)) return "fills a text in any order and cannot continue one";
  if (NOT_FOR_TEXT.includes(architecture)) return "is for images or sound";
  if (DRAFTS.includes(architecture)) return "only drafts for another model";
  return undefined;
}

function whyNotReader(metadata: ModelMetadata): string | undefined {
  const { architecture, keys, ropeScaling } = metadata;
  if (RECURRENT.includes(architecture))
    return "keeps one state for all that it read, not rows for each token";
  if (HYBRID.includes(architecture)) return "keeps one state for all that it read in some of its layers";
  if (keys.has("rope.dimension_sections")) return "gives a token several positions (M-RoPE)";
  if (keys.has("attention.kv_lora_rank") || [...keys].some((key) => key.startsWith("attention.indexer."))) {
    return "keeps compressed rows (MLA or an indexer), which focus does not read";
  }
  return (
    whyNotPositions(metadata) ??
    whyNotShape(metadata) ??
    whyNotScaling(ropeScaling) ??
    whyNotListed(architecture)
  );
}

function whyNotPositions({ architecture, keys, slidingWindowTokens }: ModelMetadata): string | undefined {
  if (slidingWindowTokens !== undefined && !WINDOW_IGNORED.includes(architecture)) {
    return `sees only the last ${slidingWindowTokens} tokens in some of its layers (sliding window)`;
  }
  if (NOPE.includes(architecture)) return "has layers that know no position (NoPE)";
  if (keys.has("attention.temperature_scale")) return "weighs attention by position";
  return undefined;
}

function whyNotShape({ evenLayers, headDim, valueDim, keys }: ModelMetadata): string | undefined {
  if (!evenLayers) return "has more KV heads in some layers than in others";
  if (headDim !== valueDim) return `has keys of ${headDim} and values of ${valueDim} dimensions`;
  if (keys.has("attention.shared_kv_layers")) return "shares rows between its layers";
  return undefined;
}

function whyNotScaling(ropeScaling: string): string | undefined {
  if (ropeScaling === "longrope")
    return "turns keys by the length of the window that it is opened with (LongRoPE)";
  return ["none", "linear", "yarn"].includes(ropeScaling)
    ? undefined
    : `scales positions by "${ropeScaling}"`;
}

function whyNotListed(architecture: string): string | undefined {
  return pairingOf(architecture) === undefined
    ? "is of an architecture that was not checked for reading"
    : undefined;
}
