import { createHash, type Hash } from "node:crypto";
import type { Stats } from "node:fs";
import { type FileHandle, open, utimes } from "node:fs/promises";
import { describeError, errorCode, isMissing, unlessRefused } from "../../fs/system-error.ts";

// A stored file is its payload with a trailer behind it:
//
//   8 bytes "FOCUSKV2", u64 payload bytes (little-endian), 32 bytes SHA-256 of the file's key, a line feed and the payload
//
// The key is hashed with it, so that a whole file under another file's name is no good one.

const MAGIC = Buffer.from("FOCUSKV2", "latin1");
const SIZE_OFFSET = MAGIC.length;
const HASH_OFFSET = SIZE_OFFSET + 8;

export const TRAILER_BYTES = HASH_OFFSET + 32;

/** Files that are only checked are hashed in blocks of this size and never held whole. */
const BLOCK_BYTES = 1 << 20;

/** Tells a file that was checked from one that was put in its place, or changed, since. */
export type FileStamp = { readonly inode: number; readonly size: number; readonly changedMs: number };

type Unusable =
  | { readonly kind: "missing" }
  | { readonly kind: "damaged"; readonly reason: string }
  /** The file system does not let us read it; it may be good. */
  | { readonly kind: "refused"; readonly reason: string };

/** What `checkSeal` found. */
export type SealCheck = { readonly kind: "good" } | Unusable;

/** What `readSealed` found; only a "good" file has a payload. */
export type Sealed =
  | { readonly kind: "good"; readonly payload: Uint8Array; readonly stamp: FileStamp }
  | Unusable;

/**
 * Writes a payload with its trailer to a name that is not taken, for its user alone, and forces it to the disk. Throws what the
 * file system throws.
 */
export async function writeSealed(path: string, key: string, payload: Uint8Array): Promise<void> {
  const handle = await open(path, "wx", 0o600);
  try {
    await handle.writeFile(payload);
    await handle.writeFile(trailer(payload.length, keyed(key).update(payload).digest()));
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Reads a file whole, counts it as used, and compares it with its trailer; with the hash unless it still is the file that
 * `known` tells of.
 */
export async function readSealed(path: string, key: string, known?: FileStamp): Promise<Sealed> {
  return withFile(path, async (handle) => {
    const before = await handle.stat();
    await touchFile(path, before.mtimeMs);
    // The touch changes the stamp: `known` is of the file before, the next read finds it as it is now.
    const stamp = stampOf(await handle.stat());
    const bytes = Buffer.allocUnsafeSlow(stamp.size);
    const found = await readInto(handle, bytes, 0);
    const end = trailerOf(bytes.subarray(0, found));
    if (end.kind === "damaged") return end;
    const payload = bytes.subarray(0, end.payloadBytes);
    const isKnown = known !== undefined && isSame(known, stampOf(before));
    if (isKnown || keyed(key).update(payload).digest().equals(end.hash)) {
      return { kind: "good", payload, stamp };
    }
    return WRONG_HASH;
  });
}

/** Reads a file to its end and compares it with its trailer. */
export async function checkSeal(path: string, key: string): Promise<SealCheck> {
  return withFile(path, async (handle) => {
    const { size } = await handle.stat();
    const last = Buffer.alloc(Math.min(size, TRAILER_BYTES));
    await readInto(handle, last, size - last.length);
    const end = trailerOf(last, size);
    if (end.kind === "damaged") return end;
    const hash = keyed(key);
    await hashInto(hash, handle, end.payloadBytes);
    return hash.digest().equals(end.hash) ? { kind: "good" } : WRONG_HASH;
  });
}

/** Last use is kept as the file's mtime, and not written more often than this. */
const TOUCH_MS = 60_000;

/** Counts a file as used now. Refused by a read-only store, which has no order of use to keep. */
export async function touchFile(path: string, lastUsedMs: number): Promise<void> {
  const now = new Date();
  if (now.getTime() - lastUsedMs >= TOUCH_MS) await unlessRefused(utimes(path, now, now));
}

const WRONG_HASH = { kind: "damaged", reason: "its checksum is wrong" } as const;

function stampOf({ ino, size, ctimeMs }: Stats): FileStamp {
  return { inode: ino, size, changedMs: ctimeMs };
}

function isSame(a: FileStamp, b: FileStamp): boolean {
  return a.inode === b.inode && a.size === b.size && a.changedMs === b.changedMs;
}

async function withFile<Found>(
  path: string,
  look: (handle: FileHandle) => Promise<Found>,
): Promise<Found | Unusable> {
  try {
    const handle = await open(path, "r");
    return await look(handle).finally(() => handle.close());
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return isMissing(error) ? { kind: "missing" } : { kind: "refused", reason: describeError(error) };
  }
}

type End =
  | { readonly kind: "whole"; readonly payloadBytes: number; readonly hash: Buffer }
  | { readonly kind: "damaged"; readonly reason: string };

/** `last`: the end of a file of `size` bytes, at least its trailer. */
function trailerOf(last: Buffer, size = last.length): End {
  const payloadBytes = size - TRAILER_BYTES;
  if (payloadBytes < 0) return { kind: "damaged", reason: `it has only ${size} bytes` };
  const found = last.subarray(-TRAILER_BYTES);
  const isOurs =
    found.subarray(0, SIZE_OFFSET).equals(MAGIC) &&
    found.readBigUInt64LE(SIZE_OFFSET) === BigInt(payloadBytes);
  if (!isOurs) return { kind: "damaged", reason: "its end is missing" };
  return { kind: "whole", payloadBytes, hash: found.subarray(HASH_OFFSET) };
}

function trailer(payloadBytes: number, sha256: Buffer): Buffer {
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(BigInt(payloadBytes));
  return Buffer.concat([MAGIC, size, sha256]);
}

function keyed(key: string): Hash {
  return createHash("sha256").update(`${key}\n`);
}

/** Fills `target` from `offset` on, or as much of it as there is; returns the bytes. */
async function readInto(handle: FileHandle, target: Buffer, offset: number): Promise<number> {
  let done = 0;
  while (done < target.length) {
    const { bytesRead } = await handle.read(target, done, target.length - done, offset + done);
    if (bytesRead === 0) return done;
    done += bytesRead;
  }
  return done;
}

/** Stops early at the end of a file that became shorter: its hash is wrong then. */
async function hashInto(hash: Hash, handle: FileHandle, bytes: number): Promise<void> {
  const block = Buffer.allocUnsafe(Math.min(BLOCK_BYTES, bytes));
  for (let offset = 0; offset < bytes; ) {
    const found = await readInto(handle, block.subarray(0, Math.min(block.length, bytes - offset)), offset);
    if (found === 0) return;
    hash.update(block.subarray(0, found));
    offset += found;
  }
}
