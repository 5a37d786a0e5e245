import { createHash, type Hash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import { describeError, errorCode, isMissing } from "../../fs/system-error.ts";
import type { ByteSource } from "../state/byte-source.ts";

// A stored file is llama.cpp's own state file with a trailer of ours behind it, so that the engine can load it where it
// lies: llama.cpp at the release that node-llama-cpp 3.22.1 ships ignores bytes behind the state. A later release may
// not, which is one reason why the release is part of the key. The trailer:
//
//   8 bytes "FOCUSKV1", u64 payload bytes (little-endian), 32 bytes SHA-256 of the payload

const MAGIC = Buffer.from("FOCUSKV1", "latin1");
const SIZE_OFFSET = MAGIC.length;
const HASH_OFFSET = SIZE_OFFSET + 8;

export const TRAILER_BYTES = HASH_OFFSET + 32;

/** Files are hashed in blocks of this size and never held whole. */
const BLOCK_BYTES = 1 << 20;

/** What `checkSeal` found; only a "good" file may be shown to the engine. */
export type SealCheck =
  | { readonly kind: "good"; readonly lastUsedMs: number }
  | { readonly kind: "missing" }
  | { readonly kind: "damaged"; readonly reason: string }
  /** The file system does not let us read it; it may be good. */
  | { readonly kind: "refused"; readonly reason: string };

/** The file is not as long as it was said to be: the disk ran full, or the writer was stopped. */
export type SealResult =
  | { readonly kind: "sealed" }
  | { readonly kind: "short"; readonly foundBytes: number };

/**
 * Hashes a state file, puts the trailer behind it and forces both to the disk. `payloadBytes` is the size that the
 * file must have (llama.cpp does not notice when the disk runs full). Throws what the file system throws.
 */
export async function seal(path: string, payloadBytes: number): Promise<SealResult> {
  const handle = await open(path, "r+");
  try {
    const { size } = await handle.stat();
    if (size !== payloadBytes) return { kind: "short", foundBytes: size };
    const hash = createHash("sha256");
    await hashInto(hash, handle, payloadBytes);
    await handle.write(trailer(payloadBytes, hash.digest()), 0, TRAILER_BYTES, payloadBytes);
    await handle.sync();
    return { kind: "sealed" };
  } finally {
    await handle.close();
  }
}

/** Reads a stored file to its end and compares it with its trailer. */
export async function checkSeal(path: string): Promise<SealCheck> {
  try {
    const handle = await open(path, "r");
    return await checkHandle(handle).finally(() => handle.close());
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return isMissing(error) ? { kind: "missing" } : { kind: "refused", reason: describeError(error) };
  }
}

async function checkHandle(handle: FileHandle): Promise<SealCheck> {
  const { size, mtimeMs } = await handle.stat();
  const payloadBytes = size - TRAILER_BYTES;
  if (payloadBytes < 0) return { kind: "damaged", reason: `it has only ${size} bytes` };
  const found = Buffer.alloc(TRAILER_BYTES);
  await handle.read(found, 0, TRAILER_BYTES, payloadBytes);
  if (!isTrailerOf(found, payloadBytes)) return { kind: "damaged", reason: "its end is missing" };
  const hash = createHash("sha256");
  await hashInto(hash, handle, payloadBytes);
  if (hash.digest().equals(found.subarray(HASH_OFFSET))) return { kind: "good", lastUsedMs: mtimeMs };
  return { kind: "damaged", reason: "its checksum is wrong" };
}

/** Whether our trailer, for just so many bytes, lies at `offset`; the hash is not looked at. */
export async function hasTrailer(source: ByteSource, offset: number): Promise<boolean> {
  const found = Buffer.alloc(TRAILER_BYTES);
  await source.readInto(found, offset);
  return isTrailerOf(found, offset);
}

function isTrailerOf(found: Buffer, payloadBytes: number): boolean {
  return (
    found.subarray(0, SIZE_OFFSET).equals(MAGIC) &&
    found.readBigUInt64LE(SIZE_OFFSET) === BigInt(payloadBytes)
  );
}

function trailer(payloadBytes: number, sha256: Buffer): Buffer {
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(BigInt(payloadBytes));
  return Buffer.concat([MAGIC, size, sha256]);
}

/** Stops early at the end of a file that became shorter: its hash is wrong then. */
async function hashInto(hash: Hash, handle: FileHandle, bytes: number): Promise<void> {
  const block = Buffer.allocUnsafe(Math.min(BLOCK_BYTES, bytes));
  for (let offset = 0; offset < bytes; ) {
    const { bytesRead } = await handle.read(block, 0, Math.min(block.length, bytes - offset), offset);
    if (bytesRead === 0) return;
    hash.update(block.subarray(0, bytesRead));
    offset += bytesRead;
  }
}
