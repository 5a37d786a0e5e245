import { inflateSync } from "node:zlib";

/** What more unpacks to is not looked at. Bytes. */
const LARGEST = 16 * 2 ** 20;
const LONGEST_DICTIONARY = 2 ** 16;
const OBJECT = /(?<!\d)(\d{1,9})\s+\d{1,5}\s+obj\b/g;

/**
 * The objects of a PDF by their numbers, as they are written, and those inside object streams (ISO 32000-1, 7.3.10 and
 * 7.5.7): streams come without their bytes, and of two with one number the last counts. Meant for what PDFium does not
 * tell; about 30 ms for each MB of the file.
 */
export function readObjects(bytes: Uint8Array): ReadonlyMap<number, string> {
  const objects = new Map<number, string>();
  for (const { number, body, begin } of written(bytes)) {
    objects.set(number, body);
    if (begin !== undefined && /\/Type\s*\/ObjStm\b/.test(body)) readPacked(bytes, { body, begin }, objects);
  }
  return objects;
}

/** What streams say, by their objects' numbers; "" for one that is damaged, encrypted or packed in another way. */
export function readStreams(bytes: Uint8Array, numbers: ReadonlySet<number>): ReadonlyMap<number, string> {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const streams = new Map<number, string>();
  for (const { number, body, begin } of written(bytes)) {
    if (begin === undefined || !numbers.has(number)) continue;
    const end = file.indexOf("endstream", begin);
    const stream = file.subarray(begin, end === -1 ? undefined : end);
    streams.set(number, /\/Filter\b/.test(body) ? unpack(stream) : stream.toString("latin1"));
  }
  return streams;
}

/** What is written of an object, a stream without its bytes, and where these begin, behind a line end. */
type Written = { readonly number: number; readonly body: string; readonly begin: number | undefined };

function* written(bytes: Uint8Array): Generator<Written> {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  for (const { 0: head, 1: number, index } of file.matchAll(OBJECT)) {
    const start = index + head.length;
    const rest = file.slice(start, start + LONGEST_DICTIONARY);
    const [body = "", end] = rest.split(/(endobj|stream)/, 2);
    const behind = start + body.length + "stream".length;
    const begin = end === "stream" ? behind + (bytes[behind] === 0x0d ? 2 : 1) : undefined;
    yield { number: Number(number), body, begin };
  }
}

type Packed = { readonly body: string; readonly begin: number };

/** Adds the objects of an object stream; none where it is packed in another way, or damaged. */
function readPacked(bytes: Uint8Array, { body, begin }: Packed, objects: Map<number, string>): void {
  const numberOf = (key: string): number => Number(new RegExp(`/${key}\\s+(\\d+)`).exec(body)?.[1] ?? 0);
  const text = unpack(bytes.subarray(begin, begin + numberOf("Length")));
  const first = numberOf("First");
  const heads = [...text.slice(0, first).matchAll(/(\d+)\s+(\d+)/g)];
  for (const [i, [, number, at]] of heads.entries()) {
    const next = heads[i + 1]?.[2];
    objects.set(
      Number(number),
      text.slice(first + Number(at), next === undefined ? undefined : first + Number(next)),
    );
  }
}

function unpack(packed: Uint8Array): string {
  try {
    return inflateSync(packed, { maxOutputLength: LARGEST }).toString("latin1");
  } catch {
    return "";
  }
}
