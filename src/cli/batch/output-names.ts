import { createHash } from "node:crypto";
import { basename, isAbsolute, join, relative, sep } from "node:path";

/**
 * Where the summary of each file goes in the output folder: as the file lies below the folder that was named, its whole
 * name kept, so that a.pdf and a.txt stay apart. What would meet another file's place gets a piece of its path's hash.
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
    const free = taken.has(own.toLowerCase()) ? `${own}-${hashOf(file)}` : own;
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

function hashOf(file: string): string {
  return createHash("sha256").update(file).digest("hex").slice(0, 8);
}
