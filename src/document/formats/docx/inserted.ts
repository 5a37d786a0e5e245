import { InputError } from "../../../errors.ts";
import type { Document } from "../../document.ts";
import { documentFailure } from "../../document-failure.ts";
import type { Format } from "../../format-name.ts";
import { sniff } from "../../sniff.ts";
import type { Archive } from "../zip/archive.ts";
import type { Relationship } from "../zip/relationships.ts";
import { createRecording, type Recording } from "./sink.ts";

type Parse = (
  bytes: Uint8Array,
  path: string,
  options: { signal?: AbortSignal | undefined },
) => Promise<Document>;

/** What Word reads in, besides its own documents. */
const PARSERS: Partial<Readonly<Record<Format, () => Promise<Parse>>>> = {
  html: async () => (await import("../html.ts")).parseHtml,
  rtf: async () => (await import("../rtf.ts")).parseRtf,
  eml: async () => (await import("../mail.ts")).parseMail,
  text: async () => (await import("../text.ts")).parseText,
};

/** Characters of all inserted files: no document of prose comes near. */
const MOST = 64e6;

export type InsertedOptions = {
  readonly archive: Archive;
  readonly relationships: ReadonlyMap<string, Relationship>;
  readonly signal: AbortSignal | undefined;
  /** Reads a document of Word; absent inside one that was inserted itself. */
  readonly parseDocx?: Parse | undefined;
};

/**
 * The text of files that stand in for a part of the document (`w:altChunk`; ECMA-376 part 1, section 17.17.2), by the id of
 * their relationship. Those that cannot be read are told in the archive's warnings.
 */
export async function readInserted(options: InsertedOptions): Promise<ReadonlyMap<string, Recording>> {
  const { archive, relationships, signal } = options;
  const inserted = new Map<string, Recording>();
  let left = MOST;
  for (const [id, { type, target }] of relationships) {
    if (type !== "aFChunk") continue;
    try {
      if (left <= 0)
        throw new InputError(`${target}: the others have ${MOST / 1e6} million characters, the limit`);
      const { text, warnings } = await readOne(target, options);
      left -= text.length;
      for (const warning of warnings) archive.warn(`inserted file ${target}: ${warning}`);
      inserted.set(id, recordText(text));
    } catch (error) {
      signal?.throwIfAborted();
      archive.warn(`inserted file not read: ${documentFailure(error)}`);
      inserted.set(id, createRecording());
    }
  }
  return inserted;
}

async function readOne(
  target: string,
  { archive, signal, parseDocx }: InsertedOptions,
): Promise<Pick<Document, "text" | "warnings">> {
  const bytes = archive.read(target);
  if (bytes === undefined) throw new InputError(`${target}: is missing`);
  const sniffed = sniff(bytes, target);
  if (sniffed.kind === "empty") return { text: "", warnings: [] };
  if (sniffed.kind !== "readable") throw new InputError(`${target}: ${sniffed.reason}`);
  const parse = sniffed.format === "docx" ? parseDocx : await PARSERS[sniffed.format]?.();
  if (parse === undefined) throw new InputError(`${target}: is ${sniffed.format} in an inserted file`);
  return parse(bytes, target, { signal });
}

function recordText(text: string): Recording {
  const recording = createRecording();
  for (const block of text.split(/\n{2,}/)) {
    recording.open("p", {});
    for (const [index, line] of block.split("\n").entries()) {
      if (index > 0) {
        recording.open("br", {});
        recording.close("br");
      }
      recording.text(line);
    }
    recording.close("p");
  }
  return recording;
}
