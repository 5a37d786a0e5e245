import type { CandidateInfo } from "../engine/results.ts";
import { printableLine } from "./printable.ts";
import { count, counted } from "./quantity.ts";

/** "answered from 8 candidate tokens of each of 1,102 chunks (adapter smollm2-135m.candidates; 1,102 from the store)". */
export function candidateReceipt({
  adapter,
  chunks,
  perChunk,
  reusedChunks,
  refreshes,
}: CandidateInfo): string {
  const facts = [
    `adapter ${printableLine(adapter.name)}`,
    ...(reusedChunks > 0 ? [`${count(reusedChunks)} from the store`] : []),
    ...(refreshes > 0 ? [`computed anew ${counted(refreshes, "time")}`] : []),
  ];
  return `answered from ${counted(perChunk, "candidate token")} of each of ${counted(chunks, "chunk")} (${facts.join("; ")})`;
}
