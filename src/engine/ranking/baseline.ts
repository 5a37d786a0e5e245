import type { LocalContext } from "../../prompt/local.ts";
import type { ChunkReader } from "../reader/chunk-reader.ts";

/**
 * (nScored) log P of the scored tokens behind the shared prefix alone, in nats: what the model expects of a question or
 * an answer when it has read nothing. Lifts are differences to this.
 */
export async function withoutChunk(local: LocalContext, chunks: ChunkReader): Promise<Float64Array> {
  const [values] = await chunks.visitTexts([new Uint32Array(0)], (sequence) => {
    return sequence.logProbabilities(local.tokens, local.from);
  });
  return values ?? new Float64Array(0);
}
