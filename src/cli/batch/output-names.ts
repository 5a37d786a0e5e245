import { createHash } from "node:crypto";
import { basename, dirname, isAbsolute, join, relative, sep } from "node:path";

/** Of one part of a path, on most file systems. */
const MOST_NAME_BYTES = 255;
const HASH_DIGITS = 8;

/**
 * Where the summary of each file goes in the output folder: as the file lies below the folder that was named, its whole
 * name kept, so that a.pdf and a.txt stay apart. What would meet another file's place gets a piece of its path's hash, and so
 * does what is cut, being too long for an ending more.
 */
export function outputNames(
  files: readonly string[],
  named: readonly string[],
  extension: string,
): Map<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const file of files) {
    const own = ownName(file, named);
    const isFree = fits(own, extension) && !taken.has(own.toLowerCase());
    const free = isFree ? own : `${cut(own, extension)}-${hashOf(file)}`;
    taken.add(free.toLowerCase());
    names.set(file, `${free}.${extension}`);
  }
  return names;
}

function ownName(file: string, named: readonly string[]): string {
  if (file === "-") return "standard-input";
  for (const folder of named) {
    const below = relative(folder, file);
    if (below !== "" && !below.startsWith("..") && !isAbsolute(below)) {
      return join(...below.split(sep));
    }
  }
  return basename(file);
}

/** Whether file systems take the name, with its ending. */
function fits(name: string, extension: string): boolean {
  return Buffer.byteLength(`${basename(name)}.${extension}`) <= MOST_NAME_BYTES;
}

/** The name without its last characters, where there would be no room for a hash behind it. */
function cut(name: string, extension: string): string {
  const characters = [...basename(name)];
  while (!fits(`${characters.join("")}-${"0".repeat(HASH_DIGITS)}`, extension)) characters.pop();
  return join(dirname(name), characters.join(""));
}

function hashOf(file: string): string {
  return createHash("sha256").update(file).digest("hex").slice(0, HASH_DIGITS);
}
