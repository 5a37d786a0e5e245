import type { Coverage } from "../engine/results.ts";
import { type Details, detailLines } from "../format/details.ts";
import { losses, receipt } from "../format/receipt.ts";
import type { CommandContext } from "./context.ts";

/** Paths that were not read, as warnings. Pages without text were named when their document was parsed. */
export function tellLosses({ skipped }: Pick<Coverage, "skipped">, { progress }: CommandContext): void {
  const pages = { total: 0, read: 0, unreadable: [] };
  for (const loss of losses({ pages, skipped })) progress.warn(loss);
}

/** With --verbose: the models, and the time of every stage. */
export function tellDetails(details: Details, { progress }: CommandContext): void {
  for (const line of detailLines(details)) progress.verbose(line);
}

/** What was read. */
export function tellReceipt(coverage: Coverage, { progress }: CommandContext): void {
  progress.notice(receipt(coverage));
}
