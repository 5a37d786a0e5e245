/** A file in a zip archive, as the archive's directory describes it (PKWARE APPNOTE 6.3.10, section 4.3.12). */
export type ZipEntry = {
  readonly name: string;
  readonly isEncrypted: boolean;
  /** 0 = stored, 8 = deflate. */
  readonly method: number;
  readonly crc: number;
  /** Bytes in the archive. */
  readonly packedSize: number;
  /** Bytes once unpacked, as the archive claims. */
  readonly size: number;
  /** Where its own header begins in the archive. */
  readonly headerStart: number;
};

/** What begins the end record, an entry of the directory, and a file's own header. */
const END = 0x06054b50;
const CENTRAL = 0x02014b50;
export const LOCAL = 0x04034b50;
const END_BYTES = 22;
const CENTRAL_BYTES = 46;
/** A file's own header, without its name. */
export const LOCAL_BYTES = 30;
/** The end record and the longest comment that may follow it. */
export const LONGEST_END = END_BYTES + 65_535;
/** Stands for "see the zip64 field", which only files of 4 GiB need. */
const ZIP64 = 0xffffffff;

/** How many entries the directory has, and where it lies in the archive. */
export type ZipEnd = { readonly count: number; readonly start: number; readonly bytes: number };

/** Finds the directory; `tail` holds the archive's last {@link LONGEST_END} bytes. Throws RangeError when it is cut off. */
export function findDirectory(tail: DataView): ZipEnd {
  const earliest = Math.max(0, tail.byteLength - LONGEST_END);
  for (let at = tail.byteLength - END_BYTES; at >= earliest; at--) {
    if (tail.getUint32(at, true) === END)
      return {
        count: tail.getUint16(at + 10, true),
        bytes: tail.getUint32(at + 12, true),
        start: tail.getUint32(at + 16, true),
      };
  }
  throw new RangeError("no end of a directory");
}

/** The entries of a directory, which begins `view`. Throws RangeError, as DataView does, where it is not whole. */
export function readEntries(view: DataView, count: number): ZipEntry[] {
  const entries: ZipEntry[] = [];
  let at = 0;
  for (let i = 0; i < count; i++) {
    if (view.getUint32(at, true) !== CENTRAL) throw new RangeError("no directory entry here");
    const entry = readEntry(view, at);
    if ([entry.headerStart, entry.packedSize, entry.size].includes(ZIP64)) throw new RangeError("zip64");
    entries.push(entry);
    at +=
      CENTRAL_BYTES +
      view.getUint16(at + 28, true) +
      view.getUint16(at + 30, true) +
      view.getUint16(at + 32, true);
  }
  return entries;
}

function readEntry(view: DataView, at: number): ZipEntry {
  const nameBytes = view.getUint16(at + 28, true);
  const name = new Uint8Array(view.buffer, view.byteOffset + at + CENTRAL_BYTES, nameBytes);
  return {
    name: new TextDecoder().decode(name),
    isEncrypted: (view.getUint16(at + 8, true) & 1) === 1,
    method: view.getUint16(at + 10, true),
    crc: view.getUint32(at + 16, true),
    packedSize: view.getUint32(at + 20, true),
    size: view.getUint32(at + 24, true),
    headerStart: view.getUint32(at + 42, true),
  };
}

/** Bytes from a file's own header, which stands at `at`, to its data. Throws RangeError where there is none. */
export function headerBytes(view: DataView, at: number): number {
  if (view.getUint32(at, true) !== LOCAL) throw new RangeError("no file here");
  return LOCAL_BYTES + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
}

export function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}
