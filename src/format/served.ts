import { deedFormats } from "./deed.ts";

/** Where a server listens, and the names of what it serves. */
export type Served = { readonly url: string; readonly models: readonly string[] };

/** What `focus serve` prints when it listens. */
export const SERVED_FORMATS = deedFormats<Served>("serve", ({ url }) => `${url}\n`);
