/** A document's path as people read it. */
export function displayPath(path: string): string {
  return path === "-" ? "standard input" : path;
}
