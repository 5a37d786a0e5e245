import type { FileHandle } from "node:fs/promises";
import { KvStoreError } from "../../errors.ts";

/** Bytes that are read by range: a file, without holding it in memory. */
export type ByteSource = {
  /** Named in messages. */
  readonly name: string;
  readonly sizeBytes: number;
  /** Fills all of `target` with the bytes from `offset` on. Throws KvStoreError when there are fewer. */
  readonly readInto: (target: Uint8Array, offset: number) => Promise<void>;
};

/** The bytes of an open file; whoever opened it closes it. */
export async function fileSource(handle: FileHandle, name: string): Promise<ByteSource> {
  const { size } = await handle.stat();
  return { name, sizeBytes: size, readInto: (target, offset) => readFully(handle, { name, target, offset }) };
}

/** Bytes that are in memory already. */
export function bytesSource(bytes: Uint8Array, name: string): ByteSource {
  const readInto = async (target: Uint8Array, offset: number): Promise<void> => {
    const wanted = offset + target.length;
    if (wanted > bytes.length) {
      throw new KvStoreError(`state file ${name}: wanted ${wanted} bytes, found ${bytes.length}`);
    }
    target.set(bytes.subarray(offset, wanted));
  };
  return { name, sizeBytes: bytes.length, readInto };
}

type FullRead = { readonly name: string; readonly target: Uint8Array; readonly offset: number };

async function readFully(handle: FileHandle, { name, target, offset }: FullRead): Promise<void> {
  for (let done = 0; done < target.length; ) {
    const { bytesRead } = await handle.read(target, done, target.length - done, offset + done);
    if (bytesRead === 0) {
      const wanted = offset + target.length;
      throw new KvStoreError(`state file ${name}: wanted ${wanted} bytes, found ${offset + done}`);
    }
    done += bytesRead;
  }
}
