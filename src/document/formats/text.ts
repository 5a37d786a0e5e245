import { constants } from "node:buffer";

import { InputError } from "../../errors.ts";
import type { Document } from "../document.ts";
import { type Decoded, decodeText } from "../encoding.ts";

/** Plain text and source code: the file's own text, newlines as they are, without sections. */
export async function parseText(bytes: Uint8Array, path: string): Promise<Document> {
  const { text, warnings } = await decodeReadable(bytes, path);
  return { path, format: "text", title: undefined, text, pages: [], sections: [], warnings };
}

/**
 * Decodes bytes that should be text.
 * @throws InputError when they are binary, or hold nothing but white space.
 */
export async function decodeReadable(bytes: Uint8Array, path: string, declared?: string): Promise<Decoded> {
  if (bytes.length > constants.MAX_STRING_LENGTH) {
    throw new InputError(
      `${path}: has ${bytes.length} bytes, the limit for text is ${constants.MAX_STRING_LENGTH}`,
      {
        hint: "split the file",
      },
    );
  }
  const decoded = await decodeText(bytes, declared);
  const nul = decoded.text.indexOf("\0");
  if (nul !== -1) {
    throw new InputError(`${path}: is binary (NUL at character ${nul + 1}), expected text`, {
      hint: "give a PDF, HTML, Markdown or text file",
    });
  }
  if (!/\S/.test(decoded.text))
    throw new InputError(`${path}: is empty (nothing but white space)`, { code: "input.empty" });
  return decoded;
}
