import { Collections } from "../config/collections.ts";
import { UsageError } from "../errors.ts";
import type { CommandContext } from "./context.ts";

/** Paths that were typed, with those of a collection in place of "@NAME". Throws UsageError for a name that there is not. */
export function namedPaths(
  { folders }: Pick<CommandContext, "folders">,
  typed: readonly string[],
): Promise<readonly string[]> {
  return new Collections(folders.config).expand(typed);
}

/** The one path that was typed. Throws UsageError for a collection of several. */
export async function namedPath(context: CommandContext, typed: string): Promise<string> {
  const paths = await namedPaths(context, [typed]);
  const [only] = paths;
  if (only !== undefined && paths.length === 1) return only;
  throw new UsageError(`${typed} has ${paths.length} paths, expected one document`, {
    hint: `focus add lists them`,
  });
}
