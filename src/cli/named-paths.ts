import { Collections, isCollection, typedIn } from "../config/collections.ts";
import { UsageError } from "../errors.ts";
import type { CommandContext } from "./context.ts";

/**
 * Paths that were typed, with those of a collection in place of "@NAME", as they would be typed here. Throws UsageError for
 * a name that there is not.
 */
export async function namedPaths(
  { folders, cwd }: Pick<CommandContext, "folders" | "cwd">,
  typed: readonly string[],
): Promise<readonly string[]> {
  const collections = new Collections(folders.config);
  const expanded = typed.map(async (path) => {
    if (!isCollection(path)) return [path];
    return (await collections.expand([path])).map((own) => typedIn(cwd, own));
  });
  return (await Promise.all(expanded)).flat();
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
