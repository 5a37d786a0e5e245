import { join } from "node:path";
import type { GgufFileInfo } from "node-llama-cpp";
import { describe, expect, it } from "vitest";
import { ModelError } from "../../src/errors.ts";
import { requireReader, requireWriter } from "../../src/model/architecture.ts";
import { type ModelMetadata, readMetadata } from "../../src/model/metadata.ts";
import { tempFolder } from "../helpers/temp-folder.ts";
import { f32Tensor, type MadeTensor, type MadeValue, makeGguf, modelValues } from "./make-gguf.ts";

type Changes = Readonly<Record<string, MadeValue | undefined>>;

async function metadataOf(architecture: string, changes: Changes = {}, tensors?: readonly MadeTensor[]) {
  const bytes = makeGguf({
    values: modelValues(architecture, changes),
    ...(tensors === undefined ? {} : { tensors }),
  });
  return readMetadata(join(await tempFolder({ "model.gguf": bytes }), "model.gguf"));
}

function refusal(check: (metadata: ModelMetadata) => void, metadata: ModelMetadata): string | undefined {
  try {
    check(metadata);
    return undefined;
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    expect(error.message.startsWith(metadata.path)).toBe(true);
    expect(error.hint).toBeDefined();
    return error.message;
  }
}

describe("requireReader", () => {
  it.each(["llama", "qwen2", "qwen3", "granite", "gemma", "olmo2", "phi2"])(
    "accepts %s",
    async (architecture) => {
      expect(refusal(requireReader, await metadataOf(architecture))).toBeUndefined();
    },
  );

  it("accepts phi3 with a sliding window, which llama.cpp ignores, and a window as wide as the context", async () => {
    expect(
      refusal(requireReader, await metadataOf("phi3", { "phi3.attention.sliding_window": 512 })),
    ).toBeUndefined();
    const wide = await metadataOf("llama", { "llama.attention.sliding_window": 1024 });
    expect(refusal(requireReader, wide)).toBeUndefined();
  });

  const refused: readonly (readonly [string, string, Changes])[] = [
    ["mamba", "keeps one state for all that it read, not rows", {}],
    ["jamba", "keeps one state for all that it read in some of its layers", {}],
    [
      "qwen2vl",
      "several positions (M-RoPE)",
      { "qwen2vl.rope.dimension_sections": { numbers: [16, 24, 24, 0] } },
    ],
    ["deepseek2", "compressed rows", { "deepseek2.attention.kv_lora_rank": 512 }],
    ["minimax-m3", "compressed rows", { "minimax-m3.attention.indexer.head_count": 4 }],
    ["gemma3", "only the last 512 tokens", { "gemma3.attention.sliding_window": 512 }],
    ["smollm3", "know no position (NoPE)", {}],
    ["mistral3", "weighs attention by position", { "mistral3.attention.temperature_scale": { f32: 0.1 } }],
    ["llama", "more KV heads in some layers", { "llama.attention.head_count_kv": { numbers: [2, 1] } }],
    ["llama", "keys of 32 and values of 16", { "llama.attention.key_length": 32 }],
    ["llama", 'scales positions by "cubic"', { "llama.rope.scaling.type": "cubic" }],
    ["llama", "LongRoPE", { "llama.rope.scaling.type": "longrope" }],
    ["gemma3n", "shares rows", { "gemma3n.attention.shared_kv_layers": 10 }],
    ["bert", "encodes text and writes none", {}],
    ["dream", "fills a text in any order", {}],
    ["clip", "is for images or sound", {}],
    ["eagle3", "only drafts", {}],
    ["some-new-one", "was not checked for reading", {}],
    ["constructor", "was not checked for reading", {}],
  ];

  it.each(refused)("refuses %s, which %s", async (architecture, reason, changes) => {
    const message = refusal(requireReader, await metadataOf(architecture, changes));
    expect(message).toContain(reason);
    expect(message).toContain(`"${architecture}"`);
  });

  it("refuses a model with factors by the length of the window, whatever its scaling type says", async () => {
    const metadata = await metadataOf("phi3", {}, [f32Tensor("rope_factors_long.weight")]);
    expect(refusal(requireReader, metadata)).toContain("LongRoPE");
  });
});

describe("requireWriter", () => {
  it.each(["llama", "gemma3", "mamba", "jamba", "deepseek2", "qwen2vl", "some-new-one"])(
    "accepts %s",
    async (name) => {
      expect(refusal(requireWriter, await metadataOf(name))).toBeUndefined();
    },
  );

  it.each(["bert", "t5", "llada", "clip", "gemma-embedding"])("refuses %s", async (name) => {
    expect(refusal(requireWriter, await metadataOf(name))).toContain("cannot write answers");
  });
});

// LLM_ARCH_NAMES, src/llama-arch.cpp at the llama.cpp release that node-llama-cpp 3.22.1 ships.
const NAMES = `
clip llama llama4 deci falcon grok gpt2 gptj gptneox mpt baichuan starcoder refact bert modern-bert
nomic-bert nomic-bert-moe neo-bert jina-bert-v2 jina-bert-v3 eurobert bloom stablelm qwen qwen2
qwen2moe qwen2vl qwen3 qwen3moe qwen3next qwen3vl qwen3vlmoe qwen35 qwen35moe qwen4exp phi2 phi3
phimoe plamo plamo2 plamo3 codeshell orion internlm2 minicpm minicpm3 gemma gemma2 gemma3 gemma3n
gemma4 gemma4-assistant gemma-embedding starcoder2 mamba mamba2 maple jamba falcon-h1 xverse
command-r cohere2 cohere2moe dbrx olmo olmo2 olmoe muse-glimmer openelm arctic deepseek deepseek2
deepseek2-ocr deepseek32 deepseek4 chatglm glm4 glm4moe glm-dsa bitnet t5 t5encoder jais jais2
nemotron nemotron_h nemotron_h_moe exaone exaone4 exaone-moe rwkv6 rwkv6qwen2 rwkv7 arwkv7 granite
granitemoe granitehybrid graniteswitch granite_swa chameleon wavtokenizer-dec plm bailingmoe
bailingmoe2 bailingmoe3 dots1 dots3note arcee afmoe laguna ernie4_5 ernie4_5-moe hunyuan-moe
hunyuan-dense hunyuan_vl hy_v3 hy_v4 smollm3 gpt-oss lfm2 lfm2moe dream smallthinker llada llada-moe
seed_oss grovemoe apertus minimax-01 hrm_text minimax-m2 minimax-m3 cogvlm rnd1 pangu-embedded
mistral3 eagle3 dflash mistral4 paddleocr mimo2 step35 spark2_5 llama-embed maincoder kimi-linear
kimi-k3 talkie mellum nanbeige qwen3tts pockettts
`;

describe("the pinned llama.cpp", () => {
  it("agrees which architectures are recurrent, hybrid or unknown to it", async () => {
    const { getLlama, GgufInsights } = await import("node-llama-cpp");
    const llama = await getLlama({ gpu: false, build: "never", maxThreads: 1 });
    for (const architecture of NAMES.trim().split(/\s+/u)) {
      const info = { metadata: { general: { architecture } }, architectureMetadata: {}, sourceData: [] };
      const insights = await GgufInsights.from(info as unknown as GgufFileInfo, llama);
      const metadata = await metadataOf(architecture);
      const message = refusal(requireReader, metadata) ?? "accepted";
      expect([architecture, insights.isSupportedByLlamaCpp]).toEqual([architecture, true]);
      expect([architecture, message.includes("state for all that it read, not")]).toEqual([
        architecture,
        insights.isRecurrent,
      ]);
      const diffusion = message.includes("in any order");
      expect([architecture, message.includes("state for all that it read in some")]).toEqual([
        architecture,
        insights.isHybrid && !diffusion,
      ]);
    }
    await llama.dispose();
  });
});
