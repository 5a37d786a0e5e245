import type { Coverage } from "../engine/answer.ts";
import { losses, receipt } from "../format/receipt.ts";
import type { CommandContext } from "./context.ts";

/** What was not read, as warnings. */
export function tellLosses(coverage: Coverage, { progress }: CommandContext): void {
  for (const loss of losses(coverage)) progress.warn(loss);
}

/** What was read. */
export function tellReceipt(coverage: Coverage, { progress }: CommandContext): void {
  progress.notice(receipt(coverage));
}
