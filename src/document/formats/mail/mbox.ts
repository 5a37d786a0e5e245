/** The messages of a mailbox, each without its separator line "From …" (RFC 4155). */
export function splitMbox(bytes: Uint8Array): Uint8Array[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const starts: number[] = [];
  for (let at = 0; at !== -1; at = nextLine(buffer, at)) {
    if (isSeparator(buffer, at)) starts.push(at);
  }
  if (starts.length === 0) return [bytes];
  return starts.map((start, i) => {
    const head = buffer.indexOf("\n", start);
    return bytes.subarray(head === -1 ? bytes.length : head + 1, starts[i + 1] ?? bytes.length);
  });
}

/** The next line that begins with "From ", or -1. */
function nextLine(buffer: Buffer, from: number): number {
  const at = buffer.indexOf("\nFrom ", from);
  return at === -1 ? -1 : at + 1;
}

/** Prose may begin a line with "From", so an empty line must come before it and a header after it. */
function isSeparator(buffer: Buffer, at: number): boolean {
  const before = buffer.subarray(Math.max(0, at - 4), at).toString("latin1");
  const after = buffer.subarray(at, at + 1000).toString("latin1");
  return (at === 0 || /\n\r?\n$/.test(before)) && /^From [^\n]*\n>?[!-9;-~]+:/.test(after);
}
