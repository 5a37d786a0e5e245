import type { Chunk } from "../../document/chunk.ts";
import type { Scratch } from "../../kv/store/scratch.ts";
import type { AskOptions } from "../options.ts";
import { prefill, type Visit } from "../reader/prefill.ts";
import { openReading } from "../reader/reading.ts";
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
  const reading = await openReading(options.reader, { ...options, prefix: prompts.prefix, localTokens: 0 });
  await using pool = reading.pool;
  const from = reading.prefix.length;
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
  await prefill(chunks, reading, { progress, visits });
  return { rows: chunks.flatMap((chunk) => rows.get(chunk) ?? []), tokens: pool.evaluatedTokens };
}
