import { resolve } from "node:path";
import { type Collection, Collections, collectionName } from "../../config/collections.ts";
import { EXIT, type ExitCode, InputError, UsageError } from "../../errors.ts";
import { COLLECTION_FORMATS } from "../../format/collections.ts";
import type { CommandContext } from "../context.ts";
import { reportFormatter } from "../formatters.ts";
import { findDocuments } from "../session.ts";

export type AddRequest = {
  /** Undefined lists all. */
  readonly name: string | undefined;
  readonly paths: readonly string[];
  /** Takes away instead. */
  readonly remove: boolean;
};

/** `focus add`: names paths, takes the name away again, or lists what is named. */
export async function runAdd(context: CommandContext, request: AddRequest): Promise<ExitCode> {
  const { folders, io, progress } = context;
  const format = reportFormatter(context, COLLECTION_FORMATS);
  const collections = new Collections(folders.config);
  if (request.name !== undefined) await change(context, collections, { ...request, name: request.name });
  else if (request.remove) throw nothingNamed();
  const all = await collections.list();
  await io.writeResult(format(all, io));
  if (all.length === 0) progress.notice("nothing has a name; focus add NAME PATH… gives one");
  return EXIT.done;
}

type Change = AddRequest & { readonly name: string };

async function change(
  context: CommandContext,
  collections: Collections,
  { name: typed, paths, remove }: Change,
): Promise<void> {
  const named = await collections.expand(paths);
  const absolute = named.map((path) => resolve(context.cwd, path));
  if (remove) return takeAway(collections, await collections.require(typed), absolute);
  const name = collectionName(typed);
  if (paths.length === 0) {
    throw new UsageError(`no path was given for @${name}`, {
      code: "usage.no-document",
      hint: `usage: focus add ${name} <paths...>; focus add alone lists the names`,
    });
  }
  if (named.includes("-"))
    throw new UsageError("standard input cannot be given a name", { hint: "name a file" });
  const found = await findDocuments(context, absolute);
  const missing = found.skipped.find((skipped) => skipped.named);
  if (missing !== undefined) {
    const { path, reason, code, hint = "nothing was added" } = missing;
    throw new InputError(`${path}: ${reason}`, { code, hint });
  }
  const before = (await collections.get(name)) ?? [];
  await collections.save({ name, paths: [...new Set([...before, ...absolute])] });
}

/** Throws UsageError for a path that the collection does not have. */
async function takeAway(
  collections: Collections,
  { name, paths: before }: Collection,
  paths: readonly string[],
): Promise<void> {
  const foreign = paths.find((path) => !before.includes(path));
  if (foreign !== undefined) {
    throw new UsageError(`@${name} does not have ${foreign}`, { hint: `it has ${before.join(", ")}` });
  }
  const left = paths.length === 0 ? [] : before.filter((path) => !paths.includes(path));
  if (left.length === 0) await collections.remove(name);
  else await collections.save({ name, paths: left });
}

function nothingNamed(): UsageError {
  return new UsageError("nothing was named to be removed", { hint: "focus add --remove NAME" });
}
