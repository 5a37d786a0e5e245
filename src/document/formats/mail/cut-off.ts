import { GET_AGAIN } from "../get-again.ts";

const MULTIPART = /^content-type:\s*multipart\/[^\n]*(?:\n[ \t][^\n]*)*/gim;
const BOUNDARY = /boundary\s*=\s*(?:"([^"\n]+)"|([^\s;"]+))/i;
/** With more lines of another length, a program breaks them as it likes. */
const MOST_UNEVEN = 3;
const BASE64 = /^content-transfer-encoding:\s*base64\s*$/im;

/** One sentence each for what shows that a message was cut off, or changed on its way. */
export function describeCutOff(bytes: Uint8Array): string[] {
  const message = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    .toString("latin1")
    .replaceAll("\r\n", "\n");
  const boundaries = [...message.matchAll(MULTIPART)].flatMap(([header]) => {
    const [, quoted, plain] = BOUNDARY.exec(header) ?? [];
    return quoted ?? plain ?? [];
  });
  const isOpen = boundaries.some(
    (boundary) => message.includes(`\n--${boundary}\n`) && !message.includes(`\n--${boundary}--`),
  );
  const warnings: string[] = [];
  if (isOpen)
    warnings.push(`ends early: its last part is not closed, text or attachments may be lost; ${GET_AGAIN}`);
  if (partsOf(message, boundaries).some(isBrokenBase64))
    warnings.push(`has a damaged or cut-off part in base64: its text may be lost or wrong; ${GET_AGAIN}`);
  if (message.includes("\0"))
    warnings.push(`holds NULs, which no message does: it may be damaged; ${GET_AGAIN}`);
  return warnings;
}

function partsOf(message: string, boundaries: readonly string[]): string[] {
  const marks = new Set(boundaries.flatMap((boundary) => [`--${boundary}`, `--${boundary}--`]));
  const parts: string[] = [];
  let start = 0;
  for (let at = 0; at < message.length; ) {
    const end = message.indexOf("\n", at);
    const next = end === -1 ? message.length : end + 1;
    if (message.startsWith("--", at) && marks.has(message.slice(at, next).trimEnd())) {
      parts.push(message.slice(start, at));
      start = next;
    }
    at = next;
  }
  return [...parts, message.slice(start)];
}

function isBrokenBase64(part: string): boolean {
  const head = part.indexOf("\n\n");
  if (head === -1 || !BASE64.test(part.slice(0, head + 1))) return false;
  const lines = part
    .slice(head)
    .trim()
    .split(/\s*\n\s*/);
  // Programs break all lines but the last at one length: another one has lost something.
  const length = lines[0]?.length ?? 0;
  const uneven = lines.slice(1, -1).filter((line) => line.length !== length).length;
  if (uneven > 0 && uneven <= MOST_UNEVEN) return true;
  const body = lines.join("");
  // Letters come in groups of four, the last filled up.
  return body.length % 4 !== 0 || /[^A-Za-z0-9+/=]/.test(body);
}
