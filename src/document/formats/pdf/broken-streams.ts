import { inflateSync } from "node:zlib";

import { decodeAscii85 } from "./ascii85.ts";

/** What begins a stream's bytes, and its dictionary (ISO 32000-1, sections 7.3.8 and 7.3.10). */
const STREAM = Buffer.from("stream");
const END = Buffer.from("endstream");
const LONGEST_DICTIONARY = 2048;
const DEFLATED = /\/Filter\s*\[?\s*(\/ASCII85Decode\s*)?\/FlateDecode\b/;
/** Pictures hold no text, and what is encrypted has other bytes here. */
const PICTURE = /\/Subtype\s*\/Image\b/;
const ENCRYPTED = Buffer.from("/Encrypt");
/** What unpacks to more is no page. Bytes. */
const LARGEST = 64 * 2 ** 20;

/**
 * Numbers of the objects whose compressed bytes do not unpack, or not to what was packed: PDFium takes what comes and
 * says nothing. Pictures are not looked at. About 10 ms for each MB of the file.
 */
export function findBrokenStreams(bytes: Uint8Array): number[] {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (file.includes(ENCRYPTED)) return [];
  const broken: number[] = [];
  for (let at = file.indexOf(STREAM); at !== -1; ) {
    const head = headOf(file, at);
    // A PDF inside this one has streams and ends of its own.
    const end = head === undefined ? -1 : file.indexOf(END, at);
    const packed = file.subarray(startOf(file, at), end === -1 ? file.length : end);
    if (head?.isDeflated === true && !isWhole(head.isWritten ? decodeAscii85(packed) : packed))
      broken.push(head.object);
    at = file.indexOf(STREAM, end === -1 ? at + STREAM.length : end + END.length);
  }
  return broken;
}

type Head = { readonly object: number; readonly isDeflated: boolean; readonly isWritten: boolean };

/** The object whose stream begins here, and how its bytes are packed; undefined where the word is none that begins one. */
function headOf(file: Buffer, at: number): Head | undefined {
  const before = file.toString("latin1", Math.max(0, at - LONGEST_DICTIONARY), at);
  const own = /(?:^|\s)(\d+)\s+\d+\s+obj\b(?![\s\S]*\sobj\b)([\s\S]*>>\s*)$/.exec(before);
  if (own === null) return undefined;
  const [, object, dictionary = ""] = own;
  const filter = DEFLATED.exec(dictionary);
  const isDeflated = filter !== null && !PICTURE.test(dictionary);
  return { object: Number(object), isDeflated, isWritten: filter?.[1] !== undefined };
}

/** Behind the line end after the keyword. */
function startOf(file: Buffer, at: number): number {
  const start = at + STREAM.length;
  if (file[start] === 0x0d && file[start + 1] === 0x0a) return start + 2;
  return file[start] === 0x0a || file[start] === 0x0d ? start + 1 : start;
}

function isWhole(packed: Uint8Array | undefined): boolean {
  if (packed === undefined) return false;
  try {
    inflateSync(packed, { maxOutputLength: LARGEST });
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE";
  }
}
