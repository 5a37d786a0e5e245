import type { OutputStream } from "./host.ts";

const USUAL_COLUMNS = 80;

/** How wide a terminal is; one that does not know says nothing or 0, as a fresh pseudo-terminal does, and is taken for a usual one. */
export function columnsOf(stream: OutputStream): number {
  return hasColumns(stream) ? (stream.columns ?? USUAL_COLUMNS) : USUAL_COLUMNS;
}

/** False for a terminal of 0 columns, where nothing that counts lines comes to an end. */
export function hasColumns({ columns }: OutputStream): boolean {
  return columns === undefined || columns > 0;
}
