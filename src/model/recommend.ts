import { CATALOGUE, type CatalogueModel } from "./catalogue.ts";

/** The largest answer window that focus builds unless asked for more. */
const WINDOW_TOKENS = 8192;
/** Compute buffers and a batch of logits: 200 to 640 MB by the size of the vocabulary; memory.ts has it exactly. */
const OVERHEAD_BYTES = 400e6;
/** The rest is left to the reader, which is open beside the writer, and to the user's other programs. */
const USABLE_SHARE = 0.7;

/**
 * The largest writer that fits into so much free memory with its window, of those that were pulled and measured (they
 * have a hash); the embedded default when none does.
 */
export function recommendWriter(freeMemoryBytes: number): CatalogueModel {
  const writers = CATALOGUE.filter(({ roles, sha256 }) => roles.includes("writer") && sha256 !== undefined);
  const smallest = writers.reduce((a, b) => (b.parameters < a.parameters ? b : a));
  return writers
    .filter((model) => fitsInto(model, freeMemoryBytes))
    .reduce((a, b) => (b.parameters > a.parameters ? b : a), smallest);
}

/** Whether a model with its window fits into so much memory, of which some is left to the system. */
export function fitsInto({ bytes, kvBytesPerToken }: CatalogueModel, memoryBytes: number): boolean {
  return bytes + WINDOW_TOKENS * kvBytesPerToken + OVERHEAD_BYTES <= USABLE_SHARE * memoryBytes;
}
