import type { CacheTally } from "./cache.ts";
import type { Formats } from "./format.ts";
import { JSON_VERSION, toJson, toJsonLine } from "./json.ts";
import { bytes, counted } from "./quantity.ts";

/** What `focus cache rm` deleted. */
export type Removal = {
  readonly documents: readonly { readonly id: string; readonly path: string }[];
  /** Chunks that another document has stay. */
  readonly freed: CacheTally;
};

/** What `focus cache gc` deleted. */
export type Collection = {
  readonly budgetBytes: number;
  /** Files that killed processes left half-written. */
  readonly leftovers: number;
  readonly damaged: CacheTally;
  readonly unclaimed: CacheTally;
  readonly overBudget: CacheTally;
  /** Records of documents of which nothing is stored, and unreadable ones. */
  readonly records: number;
};

/** What `focus cache rm` prints. */
export const CACHE_REMOVE_FORMATS: Formats<Removal> = {
  text: removalText,
  markdown: removalText,
  json: (removal) => toJson(removalJson(removal)),
  jsonl: (removal) => toJsonLine(removalJson(removal)),
};

function removalText({ documents, freed }: Removal): string {
  return `deleted ${counted(documents.length, "document")}, ${counted(freed.files, "file")}; freed ${bytes(freed.bytes)}\n`;
}

function removalJson({ documents, freed }: Removal) {
  return {
    version: JSON_VERSION,
    command: "cache rm",
    documents: documents.map(({ id, path }) => ({ id, path })),
    freed,
  } as const;
}

/** What `focus cache gc` prints. */
export const CACHE_COLLECT_FORMATS: Formats<Collection> = {
  text: collectionText,
  markdown: collectionText,
  json: (collection) => toJson(collectionJson(collection)),
  jsonl: (collection) => toJsonLine(collectionJson(collection)),
};

/** One line: what was deleted and why, and what that freed. */
function collectionText(collection: Collection): string {
  const { leftovers, damaged, unclaimed, overBudget, records, budgetBytes } = collection;
  const parts: readonly (readonly [number, string])[] = [
    [leftovers, counted(leftovers, "half-written file")],
    [damaged.files, counted(damaged.files, "damaged file")],
    [unclaimed.files, `${counted(unclaimed.files, "file")} that no document claims`],
    [overBudget.files, `${counted(overBudget.files, "file")} beyond the budget of ${bytes(budgetBytes)}`],
    [records, `${counted(records, "record")} of documents with nothing stored`],
  ];
  const deleted = parts.filter(([files]) => files > 0).map(([, text]) => text);
  if (deleted.length === 0)
    return `nothing to delete: all files are whole and within ${bytes(budgetBytes)}\n`;
  return `deleted ${deleted.join(", ")}; freed ${bytes(freedBytes(collection))}\n`;
}

/** Without half-written files, whose sizes nobody noted. */
function freedBytes({ damaged, unclaimed, overBudget }: Collection): number {
  return damaged.bytes + unclaimed.bytes + overBudget.bytes;
}

function collectionJson(collection: Collection) {
  const { budgetBytes, leftovers, damaged, unclaimed, overBudget, records } = collection;
  return {
    version: JSON_VERSION,
    command: "cache gc",
    budgetBytes,
    leftovers,
    damaged,
    unclaimed,
    overBudget,
    records,
    freedBytes: freedBytes(collection),
  } as const;
}
