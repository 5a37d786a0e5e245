import { crc32, inflateRawSync } from "node:zlib";
import { InputError } from "../../../errors.ts";
import { GET_AGAIN } from "../get-again.ts";
import { type Entry, readDirectory } from "./directory.ts";

/** No document of prose comes near these; a zip bomb does. Bytes, unpacked. */
const LARGEST_ENTRY = 256 * 2 ** 20;
const LARGEST_SUM = 512 * 2 ** 20;

/** The files inside a zip file, unpacked one by one when asked for. */
export type Archive = {
  /** As the user gave it; errors begin with it. */
  readonly path: string;
  /** In the order of the archive's directory. */
  readonly names: readonly string[];
  /**
   * The bytes of one file; undefined when there is none of this name.
   * @throws InputError when it is damaged, encrypted or unpacks to more than the limits.
   */
  readonly read: (name: string) => Uint8Array | undefined;
  /** One sentence for each thing that shows damage; a read may add one. */
  readonly warnings: readonly string[];
  /** Adds a warning, once. */
  readonly warn: (warning: string) => void;
};

/** Opens a zip file. Throws InputError when its directory cannot be read. */
export function openArchive(bytes: Uint8Array, path: string): Archive {
  const { entries, warnings } = readDirectory(bytes, path);
  const warn = (warning: string): void => {
    if (!warnings.includes(warning)) warnings.push(warning);
  };
  let sum = 0;
  return {
    path,
    names: [...entries.keys()],
    warnings,
    warn,
    read: (name) => {
      const entry = entries.get(name);
      if (entry === undefined) return undefined;
      assertReadable(entry, path);
      const unpacked = unpack(bytes, entry, path);
      sum += unpacked.length;
      if (sum > LARGEST_SUM) throw tooLarge(path, "its files", LARGEST_SUM);
      if (crc32(unpacked) !== entry.crc) {
        warn(`${name} inside the file does not fit its checksum: its text may be damaged; ${GET_AGAIN}`);
      }
      return unpacked;
    },
  };
}

function assertReadable({ name, isEncrypted, size, method }: Entry, path: string): void {
  if (isEncrypted) {
    throw new InputError(`${path}: is encrypted (${name} needs a password)`, {
      hint: "save a copy without a password",
    });
  }
  if (size > LARGEST_ENTRY) throw tooLarge(path, name, LARGEST_ENTRY);
  if (method !== 0 && method !== 8) {
    throw new InputError(`${path}: ${name} is packed by method ${method}, expected store or deflate`, {
      hint: "open the file in its program and save it again",
    });
  }
}

function tooLarge(path: string, what: string, limit: number): InputError {
  return new InputError(`${path}: ${what} would unpack to more than ${limit / 2 ** 20} MiB, the limit`, {
    hint: "split the document, or save its text alone",
  });
}

function unpack(bytes: Uint8Array, entry: Entry, path: string): Uint8Array {
  const packed = bytes.subarray(entry.start, entry.start + entry.packedSize);
  if (packed.length < entry.packedSize) throw damaged(path, `${entry.name} is cut off`);
  if (entry.method === 0) return packed;
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, entry.size) });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw damaged(path, `${entry.name} cannot be unpacked (${reason})`, error);
  }
}

/** What a broken container is told with. */
export function damaged(path: string, reason: string, cause?: unknown): InputError {
  return new InputError(`${path}: is damaged: ${reason}`, {
    hint: "get the file again, or open it in its program and save it anew",
    cause,
  });
}
