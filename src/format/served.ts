import type { Formats } from "./format.ts";
import { JSON_VERSION, toJson, toJsonLine } from "./json.ts";

/** Where a server listens, and the names of what it serves. */
export type Served = { readonly url: string; readonly models: readonly string[] };

/** What `focus serve` prints when it listens. */
export const SERVED_FORMATS: Formats<Served> = {
  text: ({ url }) => `${url}\n`,
  json: (served) => toJson(servedJson(served)),
  jsonl: (served) => toJsonLine(servedJson(served)),
};

function servedJson({ url, models }: Served) {
  return { version: JSON_VERSION, command: "serve", url, models } as const;
}
