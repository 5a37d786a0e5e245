import { crc32, deflateRawSync } from "node:zlib";

export type MadeEntry = {
  readonly name: string;
  readonly data: Buffer;
  readonly packed?: boolean;
  /** What the directory claims, where that is a lie. */
  readonly crc?: number;
  readonly plainBytes?: number;
  readonly method?: number;
};

/** A zip archive (PKWARE APPNOTE 6.3), as a wheel is one. */
export function makeWheel(entries: readonly MadeEntry[], comment = ""): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const fields = describe(entry);
    const stored = entry.packed === true ? deflateRawSync(entry.data) : entry.data;
    const local = Buffer.concat([
      header(0x04034b50, 0, fields),
      nameLengths(entry.name),
      Buffer.from(entry.name),
      stored,
    ]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(
      Buffer.concat([header(0x02014b50, 2, fields), nameLengths(entry.name), rest, Buffer.from(entry.name)]),
    );
    files.push(local);
    offset += local.length;
  }
  const listing = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(listing.length, 12);
  end.writeUInt32LE(offset, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...files, listing, end, Buffer.from(comment)]);
}

type Fields = {
  readonly method: number;
  readonly crc: number;
  readonly storedBytes: number;
  readonly plainBytes: number;
};

function describe({ data, packed = false, ...claims }: MadeEntry): Fields {
  const storedBytes = packed ? deflateRawSync(data).length : data.length;
  return { method: packed ? 8 : 0, crc: crc32(data), plainBytes: data.length, storedBytes, ...claims };
}

/** The fields that an entry in the directory and the one before its data share, `extra` bytes apart at the start. */
function header(signature: number, extra: number, { method, crc, storedBytes, plainBytes }: Fields): Buffer {
  const buffer = Buffer.alloc(26 + extra);
  buffer.writeUInt32LE(signature, 0);
  buffer.writeUInt16LE(method, 8 + extra);
  buffer.writeUInt32LE(crc, 14 + extra);
  buffer.writeUInt32LE(storedBytes, 18 + extra);
  buffer.writeUInt32LE(plainBytes, 22 + extra);
  return buffer;
}

function nameLengths(name: string): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt16LE(Buffer.byteLength(name), 0);
  return buffer;
}
