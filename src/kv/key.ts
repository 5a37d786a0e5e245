import { createHash } from "node:crypto";

/** Everything that decides what a chunk's rows are, besides its own tokens. */
export type KeySettings = {
  readonly modelFingerprint: string;
  readonly engineRelease: string;
  readonly sequences: number;
  readonly sliceTokens: number;
  readonly device: string;
  readonly prefixTokens: Uint32Array;
};

/** Raised whenever the meaning of a stored file changes. */
const STORE_VERSION = 1;

/** Name of the folder that holds all chunks of these settings: 16 hex digits of a SHA-256. */
export function settingsKey({ prefixTokens, ...settings }: KeySettings): string {
  const parts = { version: STORE_VERSION, kvType: "f16", flashAttention: true, ...settings };
  const text = JSON.stringify({ ...parts, prefixTokens: [...prefixTokens] });
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

/** `<settings>/<sha-256 of the token ids>`: the name of a chunk's rows in the store. */
export function chunkKey(settings: string, tokens: Uint32Array): string {
  const bytes = new Uint8Array(tokens.buffer, tokens.byteOffset, tokens.byteLength);
  return `${settings}/${createHash("sha256").update(bytes).digest("hex")}`;
}
