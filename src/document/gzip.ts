import { extname } from "node:path";
import { constants, gunzipSync } from "node:zlib";

import { InputError } from "../errors.ts";

/** No document comes near this; a bomb does. Bytes, unpacked. */
const LARGEST = 256 * 2 ** 20;

/** Whether bytes are those of a gzip file (RFC 1952, section 2.3.1). */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8;
}

/** The extension of a file, or of what is in it where it is a gzip file, in lower case: ".csv" of "fees.CSV.gz". */
export function extensionInside(path: string): string {
  return extname(path.replace(/\.gz$/i, "")).toLowerCase();
}

/**
 * What a gzip file holds; other bytes as they are. One inside another is left packed.
 * @throws InputError that begins with `name` when it is damaged or unpacks to more than the limit.
 */
export function unpackGzip(bytes: Uint8Array, name: string, largest = LARGEST): Uint8Array {
  if (!isGzip(bytes)) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: largest });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ERR_BUFFER_TOO_LARGE")
      throw new InputError(`${name}: would unpack to more than ${largest / 2 ** 20} MiB, the limit`, {
        hint: "unpack it with `gunzip` and split it",
      });
    throw new InputError(`${name}: is a damaged gzip file (${message})`, {
      hint: "get the file again",
      cause: error,
    });
  }
}

/** What the first bytes of a gzip file unpack to, as far as they go; undefined where they are damaged. */
export function unpackGzipStart(bytes: Uint8Array): Uint8Array | undefined {
  try {
    return gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: LARGEST });
  } catch {
    return undefined;
  }
}
