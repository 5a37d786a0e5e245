import { createHash } from "node:crypto";
import { PACKED_FORM } from "../state/packed-state.ts";

/** Everything that decides what a chunk's rows are, besides its own tokens and where they begin. */
export type KeySettings = {
  /** Weights, tokenizer and RoPE parameters all lie in the model file, so its fingerprint stands for them. */
  readonly modelFingerprint: string;
  /** llama.cpp release: layout and meaning of state files changed twice under one version number. */
  readonly engineRelease: string;
  /** Sequences of the context (n_stream): llama.cpp refuses a file of another number. */
  readonly sequences: number;
  /** Tokens of one decode: other batch splits change rows in the last bits. */
  readonly sliceTokens: number;
  /** What computes: other kernels change rows in the last bits. */
  readonly processor: string;
  /** (nPrefix) token ids in front of every chunk. */
  readonly prefixTokens: Uint32Array;
};

/** Stands where the settings of rows stand: texts have none of these. */
export const TEXTS = "texts";

/** Raised whenever the meaning of a stored file changes. */
const STORE_VERSION = 2;

/** Name of the folder that holds all chunks of these settings: 16 hex digits of a SHA-256. */
export function settingsKey({ prefixTokens, ...settings }: KeySettings): string {
  const text = JSON.stringify([
    ["storeVersion", STORE_VERSION],
    ["kvType", "f16"],
    ["form", PACKED_FORM],
    ["flashAttention", true],
    // Sorted, so that the order in which a caller names the fields does not matter.
    ...Object.entries(settings).sort(([a], [b]) => (a < b ? -1 : 1)),
    ["prefixTokens", [...prefixTokens]],
  ]);
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

/**
 * `<settings>/<SHA-256 of start position and token ids>`: the name of a chunk's rows in the store.
 * `startPosition` is the position of the first row that the file holds; 0 when the prefix is in it.
 */
export function chunkKey(settings: string, tokens: Uint32Array, startPosition = 0): string {
  const hash = createHash("sha256").update(Uint32Array.of(startPosition)).update(tokens);
  return `${settings}/${hash.digest("hex")}`;
}

/** Name of a document's parsed text, or of its chunks; `sha256` in hex, of all that they follow from. */
export function textKey(sha256: string): string {
  return `${TEXTS}/${sha256}`;
}

export function isTextKey(key: string): boolean {
  return key.startsWith(`${TEXTS}/`);
}

/** What the rows of a question's candidate tokens depend on, besides the chunk that they were computed behind. */
export type CandidateSettings = {
  /** SHA-256 of the adapter's file. */
  readonly adapter: string;
  /** What its deltas are multiplied by. */
  readonly scale: number;
  /** (nLocal) token ids of the dynamic prompt; the last of them are the candidates. */
  readonly promptTokens: Uint32Array;
};

/** `<chunk's key>-<16 hex digits of a SHA-256>`: the name of its candidate rows in the store, for one question and adapter. */
export function candidateKey(chunk: string, { adapter, scale, promptTokens }: CandidateSettings): string {
  const text = JSON.stringify(["candidates", adapter, scale, [...promptTokens]]);
  return `${chunk}-${createHash("sha256").update(text).digest("hex").slice(0, 16)}`;
}

/** The chunk that a chunk's rows, or its candidates, belong to. */
export function chunkOfKey(key: string): string {
  return key.replace(/-[^-]*$/u, "");
}
