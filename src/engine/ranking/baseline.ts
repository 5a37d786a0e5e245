import type { LocalContext } from "../../prompt/local.ts";
import type { Reading } from "../reader/reading.ts";

/**
 * (nScored) log P of the scored tokens behind the shared prefix alone, in nats: what the model expects of a question or
 * an answer when it has read nothing. Lifts are differences to this.
 */
export async function withoutChunk(local: LocalContext, reading: Reading): Promise<Float64Array> {
  const [values] = await reading.pool.run([local], async (_, sequence) => {
    await sequence.reset();
    await sequence.prefill(reading.prefix, { signal: reading.signal });
    return sequence.logProbabilities(local.tokens, local.from);
  });
  return values ?? new Float64Array(0);
}
