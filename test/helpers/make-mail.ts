export type AttachedBytes = { readonly name: string; readonly bytes: Uint8Array };

/** A mail that says this, with files attached. */
export function makeMail(text: string, files: readonly AttachedBytes[]): Buffer {
  const parts = files.flatMap(({ name, bytes }) => [
    "--x",
    `Content-Type: application/octet-stream; name="${name}"`,
    "Content-Disposition: attachment",
    "Content-Transfer-Encoding: base64",
    "",
    Buffer.from(bytes).toString("base64"),
  ]);
  const head = [
    "From: Ann <ann@example.org>",
    "Subject: The roof",
    "MIME-Version: 1.0",
    'Content-Type: multipart/mixed; boundary="x"',
    "",
  ];
  const body = ["--x", "Content-Type: text/plain", "", text];
  return Buffer.from([...head, ...body, ...parts, "--x--", ""].join("\r\n"));
}
