import { mkdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Discovered } from "../../document/discovered.ts";
import type { Skipped } from "../../engine/results.ts";
import { EXIT, type ExitCode, UsageError } from "../../errors.ts";
import { duration } from "../../format/quantity.ts";
import { OpenedEngine } from "../../session/engine.ts";
import { openModels } from "../../session/models.ts";
import { storeOpener } from "../../session/store.ts";
import type { CommandContext, SummarizeRequest } from "../context.ts";
import { tellLosses } from "../receipt.ts";
import { noticeTinyWriter, sessionHost } from "../session.ts";
import { MANIFEST_NAME, Manifest } from "./manifest.ts";
import { outputNames } from "./output-names.ts";
import { batchFormat, type FileJob, failureOf, summarizeFile } from "./summarize-file.ts";

export type BatchInput = {
  readonly found: Discovered;
  /** Absolute; made when it is not there. */
  readonly folder: string;
};

/**
 * A summary for each file, in a folder. What is finished there from the same content, models and settings is left alone;
 * a file that cannot be read stops no other and is named at the end. Exits with 3 when none could be done, with 4 when
 * some could not.
 */
export async function runBatch(
  context: CommandContext,
  request: SummarizeRequest,
  { found, folder }: BatchInput,
): Promise<ExitCode> {
  const { progress } = context;
  const format = batchFormat(context);
  await makeFolder(folder);
  const manifest = await Manifest.open(folder, (message) => progress.warn(message));
  const names = outputNames(found.files, request.paths, format.extension);
  const own = new Set([MANIFEST_NAME, ...manifest.names].map((name) => join(folder, name)));
  // A folder that is summarised into itself: what focus wrote there is no document.
  const files = found.files.filter((file) => !own.has(resolve(context.cwd, file)));
  const host = sessionHost(context);
  const openStore = storeOpener(host);
  await using engine = await OpenedEngine.open(await openModels(host, "both"), host, openStore);
  const options = engine.summarizeOptions(host);
  const job = { context, request, options, format, folder, manifest, openStore };
  const { failures, partial } = await summarizeFiles(files, names, job);
  progress.stop();
  const skipped = found.skipped.map(({ path, reason }) => ({ path, reason }));
  tellLosses({ skipped }, context);
  for (const { path, reason } of failures) progress.warn(`not summarised: ${path}: ${reason}`);
  progress.notice(
    `${files.length - failures.length} of ${files.length} documents are summarised in ${folder}`,
  );
  if (options.answerStyle === "quote") noticeTinyWriter(context);
  if (failures.length === files.length) return EXIT.input;
  return partial || failures.length > 0 || found.skipped.some(({ named }) => named)
    ? EXIT.partial
    : EXIT.done;
}

type Outcome = { readonly failures: readonly Skipped[]; readonly partial: boolean };

async function summarizeFiles(
  files: readonly string[],
  names: ReadonlyMap<string, string>,
  job: Omit<FileJob, "path" | "name" | "head">,
): Promise<Outcome> {
  const { progress, signal } = job.context;
  const failures: Skipped[] = [];
  let partial = false;
  const sizes = await Promise.all(files.map((path) => sizeOf(path, job.context)));
  let leftBytes = sizes.reduce((sum, size) => sum + size, 0);
  let workedBytes = 0;
  let workedMs = 0;
  for (const [i, path] of files.entries()) {
    signal.throwIfAborted();
    const head = `${i + 1}/${files.length} ${path}`;
    const startMs = performance.now();
    const size = sizes[i] ?? 0;
    leftBytes -= size;
    try {
      const done = await summarizeFile({ ...job, path, name: names.get(path) ?? path, head });
      partial ||= done.partial;
      if (done.before) continue;
    } catch (error) {
      const reason = failureOf(error, job.context).replace(`${path}: `, "");
      failures.push({ path, reason });
      progress.notice(`${head}: ${reason}`);
      continue;
    }
    workedBytes += size;
    workedMs += performance.now() - startMs;
    const left = (leftBytes * workedMs) / Math.max(1, workedBytes) / 1000;
    if (i + 1 < files.length)
      progress.notice(`about ${duration(left)} left for ${files.length - i - 1} more`);
  }
  return { failures, partial };
}

/** Bytes, by which the time that is left is estimated; 0 for what cannot be looked at. */
async function sizeOf(path: string, { cwd }: CommandContext): Promise<number> {
  return stat(resolve(cwd, path)).then(
    ({ size }) => size,
    () => 0,
  );
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(`--output ${folder} cannot be made a folder: ${reason}`, { cause });
  }
}
