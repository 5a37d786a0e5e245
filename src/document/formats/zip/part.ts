import { GET_AGAIN } from "../get-again.ts";
import type { Archive } from "./archive.ts";
import { readXml, type XmlHandler } from "./xml.ts";

/** Reads an XML file that another one refers to, so that it must be there; nothing where none is named. */
export type ReadPart = (name: string | undefined, handler: XmlHandler) => Promise<void>;

export type PartSource = { readonly name: string; readonly signal?: AbortSignal | undefined };

/**
 * Reads an XML file of an archive; false where there is none. One that ends early is told in the archive's warnings.
 * Throws as `Archive.read` and `readXml` do.
 */
export async function readPart(
  archive: Archive,
  { name, signal }: PartSource,
  handler: XmlHandler,
): Promise<boolean> {
  const bytes = archive.read(name);
  if (bytes === undefined) return false;
  const isWhole = await readXml({ bytes, name: `${archive.path}: ${name}`, signal }, handler);
  if (!isWhole) archive.warn(`${name} inside the file ends early: the rest of it is lost; ${GET_AGAIN}`);
  return true;
}

/** The same for files that must be there: those that are missing are told in the archive's warnings. */
export function partReader(archive: Archive, signal: AbortSignal | undefined): ReadPart {
  return async (name, handler) => {
    if (name === undefined || (await readPart(archive, { name, signal }, handler))) return;
    archive.warn(`${name} is missing from the file: what it says is lost; ${GET_AGAIN}`);
  };
}
