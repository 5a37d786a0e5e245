import { open, stat } from "node:fs/promises";
import type { ErrorCode } from "../errors.ts";
import { describeSystemError, inputErrorCode } from "../fs/read-error.ts";
import { READABLE } from "./format-name.ts";
import { isGzip, unpackGzipStart } from "./gzip.ts";
import { SNIFF_BYTES, type Sniffed, sniff } from "./sniff.ts";

/** Why a file cannot be read; the reason completes "<path>: …". */
export type Trouble = { readonly reason: string; readonly hint?: string; readonly code?: ErrorCode };

const UNSUPPORTED = "input.unsupported";

/** A folder's pictures are icons and photographs as a rule, and each takes seconds. */
const LONELY_PICTURE: Trouble = {
  reason: "is a picture; name it, or match it with a glob, to have its text recognised",
  code: UNSUPPORTED,
};

type ExamineOptions = {
  /** Whether a picture is wanted, as one that is named is. */
  readonly isPictureWanted?: boolean;
};

/**
 * Looks at a file's kind and first bytes, those in it where it is a gzip file; never at the whole file.
 * @returns undefined when it looks readable.
 */
export async function examineFile(
  absolutePath: string,
  { isPictureWanted = true }: ExamineOptions = {},
): Promise<Trouble | undefined> {
  try {
    const stats = await stat(absolutePath);
    // A pipe such as bash's <(…) can be read only once, so its first bytes are left to the parser.
    if (stats.isFIFO()) return undefined;
    if (!stats.isFile()) return { reason: "is not a regular file (a device or a socket)" };
    const first = await firstBytes(absolutePath);
    const head = isGzip(first) ? unpackGzipStart(first) : first;
    if (head === undefined) return { reason: "is a damaged gzip file" };
    const sniffed = sniff(head, absolutePath);
    const isPicture = sniffed.kind === "readable" && sniffed.format === "image";
    return isPicture && !isPictureWanted ? LONELY_PICTURE : troubleOf(sniffed);
  } catch (error) {
    return { reason: describeSystemError(error), code: inputErrorCode(error) };
  }
}

async function firstBytes(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const buffer = new Uint8Array(SNIFF_BYTES);
    const { bytesRead } = await file.read(buffer, 0, SNIFF_BYTES, 0);
    const head = buffer.subarray(0, bytesRead);
    const directory = oleDirectory(head);
    if (directory === undefined) return head;
    const names = new Uint8Array(SNIFF_BYTES);
    const read = await file.read(names, 0, SNIFF_BYTES, directory);
    return Buffer.concat([head, names.subarray(0, read.bytesRead)]);
  } finally {
    await file.close();
  }
}

/** Where old Microsoft Office files have the names that tell what they are; undefined for other files. */
function oleDirectory(head: Uint8Array): number | undefined {
  if (head.length < 512 || Buffer.from(head.subarray(0, 4)).toString("hex") !== "d0cf11e0") return undefined;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const sectorBytes = 2 ** Math.min(view.getUint16(30, true), 12);
  return (view.getUint32(48, true) + 1) * sectorBytes;
}

function troubleOf(sniffed: Sniffed): Trouble | undefined {
  switch (sniffed.kind) {
    case "readable":
      return undefined;
    case "empty":
      return { reason: "is empty", code: "input.empty" };
    case "binary":
      return { code: UNSUPPORTED, reason: sniffed.reason, hint: READABLE };
    case "unsupported":
      return sniffed.hint === undefined
        ? { code: UNSUPPORTED, reason: sniffed.reason }
        : { code: UNSUPPORTED, reason: sniffed.reason, hint: sniffed.hint };
  }
}

/**
 * Why an entry of a folder that is no plain file is not opened; undefined for a link to a file. A pipe that nobody
 * writes to would be waited for forever.
 */
export async function describeOddity(path: string): Promise<string | undefined> {
  const stats = await stat(path).catch(() => undefined);
  if (stats === undefined) return "is a symbolic link that leads nowhere";
  if (stats.isDirectory()) return "is a symbolic link to a folder";
  return stats.isFile() ? undefined : "is not a regular file (a pipe, a device or a socket)";
}
