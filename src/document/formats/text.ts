import { constants } from "node:buffer";

import { InputError } from "../../errors.ts";
import type { Decoded } from "../decoding.ts";
import type { Document } from "../document.ts";
import { decodeText } from "../encoding.ts";
import { dropControls, hasStrayNuls } from "./controls.ts";

/** Plain text and source code: the file's own text, newlines as they are, but for control characters, without sections. */
export async function parseText(bytes: Uint8Array, path: string): Promise<Document> {
  const { text, warnings } = await decodeReadable(bytes, path);
  return { path, format: "text", title: undefined, text, pages: [], sections: [], warnings };
}

/**
 * Decodes bytes that should be text; stray NULs and terminal escapes are dropped, and said.
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
  if (nul !== -1 && !hasStrayNuls(decoded.text)) {
    throw new InputError(`${path}: is binary (NUL at character ${nul + 1}), expected text`, {
      hint: "give a PDF, HTML, Markdown or text file",
    });
  }
  const { text, warnings } = dropControls(decoded.text);
  if (!/\S/.test(text)) {
    throw new InputError(`${path}: is empty (nothing but white space)`, { code: "input.empty" });
  }
  return { text, warnings: [...decoded.warnings, ...warnings] };
}
