import { GET_AGAIN } from "../get-again.ts";
import { boundariesOf, partsOf } from "./parts.ts";

/** With more lines of another length, a program breaks them as it likes. */
const MOST_UNEVEN = 3;
const BASE64 = /^content-transfer-encoding:\s*base64\s*$/im;

/** One sentence each for what shows that a message was cut off, or changed on its way. */
export function describeCutOff(bytes: Uint8Array): string[] {
  const message = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    .toString("latin1")
    .replaceAll("\r\n", "\n");
  const boundaries = boundariesOf(message);
  const isOpen = boundaries.some(
    (boundary) => message.includes(`\n--${boundary}\n`) && !message.includes(`\n--${boundary}--`),
  );
  const warnings: string[] = [];
  if (isOpen)
    warnings.push(`ends early: its last part is not closed, text or attachments may be lost; ${GET_AGAIN}`);
  if (partsOf(message, boundaries).some(({ start, end }) => isBrokenBase64(message.slice(start, end))))
    warnings.push(`has a damaged or cut-off part in base64: its text may be lost or wrong; ${GET_AGAIN}`);
  if (message.includes("\0"))
    warnings.push(`holds NULs, which no message does: it may be damaged; ${GET_AGAIN}`);
  return warnings;
}

/** Whether a part, its lines ended by line feeds, is in base64 that lacks letters or holds others. */
export function isBrokenBase64(part: string): boolean {
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
