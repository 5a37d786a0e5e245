import { InputError } from "../../../errors.ts";
import { describeUnlisted } from "./unlisted.ts";

/** A file in a zip archive, as the archive's directory describes it (APPNOTE 6.3.10, section 4.3.12). */
export type Entry = {
  readonly name: string;
  readonly encrypted: boolean;
  /** 0 = stored, 8 = deflate. */
  readonly method: number;
  readonly crc: number;
  /** Bytes in the archive. */
  readonly packedSize: number;
  /** Bytes once unpacked, as the archive claims. */
  readonly size: number;
  /** Where its bytes begin in the archive. */
  readonly start: number;
};

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
/** The end record and the longest comment that may follow it. */
const LONGEST_END = 22 + 65_535;
/** Stands for "see the zip64 field", which only files of 4 GiB need. */
const ZIP64 = 0xffffffff;

/** What a zip directory says, and one sentence each for what the archive says otherwise. */
export type Directory = { readonly entries: ReadonlyMap<string, Entry>; readonly warnings: string[] };

/** Throws InputError for anything that is not a whole zip directory. */
export function readDirectory(bytes: Uint8Array, path: string): Directory {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const entries = readEntries(bytes, view);
    return { entries, warnings: describeUnlisted(bytes, entries) };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new InputError(`${path}: is damaged or cut off: its zip directory cannot be read`, {
      hint: "get the file again, or open it in its program and save it anew",
      cause: error,
    });
  }
}

/** Throws RangeError where the archive ends too early or points outside itself, as DataView does. */
function readEntries(bytes: Uint8Array, view: DataView): Map<string, Entry> {
  const end = findEnd(view);
  const count = view.getUint16(end + 10, true);
  const entries = new Map<string, Entry>();
  let at = view.getUint32(end + 16, true);
  for (let i = 0; i < count; i++) {
    if (view.getUint32(at, true) !== CENTRAL) throw new RangeError("no directory entry here");
    const entry = readEntry(bytes, view, at);
    // Directories have no bytes; of two files with one name, the last is the newer.
    if (!entry.name.endsWith("/")) entries.set(entry.name, entry);
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

function findEnd(view: DataView): number {
  const earliest = Math.max(0, view.byteLength - LONGEST_END);
  for (let at = view.byteLength - 22; at >= earliest; at--) {
    if (view.getUint32(at, true) === END) return at;
  }
  throw new RangeError("no end of a directory");
}

function readEntry(bytes: Uint8Array, view: DataView, at: number): Entry {
  const nameLength = view.getUint16(at + 28, true);
  const local = view.getUint32(at + 42, true);
  const packedSize = view.getUint32(at + 20, true);
  const size = view.getUint32(at + 24, true);
  if ([local, packedSize, size].includes(ZIP64)) throw new RangeError("zip64");
  if (view.getUint32(local, true) !== LOCAL) throw new RangeError("no file here");
  return {
    name: readName(bytes, at + 46, nameLength),
    encrypted: (view.getUint16(at + 8, true) & 1) === 1,
    method: view.getUint16(at + 10, true),
    crc: view.getUint32(at + 16, true),
    packedSize,
    size,
    start: local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true),
  };
}

function readName(bytes: Uint8Array, start: number, length: number): string {
  return new TextDecoder().decode(bytes.subarray(start, start + length)).replaceAll("\\", "/");
}
