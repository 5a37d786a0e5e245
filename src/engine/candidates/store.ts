import type { Chunk } from "../../document/chunk.ts";
import { candidateKey } from "../../kv/store/key.ts";
import type { Scratch } from "../../kv/store/scratch.ts";
import type { AskOptions, CandidateOptions } from "../options.ts";
import type { Reading } from "../reader/reading.ts";
import { rowsBytes } from "./rows.ts";

/** A question's candidates in the KV store: a sealed file for each chunk, so that the same question costs nothing. */
export type CandidateStore = {
  /** A copy of the chunk's rows in the scratch folder; undefined when the store does not have them. */
  readonly fetch: (chunk: Chunk) => Promise<string | undefined>;
  readonly keep: (chunk: Chunk, rows: string) => Promise<void>;
};

export type StoredQuestion = Pick<AskOptions, "reader"> & {
  readonly adapter: CandidateOptions["adapter"];
  /** (nPrompt) what was appended to the chunks. */
  readonly prompt: Uint32Array;
  readonly scratch: Scratch;
};

export function candidateStore(
  { store, prefix, keyOf }: Reading,
  { reader, adapter, prompt, scratch }: StoredQuestion,
): CandidateStore {
  const { sha256, scale, perChunk } = adapter;
  const settings = { adapter: sha256, scale, promptTokens: prompt };
  const nameOf = (chunk: Chunk): string => candidateKey(keyOf(chunk), settings);
  const bytesOf = ({ tokens }: Chunk): number => {
    return rowsBytes(reader, { nTokens: prefix.length + tokens.length + prompt.length, perChunk });
  };
  return {
    fetch: async (chunk) => {
      if (store === undefined || !(await store.has(nameOf(chunk), bytesOf(chunk)))) return undefined;
      const rows = await store.load(nameOf(chunk));
      return rows === undefined ? undefined : scratch.write(rows);
    },
    keep: async (chunk, rows) => {
      await store?.keep(nameOf(chunk), await scratch.read(rows));
    },
  };
}
