import { explain } from "../config/load.ts";
import { discover } from "../document/discover.ts";
import type { Discovered } from "../document/discovered.ts";
import { counted } from "../format/quantity.ts";
import type { SessionHost } from "../session/host.ts";
import { openSession } from "../session/open-documents.ts";
import type { Roles } from "../session/opened-models.ts";
import type { Session } from "../session/session.ts";
import { resolveSettings } from "../session/settings.ts";
import { filesOfShard, type Shard } from "./batch/shard.ts";
import type { CommandContext } from "./context.ts";
import { hasStrictLoss } from "./sources.ts";

/** A session's surroundings, as the command has them. */
export function sessionHost(context: CommandContext): SessionHost {
  const { config, origin, folders, cwd, io, progress, signal } = context;
  // What is a default is told from what somebody chose, though the values may be the same.
  const chosen = <Key extends "reader" | "condenseChunks">(key: Key) =>
    origin[key].kind === "default" ? undefined : config[key];
  const given = { ...config, reader: chosen("reader"), condenseChunks: chosen("condenseChunks") };
  return {
    settings: resolveSettings(given),
    reported: Object.fromEntries(explain(context).map(({ key, value }) => [key, value])),
    folders,
    cwd,
    readStandardInput: (stop) => io.readStdin(stop),
    signal,
    onEvent: progress.listen,
  };
}

/**
 * Files that are named, found once; of these those of the shard, which may be none. Throws InputError where there is no file,
 * UsageError when the result would replace one.
 */
export async function findDocuments(
  context: CommandContext,
  paths: readonly string[],
  shard?: Shard,
): Promise<Discovered> {
  const { config, cwd, io } = context;
  const all = await discover(paths, { ...config, cwd });
  const files = await ofShard(all.files, shard, context);
  for (const path of files) await io.refuseAsOutput(path);
  return { ...all, files };
}

/** Those of the shard, all without one. Tells where it has none: of fewer documents than machines, and no failure. */
export async function ofShard(
  files: readonly string[],
  shard: Shard | undefined,
  { cwd, progress, signal }: CommandContext,
): Promise<readonly string[]> {
  if (shard === undefined) return files;
  const own = await filesOfShard(files, shard, { cwd, signal });
  if (own.length === 0 && files.length > 0)
    progress.notice(`this shard has none of ${counted(files.length, "document")}`);
  return own;
}

/** The session of a command, for documents that were found. */
export async function openFound(
  context: CommandContext,
  { files, skipped }: Discovered,
  roles: Roles,
): Promise<Session> {
  return openSession({ sources: files, skipped }, sessionHost(context), roles);
}

/** Whether something that the user named could not be read; with --strict, also whether pages of it could not. */
export function isPartial(context: CommandContext, { documents, skipped }: Session): boolean {
  return skipped.some(({ named }) => named) || hasStrictLoss(context, documents);
}
