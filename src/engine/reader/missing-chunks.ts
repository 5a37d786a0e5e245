import type { Chunk } from "../../document/chunk.ts";
import type { EngineListener } from "../events.ts";
import type { Reading } from "./reading.ts";

/** The chunks whose rows are not in the store. */
export async function missingChunks(chunks: readonly Chunk[], reading: Reading): Promise<Chunk[]> {
  const { store, keyOf, bytesOf } = reading;
  if (store === undefined) return [...chunks];
  const missing: Chunk[] = [];
  for (const chunk of chunks) if (!(await store.has(keyOf(chunk), bytesOf(chunk)))) missing.push(chunk);
  return missing;
}

/** Bytes that these chunks' files take in the store. */
export function stateBytesOf(chunks: readonly Chunk[], { bytesOf }: Reading): number {
  return chunks.reduce((sum, chunk) => sum + bytesOf(chunk), 0);
}

/** Says before a long read how much it will write, and what the store cannot keep; everything is read all the same. */
export async function announceSize(
  missing: readonly Chunk[],
  reading: Reading,
  onEvent: EngineListener,
): Promise<void> {
  if (reading.store === undefined || !reading.store.writable) return;
  const bytes = stateBytesOf(missing, reading);
  const { roomBytes, budgetBytes, freeDiskBytes } = await reading.store.room();
  const gigabytes = (value: number): string => `${(value / 1e9).toFixed(1)} GB`;
  if (bytes > roomBytes) {
    onEvent({
      kind: "warning",
      message:
        `the KV rows of this read take ${gigabytes(bytes)}, but the store has room for ${gigabytes(roomBytes)} ` +
        `(budget ${gigabytes(budgetBytes)}, free disk ${gigabytes(freeDiskBytes)}): everything is read, ` +
        "what does not fit is not kept, and a question that needs it reads those chunks again",
    });
  } else if (bytes >= LARGE_BYTES) {
    onEvent({ kind: "notice", message: `the KV store will grow by ${gigabytes(bytes)}` });
  }
}

/** Reads that write less than this are not worth a word. */
const LARGE_BYTES = 1e9;
