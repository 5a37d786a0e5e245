import { LOCAL, LOCAL_BYTES, viewOf } from "../../../fs/zip/zip-directory.ts";
import { GET_AGAIN } from "../get-again.ts";

/** What may follow each file of a zip archive (PKWARE APPNOTE 6.3.10, section 4.3.9). */
const DESCRIPTOR = 0x08074b50;
/** More names than these are only counted. */
const NAMED = 3;

type Listed = ReadonlyMap<string, { readonly start: number; readonly packedSize: number }>;

/** One sentence about files that the archive holds and its directory does not name, so that nobody reads them. */
export function describeUnlisted(bytes: Uint8Array, listed: Listed): string[] {
  const unlisted = localNames(bytes, listed).filter((name) => !listed.has(name) && !name.endsWith("/"));
  if (unlisted.length === 0) return [];
  const more = unlisted.length > NAMED ? ` and ${unlisted.length - NAMED} more` : "";
  const are = unlisted.length === 1 ? "is" : "are";
  return [
    `${unlisted.slice(0, NAMED).join(", ")}${more} inside the file ${are} missing from its zip directory: text may be lost; ${GET_AGAIN}`,
  ];
}

/** The names that the files inside give themselves, from the first on, as far as one follows the other. */
function localNames(bytes: Uint8Array, listed: Listed): string[] {
  const view = viewOf(bytes);
  const sizes = new Map([...listed.values()].map(({ start, packedSize }) => [start, packedSize]));
  const names: string[] = [];
  const decoder = new TextDecoder();
  let at = 0;
  while (at + LOCAL_BYTES <= bytes.length && view.getUint32(at, true) === LOCAL) {
    const nameEnd = at + LOCAL_BYTES + view.getUint16(at + 26, true);
    names.push(decoder.decode(bytes.subarray(at + LOCAL_BYTES, nameEnd)).replaceAll("\\", "/"));
    const start = nameEnd + view.getUint16(at + 28, true);
    at = afterDescriptor(view, start + (sizes.get(start) ?? view.getUint32(at + 18, true)));
  }
  return names;
}

/** Sizes stand behind a file that was written before they were known, with a mark in front or without. */
function afterDescriptor(view: DataView, at: number): number {
  const marks = [at, at + 12, at + 16].filter((place) => place + 4 <= view.byteLength);
  const isMarked = marks[0] === at && view.getUint32(at, true) === DESCRIPTOR;
  return (isMarked ? at + 16 : marks.find((place) => view.getUint32(place, true) === LOCAL)) ?? at;
}
