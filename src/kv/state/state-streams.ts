import type { StateFile } from "./state-file.ts";
import { COUNT_BYTES, START_BYTES, TOKEN_BYTES } from "./state-layout.ts";

/**
 * The bytes of a state for a context of `nStream` sequences, in pieces of which only the first and the last are new: the cells
 * are those of its first sequence.
 */
export function withStreams(
  bytes: Uint8Array,
  { tokens, nStream: nBefore, stream }: StateFile,
  nStream: number,
): Uint8Array[] {
  const head = START_BYTES + TOKEN_BYTES * tokens.length;
  const cells = head + COUNT_BYTES * (1 + stream);
  const end = bytes.length - COUNT_BYTES * (nBefore - stream - 1);
  const count = Buffer.alloc(COUNT_BYTES);
  count.writeUInt32LE(nStream);
  const others = new Uint8Array(COUNT_BYTES * (nStream - 1));
  return [bytes.subarray(0, head), count, bytes.subarray(cells, end), others];
}
