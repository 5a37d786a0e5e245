import { readFile } from "node:fs/promises";

/** A file of test/fixtures/cases: each was made to show one thing that documents do. */
export function caseFile(name: string): Promise<Uint8Array> {
  return readFile(new URL(`../fixtures/cases/${name}`, import.meta.url));
}
