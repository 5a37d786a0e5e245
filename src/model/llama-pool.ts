import type { LlamaModel } from "node-llama-cpp";
import type { PoolOptions } from "./language-model.ts";
import { LlamaSequence } from "./llama-sequence.ts";
import { Pool } from "./pool.ts";

/** Opens a context of llama.cpp. Throws what llama.cpp throws. */
export async function openLlamaPool(
  model: LlamaModel,
  options: PoolOptions & { readonly threads: number },
): Promise<Pool> {
  const { adapter, sequences, contextTokens, sliceTokens, threads } = options;
  const context = await model.createContext({
    sequences,
    contextSize: contextTokens,
    batchSize: sliceTokens,
    flashAttention: true,
    threads,
    ...(adapter === undefined
      ? {}
      : { lora: { adapters: [{ filePath: adapter.path, scale: adapter.scale }] } }),
  });
  const all = Array.from({ length: sequences }, () => new LlamaSequence(context.getSequence(), sliceTokens));
  return new Pool(all, async () => {
    if (!context.disposed) await context.dispose();
  });
}
