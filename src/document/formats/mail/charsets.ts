import { type Decoded, decodeStrictly } from "../../decoding.ts";
import { decodeText } from "../../encoding.ts";
import { declaredEncoding } from "../html.ts";
import { isBrokenBase64 } from "./cut-off.ts";
import { boundariesOf, partsOf } from "./parts.ts";

const TYPE = /^content-type:[ \t]*(?:\r?\n[ \t]+)?([\w.+-]+\/[\w.+-]+)/im;
const CHARSET = /^content-type:[^\n]*?charset\s*=\s*"?([\w:.-]+)/im;
const TRANSFER_ENCODING = /^content-transfer-encoding:[ \t]*([\w-]+)/im;
const ATTACHED = /^content-disposition:\s*attachment/im;
/** Messages in messages; what is deeper is attached. */
const DEEPEST = 10;

/** A part, its bytes as Latin-1. */
type Part = { readonly head: string; readonly body: string; readonly warnings: readonly string[] };

/**
 * The message in UTF-8 where it does not say what it is in: its 8-bit headers, and text of no charset, or of UTF-8 that is
 * none. Who parses a message takes these for UTF-8, and their letters are lost. The same bytes where nothing was changed.
 */
export async function toUtf8(
  bytes: Uint8Array,
): Promise<{ readonly bytes: Uint8Array; readonly warnings: readonly string[] }> {
  const message = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  const warnings: string[] = [];
  let changed = "";
  let at = 0;
  for (const { start, end } of partsOf(message, boundariesOf(message))) {
    const part = await partToUtf8(message.slice(start, end));
    changed += message.slice(at, start) + part.head + part.body;
    warnings.push(...part.warnings);
    at = end;
  }
  return { bytes: changed === message ? bytes : Buffer.from(changed, "latin1"), warnings };
}

async function partToUtf8(part: string, depth = 0): Promise<Part> {
  const end = headEnd(part);
  const { head, warnings } = await headToUtf8(part.slice(0, end));
  const body = part.slice(end);
  const type = TYPE.exec(head)?.[1]?.toLowerCase() ?? "text/plain";
  if (type === "message/rfc822" && depth < DEEPEST) {
    const inner = await partToUtf8(body, depth + 1);
    return { head, body: inner.head + inner.body, warnings: [...warnings, ...inner.warnings] };
  }
  const isText = type === "text/plain" || type === "text/html";
  if (!isText || ATTACHED.test(head)) return { head, body, warnings };
  const text = await textToUtf8({ head, body, warnings }, type);
  return text ?? { head, body, warnings };
}

/** Behind the empty line that ends the headers. */
function headEnd(part: string): number {
  const empty = /^\r?\n/.exec(part) ?? /\n\r?\n/.exec(part);
  return empty === null ? part.length : empty.index + empty[0].length;
}

async function headToUtf8(head: string): Promise<{ head: string; warnings: string[] }> {
  const decoded = await guess(Buffer.from(head, "latin1"));
  if (decoded === undefined) return { head, warnings: [] };
  return {
    head: asLatin1(decoded.text),
    warnings: decoded.warnings.map((one) => `has headers without a charset: ${one}`),
  };
}

/** Undefined where the text is in what the part says. */
async function textToUtf8({ head, body, warnings }: Part, type: string): Promise<Part | undefined> {
  const charset = CHARSET.exec(head.replace(/\r?\n[ \t]+/g, " "))?.[1];
  if (charset !== undefined && !/^utf-?8$/i.test(charset)) return undefined;
  // What a damaged part makes of its letters says nothing about its charset.
  if (isBrokenBase64(`${head}${body}`.replaceAll("\r\n", "\n"))) return undefined;
  const bytes = transferred(body, TRANSFER_ENCODING.exec(head)?.[1]?.toLowerCase());
  const decoded = await guess(bytes, type === "text/html" ? declaredEncoding(bytes) : undefined);
  if (decoded === undefined) return undefined;
  const named = charset === undefined ? head.replace(TYPE, "$&; charset=utf-8") : head;
  const typed = TYPE.test(head) ? named : `Content-Type: text/plain; charset=utf-8\r\n${head}`;
  const what =
    charset === undefined ? "has text without a charset" : `has text that is not in ${charset}, as it says`;
  return {
    head: typed.replace(TRANSFER_ENCODING, "Content-Transfer-Encoding: 8bit"),
    body: asLatin1(decoded.text),
    warnings: [...warnings, ...decoded.warnings.map((one) => `${what}: ${one}`)],
  };
}

/** Undefined for UTF-8. ISO-2022-JP passes for it, but its escapes give it away. */
async function guess(bytes: Uint8Array, declared?: string): Promise<Decoded | undefined> {
  const utf8 = decodeStrictly(bytes, "utf-8");
  if (utf8 !== undefined && /[^\0-\x7f]/.test(utf8)) return undefined;
  const decoded = await decodeText(bytes, declared);
  return decoded.text === utf8 ? undefined : decoded;
}

/** What a body is once its transfer encoding is undone. */
function transferred(body: string, encoding: string | undefined): Buffer {
  if (encoding === "base64") return Buffer.from(body, "base64");
  if (encoding !== "quoted-printable") return Buffer.from(body, "latin1");
  const joined = body.replace(/=[ \t]*\r?\n/g, "");
  const text = joined.replace(/=([\da-f]{2})/gi, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
  return Buffer.from(text, "latin1");
}

function asLatin1(text: string): string {
  return Buffer.from(text).toString("latin1");
}
