import type { Chunk } from "../../document/chunk.ts";
import type { Scratch } from "../../kv/store/scratch.ts";
import type { AskOptions } from "../options.ts";
import { ChunkReader, type Visit } from "../reader/chunk-reader.ts";
import { StageProgress } from "../receipt/stage-progress.ts";
import type { Rows } from "./place.ts";

export type RunRows = {
  readonly rows: readonly Rows[];
  /** Tokens that were evaluated, where the store did not have the rows. */
  readonly tokens: number;
};

/** The rows of whole chunks, as they were read: without the prefix, and without what stands before them in the document. */
export async function runRows(
  chunks: readonly Chunk[],
  scratch: Scratch,
  options: AskOptions,
): Promise<RunRows> {
  if (chunks.length === 0) return { rows: [], tokens: 0 };
  const { prompts, sequences: nStream, onEvent } = options;
  const { reader } = options;
  await using own = await ChunkReader.open(reader, { ...options, prefix: prompts.prefix, localTokens: 0 });
  const from = own.reading.prefix.length;
  const rows = new Map<Chunk, Rows>();
  const save = (chunk: Chunk): Visit => {
    return async (sequence) => {
      const path = await scratch.file((target) => sequence.save(target));
      rows.set(chunk, { path, from, nStream });
    };
  };
  const visits = new Map(chunks.map((chunk) => [chunk, save(chunk)]));
  const total = chunks.reduce((sum, { tokens }) => sum + tokens.length, 0);
  const progress = new StageProgress("compose", total, onEvent);
  await own.visit(visits, progress);
  return { rows: chunks.flatMap((chunk) => rows.get(chunk) ?? []), tokens: own.evaluatedTokens };
}
