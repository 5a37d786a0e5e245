import { createHash, type Hash } from "node:crypto";
import { GgufCursor } from "./gguf/gguf-cursor.ts";
import type { GgufHeader, GgufTensor } from "./gguf/gguf-header.ts";
import { readParts } from "./gguf/gguf-parts.ts";

const SAMPLE_BYTES = 16 * 1024;
const HASH_BYTES = 1 << 20;

/**
 * Tells models apart by content, in tens of milliseconds: SHA-256, in hex, over each file's size, its whole header
 * (hyperparameters, tokenizer, chat template, every tensor's name, shape, type and place) and 16 KiB from the middle of
 * every tensor's data, all of it where a tensor is smaller. Quantisations differ in their headers; training or merging
 * touches whole tensors, so every sample of those. It is no checksum: a bit that flipped elsewhere is not seen.
 *
 * Throws ModelError when a file is missing or damaged.
 */
export async function fingerprint(path: string): Promise<string> {
  const hash = createHash("sha256");
  for (const header of readParts(path)) addFile(header, hash);
  return hash.digest("hex");
}

function addFile({ path, fileBytes, headerBytes, tensors }: GgufHeader, hash: Hash): void {
  const cursor = new GgufCursor(path);
  try {
    hash.update(`${fileBytes}\n`);
    for (let at = 0; at < headerBytes; at += HASH_BYTES) {
      hash.update(cursor.bytesAt(at, Math.min(HASH_BYTES, headerBytes - at)));
    }
    for (const tensor of tensors) hash.update(sample(tensor, cursor));
  } finally {
    cursor.close();
  }
}

function sample({ offset, bytes = SAMPLE_BYTES }: GgufTensor, cursor: GgufCursor): Buffer {
  const length = Math.min(bytes, SAMPLE_BYTES);
  return cursor.bytesAt(offset + Math.floor((bytes - length) / 2), length);
}
