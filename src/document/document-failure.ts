import { FocusError, InputError } from "../errors.ts";

/** Why one document failed, where others can go on; throws an error that is not the document's own. */
export function documentFailure(error: unknown): string {
  if (error instanceof InputError) return error.message;
  // Settings, models and the disk are the same for every document.
  if (error instanceof FocusError) throw error;
  return `a bug in focus: ${error instanceof Error ? error.message : String(error)}`;
}
