import type { LlamaModel } from "node-llama-cpp";
import { ModelError } from "../errors.ts";
import { canRead, requireWriter } from "./architecture.ts";
import type { Backend } from "./backend.ts";
import { chatForm } from "./chat.ts";
import { type CopyOptions, fasterCopy } from "./faster/faster-copy.ts";
import { fingerprint } from "./fingerprint.ts";
import { GgufTokenizer } from "./gguf-tokenizer.ts";
import type { Capability, LanguageModel, PoolOptions, SequencePool } from "./language-model.ts";
import { openLlamaPool } from "./llama-pool.ts";
import { refuseUnlessFits } from "./memory.ts";
import { type ModelMetadata, readMetadata } from "./metadata.ts";

export type LoadOptions = {
  readonly path: string;
  readonly name: string;
  /** Context that will be opened beside the weights, for the estimate of memory. */
  readonly contextTokens: number;
  readonly signal: AbortSignal;
  /** Where copies are kept that a CPU computes faster; without one the file itself is loaded. */
  readonly copies?: Omit<CopyOptions, "signal">;
};

type ModelParts = Pick<GgufModel, "name" | "path" | "fingerprint" | "metadata" | "chat" | "backend">;

/** An opened GGUF: its weights, its tokenizer, and the contexts that can be opened on it. */
export class GgufModel extends GgufTokenizer implements LanguageModel {
  readonly name: string;
  readonly path: string;
  readonly fingerprint: string;
  readonly metadata: ModelMetadata;
  readonly capabilities: ReadonlySet<Capability>;
  readonly backend: Backend;

  constructor(native: LlamaModel, parts: ModelParts) {
    super(native, parts.chat);
    this.name = parts.name;
    this.path = parts.path;
    this.fingerprint = parts.fingerprint;
    this.metadata = parts.metadata;
    const rows: readonly Capability[] = canRead(parts.metadata) ? ["rows"] : [];
    this.capabilities = new Set([...rows, "score", "generate", "adapters"]);
    this.backend = parts.backend;
  }

  async openPool(options: PoolOptions): Promise<SequencePool> {
    try {
      return await openLlamaPool(this.native, { ...options, threads: this.backend.threads });
    } catch (cause) {
      throw noContext(this.name, options, cause);
    }
  }
}

/**
 * Loads a GGUF. Throws ModelError when it is damaged, writes no text or cannot fit into memory, before anything is
 * allocated; whether it may read as well is for requireReader to say.
 */
export async function loadModel(backend: Backend, options: LoadOptions): Promise<GgufModel> {
  const own = await readMetadata(options.path);
  requireWriter(own);
  const file = await fileToLoad(backend, options);
  const metadata = file === options.path ? own : await readMetadata(file);
  await refuseUnlessFits(metadata, { backend, contextTokens: options.contextTokens });
  const { name, path } = options;
  let native: LlamaModel | undefined;
  try {
    native = await backend.llama.loadModel({ modelPath: file, loadSignal: options.signal });
    const chat = await chatForm(native);
    return new GgufModel(native, {
      name,
      path,
      fingerprint: await fingerprint(file),
      metadata,
      chat,
      backend,
    });
  } catch (cause) {
    await native?.dispose();
    options.signal.throwIfAborted();
    throw new ModelError(`${options.path}: llama.cpp cannot load this model (${metadata.architecture})`, {
      hint: "run with --debug to see llama.cpp's own messages, or choose another model: focus model list",
      cause,
    });
  }
}

/** Kernels of GPUs differ less between types. */
async function fileToLoad({ processor }: Backend, { path, copies, signal }: LoadOptions): Promise<string> {
  return copies === undefined || processor !== "cpu" ? path : fasterCopy(path, { ...copies, signal });
}

function noContext(
  name: string,
  { adapter, contextTokens, sequences }: PoolOptions,
  cause: unknown,
): ModelError {
  const isMemory = cause instanceof Error && cause.constructor.name === "InsufficientMemoryError";
  if (adapter !== undefined && !isMemory) {
    return new ModelError(`${name}: llama.cpp cannot use the adapter ${adapter.path}`, {
      hint: "run with --debug to see llama.cpp's own messages, or answer without it: --condenser likelihood",
      cause,
    });
  }
  const many = sequences > 1 ? `${sequences} times ` : "";
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new ModelError(`${name}: no context of ${many}${contextTokens} tokens could be opened: ${reason}`, {
    hint: "close other programs, use a smaller --budget or --chunk, or a smaller model: focus model list",
    cause,
  });
}
