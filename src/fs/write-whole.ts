import type { FileHandle } from "node:fs/promises";

/** Writes all of the bytes, at a position or else behind what is there. A single `write` may stop half-way, as on a full disk. */
export async function writeWhole(handle: FileHandle, bytes: Uint8Array, position?: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const at = position === undefined ? null : position + done;
    done += (await handle.write(bytes, done, bytes.length - done, at)).bytesWritten;
  }
}
