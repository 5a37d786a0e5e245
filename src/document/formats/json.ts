import type { Document } from "../document.ts";
import { describeBroken, describeBrokenLines } from "./json/broken.ts";
import { layoutJson } from "./json/layout.ts";
import { decodeReadable } from "./text.ts";

/** Lines no longer than this were laid out by somebody, for reading. UTF-16 units. */
const LONGEST_LINE = 400;

/** An escaped backslash, or one escaped character, which may have two halves. */
const ESCAPE = /\\\\|\\ud[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2}|\\u[0-9a-f]{4}/gi;

/**
 * JSON: as it is where its lines can be read, else laid out a member a line. Escaped letters are written out, for
 * nobody asks for "M\u00fcller".
 * @throws InputError when it is binary or empty.
 */
export async function parseJson(bytes: Uint8Array, path: string): Promise<Document> {
  return parse(bytes, path, { format: "json", layout: layoutJson, describe: describeBroken });
}

/** JSON Lines: a record a block. Throws as {@link parseJson} does. */
export async function parseJsonl(bytes: Uint8Array, path: string): Promise<Document> {
  const layout = (text: string): string =>
    text
      .split("\n")
      .map((line) => layoutJson(line).trimEnd())
      .filter((record) => record !== "")
      .join("\n\n");
  return parse(bytes, path, { format: "jsonl", layout, describe: describeBrokenLines });
}

type Kind = {
  readonly format: string;
  readonly layout: (text: string) => string;
  /** Says what is wrong with it. */
  readonly describe: (text: string) => string[];
};

async function parse(bytes: Uint8Array, path: string, { format, layout, describe }: Kind): Promise<Document> {
  const { text: raw, warnings: decoding } = await decodeReadable(bytes, path);
  const isReadable = raw.split("\n").every((line) => line.length <= LONGEST_LINE);
  const text = writeLetters(isReadable ? raw : `${layout(raw).trimEnd()}\n`);
  const warnings = [...decoding, ...describe(raw)];
  return { path, format, title: undefined, text, pages: [], sections: [], warnings };
}

/** "\u00fc" as "ü"; escaped controls, quotes and halves of characters stay as they are. */
function writeLetters(json: string): string {
  return json.replace(ESCAPE, (found) => {
    if (!found.startsWith("\\u")) return found;
    const text = found.replace(/\\u(....)/g, (_, code: string) =>
      String.fromCharCode(Number.parseInt(code, 16)),
    );
    return /^[\p{L}\p{M}\p{N}\p{P}\p{S}\u00a0]$/u.test(text) && !/["\\]/.test(text) ? text : found;
  });
}
