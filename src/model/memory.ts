import { freemem, totalmem } from "node:os";
import { ModelError } from "../errors.ts";
import type { Backend } from "./backend.ts";
import type { ModelMetadata } from "./metadata.ts";

/** Most tokens of one decode; the engine's slices are at most that long. */
const BATCH_TOKENS = 512;
const F32_BYTES = 4;
/** llama.cpp copies weights of some types into another order and keeps both: 3 to 6 % more, measured. */
const WEIGHTS_SHARE = 1.06;
/** Graphs, buffers, llama.cpp itself: measured at 5 to 60 MB. */
const OVERHEAD_BYTES = 100e6;

/**
 * Bytes that a model takes with a context of so many tokens: weights, f16 KV rows, and a batch of logits, which for
 * small models with a large vocabulary is the larger part. For three models of 135M to 0.5B with 8192 tokens that is 11 to
 * 27 % above what node-llama-cpp measures once they are open; its own simulation is exact, and takes 150 to 450 ms more.
 */
export function estimateBytes(metadata: ModelMetadata, contextTokens: number): number {
  const { fileBytes, kvBytesPerToken, vocabularyTokens } = metadata;
  const logits = BATCH_TOKENS * vocabularyTokens * F32_BYTES;
  return fileBytes * WEIGHTS_SHARE + contextTokens * kvBytesPerToken + logits + OVERHEAD_BYTES;
}

/** macOS calls only untouched memory free, a fraction of what it would give: there, this share of all of it counts. */
const DARWIN_SHARE = 0.75;

/**
 * Bytes of memory that a model could take. In a container with a limit, files that the kernel keeps in memory count
 * as used, such as a model that was just pulled, though they give way: there, only what this process holds is used.
 */
export function availableMemoryBytes(): number {
  if (process.platform === "darwin") return DARWIN_SHARE * totalmem();
  const limit = process.constrainedMemory();
  if (limit <= 0 || limit >= totalmem()) return process.availableMemory();
  return Math.min(freemem(), limit - process.memoryUsage.rss());
}

/** Throws ModelError, with figures, when the model with such a context cannot fit into this machine's free memory. */
export async function refuseUnlessFits(
  metadata: ModelMetadata,
  { backend, contextTokens }: { readonly backend: Backend; readonly contextTokens: number },
): Promise<void> {
  const needed = estimateBytes(metadata, contextTokens);
  const available = availableMemoryBytes() + (await freeVideoMemoryBytes(backend));
  if (needed <= available) return;
  throw new ModelError(
    `${metadata.path} needs about ${gigabytes(needed)} of memory with a window of ${contextTokens} tokens, and ${gigabytes(available)} are free`,
    {
      code: "model.no-memory",
      hint: "close other programs, use a smaller --budget, or choose a smaller model: focus model list",
    },
  );
}

/** Beside the machine's own memory: 0 without a GPU, and where both share one memory. */
async function freeVideoMemoryBytes({ llama }: Backend): Promise<number> {
  if (llama.gpu === false) return 0;
  const { free, unifiedSize } = await llama.getVramState();
  return Math.max(0, free - unifiedSize);
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}
