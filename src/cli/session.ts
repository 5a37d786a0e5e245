import { explain } from "../config/load.ts";
import { discover } from "../document/discover.ts";
import type { Discovered } from "../document/discovered.ts";
import { bytes } from "../format/quantity.ts";
import { type CatalogueModel, DEFAULT_MODEL } from "../model/catalogue.ts";
import { availableMemoryBytes } from "../model/memory.ts";
import { recommendWriter } from "../model/recommend.ts";
import type { SessionHost } from "../session/host.ts";
import { openSession } from "../session/open-documents.ts";
import type { Roles } from "../session/opened-models.ts";
import type { Session } from "../session/session.ts";
import { resolveSettings } from "../session/settings.ts";
import type { CommandContext } from "./context.ts";
import { hasStrictLoss } from "./sources.ts";

/** A session's surroundings, as the command has them. */
export function sessionHost(context: CommandContext): SessionHost {
  const { config, origin, folders, cwd, io, progress, signal } = context;
  const reader = origin.reader.kind === "default" ? undefined : config.reader;
  return {
    settings: resolveSettings({ ...config, reader }),
    reported: Object.fromEntries(explain(context).map(({ key, value }) => [key, value])),
    folders,
    cwd,
    readStandardInput: (stop) => io.readStdin(stop),
    signal,
    onEvent: progress.listen,
  };
}

/** Files that are named, found once. Throws InputError for none, UsageError when the result would replace one. */
export async function findDocuments(
  { config, cwd, io }: CommandContext,
  paths: readonly string[],
): Promise<Discovered> {
  const found = await discover(paths, { ...config, cwd });
  for (const path of found.files) await io.refuseAsOutput(path);
  return found;
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

/** Says, unless a model was chosen, that the embedded default only quotes, and which writer fits this machine. */
export function noticeTinyWriter({ config, progress }: CommandContext): void {
  if (config.model !== undefined) return;
  const better: CatalogueModel = recommendWriter(availableMemoryBytes());
  if (better.name === DEFAULT_MODEL) return;
  progress.notice(
    `${DEFAULT_MODEL} finds passages and is too small to write; ${better.title} by ${better.publisher} (${bytes(better.bytes)}) ` +
      "fits this machine and writes: focus setup",
  );
}
