const FIRST = 0x21;
/** Of digits; they give four bytes. */
const GROUP = 5;
const LARGEST = 0xffffffff;

/** Bytes that are written as ASCII85 (ISO 32000-1, section 7.4.3); undefined where they are not, or are cut off. */
export function decodeAscii85(written: Uint8Array): Uint8Array | undefined {
  const text = Buffer.from(written.buffer, written.byteOffset, written.byteLength).toString("latin1");
  const end = text.indexOf("~");
  // "z" stands for four bytes of zero.
  const digits = text.slice(0, end).replace(/\s+/g, "").replaceAll("z", "!!!!!");
  if (end === -1 || !/^[!-u]*$/.test(digits) || digits.length % GROUP === 1) return undefined;
  const groups = Math.ceil(digits.length / GROUP);
  const bytes = Buffer.alloc(4 * groups);
  // The last group has a digit more than bytes, and is read as if "u" followed.
  const whole = digits.padEnd(GROUP * groups, "u");
  for (let group = 0; group < groups; group++) {
    let value = 0;
    for (let i = GROUP * group; i < GROUP * (group + 1); i++)
      value = value * 85 + whole.charCodeAt(i) - FIRST;
    if (value > LARGEST) return undefined;
    bytes.writeUInt32BE(value, 4 * group);
  }
  return bytes.subarray(0, bytes.length - (whole.length - digits.length));
}
