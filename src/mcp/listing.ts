import { stat } from "node:fs/promises";
import type { Discovered } from "../document/discovered.ts";
import { JSON_VERSION } from "../format/json.ts";
import { bytes, count } from "../format/quantity.ts";
import { unlessMissing } from "../fs/system-error.ts";
import type { Outcome } from "./jobs.ts";
import type { Root } from "./roots.ts";

/** A folder may hold more than a model wants to read. */
const MOST_LISTED = 500;

/** Documents that can be asked about; nothing of them is parsed. */
export async function listing({ files, skipped }: Discovered, roots: readonly Root[]): Promise<Outcome> {
  const listed = files.slice(0, MOST_LISTED);
  const found = await Promise.all(
    listed.map(async (path) => {
      // One that was deleted since it was found is no document any more.
      const stats = await unlessMissing(stat(path));
      return stats === undefined ? [] : [{ path, bytes: stats.size, modified: stats.mtime.toISOString() }];
    }),
  );
  const documents = found.flat();
  const more = files.length - listed.length;
  const lines = documents.map((document) => `${document.path} (${bytes(document.bytes)})`);
  const rest = more === 0 ? [] : [`and ${count(more)} more: name a folder of the roots`];
  const left = skipped.slice(0, MOST_LISTED).map(({ path, reason }) => ({ path, reason }));
  const json = {
    version: JSON_VERSION,
    command: "documents",
    roots: roots.map(({ path }) => path),
    documents,
    more,
    skipped: left,
    skippedCount: skipped.length,
  };
  return { text: [...lines, ...rest].join("\n"), json };
}
