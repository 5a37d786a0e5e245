import { mkdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Discovered } from "../../document/discovered.ts";
import type { Skipped } from "../../engine/results.ts";
import { EXIT, type ExitCode, UsageError } from "../../errors.ts";
import { wantedLanguages } from "../../ocr/recogniser.ts";
import { OpenedEngine } from "../../session/engine.ts";
import { openModels } from "../../session/models.ts";
import { storeOpener } from "../../session/store.ts";
import type { CommandContext, SummarizeRequest } from "../context.ts";
import { tellLosses } from "../receipt.ts";
import { ofShard, sessionHost } from "../session.ts";
import { adviseWriter } from "../writer-advice.ts";
import { Manifest } from "./manifest.ts";
import { outputNames } from "./output-names.ts";
import { Pace } from "./pace.ts";
import { batchFormat, type FileJob, failureOf, summarizeFile } from "./summarize-file.ts";

/** Each has its text and its chunks in memory. */
const MOST_AT_ONCE = 8;

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
  await using manifest = await Manifest.open(folder, (message) => progress.warn(message), request.shard);
  // All machines give their files the same names: these are made of all files, whoever has them.
  const names = outputNames(found.files, request.paths, format.extension);
  const own = new Set([...manifest.manifests, ...manifest.names].map((name) => join(folder, name)));
  // A folder that is summarised into itself: what focus wrote there is no document.
  const documents = found.files.filter((file) => !own.has(resolve(context.cwd, file)));
  const files = await ofShard(documents, request.shard, context);
  if (files.length === 0 && documents.length > 0) return EXIT.done;
  const host = sessionHost(context);
  const openStore = storeOpener(host);
  await using engine = await OpenedEngine.open(await openModels(host, "both"), host, openStore);
  const options = await engine.summarizeOptions(host, request.focus);
  const atOnce = Math.min(MOST_AT_ONCE, engine.models.documentsAtOnce);
  const languages = (await wantedLanguages(context.config.ocr, context.folders.ocr)).join("+");
  const job = { context, request, options, format, folder, manifest, languages, openStore, atOnce };
  const { failures, partial } = await summarizeFiles({ files, names }, job);
  progress.stop();
  const skipped = found.skipped.map(({ path, reason }) => ({ path, reason }));
  tellLosses({ skipped }, context);
  for (const { path, reason } of failures) progress.warn(`not summarised: ${path}: ${reason}`);
  progress.notice(
    `${files.length - failures.length} of ${files.length} documents are summarised in ${folder}`,
  );
  if (options.answerStyle === "quote") await adviseWriter(context, engine.models.writer);
  if (failures.length === files.length) return EXIT.input;
  return partial || failures.length > 0 || found.skipped.some(({ named }) => named)
    ? EXIT.partial
    : EXIT.done;
}

type Job = Omit<FileJob, "path" | "name" | "head">;

type Outcome = { readonly failures: readonly Skipped[]; readonly partial: boolean };

type Files = {
  readonly files: readonly string[];
  readonly names: ReadonlyMap<string, string>;
};

async function summarizeFiles({ files, names }: Files, job: Job): Promise<Outcome> {
  const { progress, signal } = job.context;
  const failures = new Map<string, Skipped>();
  let partial = false;
  const sizes = await Promise.all(files.map((path) => sizeOf(path, job.context)));
  const pace = new Pace(sizes, job.atOnce);
  await sideBySide(files, job.atOnce, async (path, i) => {
    signal.throwIfAborted();
    const head = `${i + 1}/${files.length} ${path}`;
    const startMs = performance.now();
    try {
      const done = await summarizeFile({ ...job, path, name: names.get(path) ?? path, head });
      partial ||= done.partial;
      if (done.before) pace.skipped(sizes[i] ?? 0);
      else pace.worked(sizes[i] ?? 0, performance.now() - startMs);
      if (!done.before && pace.told !== undefined) progress.notice(pace.told);
    } catch (error) {
      const reason = failureOf(error, job.context).replace(`${path}: `, "");
      pace.skipped(sizes[i] ?? 0);
      failures.set(path, { path, reason });
      progress.notice(`${head}: ${reason}`);
    }
  });
  // In the order of the files, however long each took.
  return { failures: files.flatMap((path) => failures.get(path) ?? []), partial };
}

/** Works on so many items at once. The first failure stops the others before their next item and is thrown. */
async function sideBySide<Item>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item, index: number) => Promise<void>,
): Promise<void> {
  const queue = items.entries();
  let hasFailed = false;
  const worker = async (): Promise<void> => {
    for (const [index, item] of queue) {
      if (hasFailed) return;
      await work(item, index).catch((error: unknown) => {
        hasFailed = true;
        throw error;
      });
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: atOnce }, worker));
  for (const outcome of ended) if (outcome.status === "rejected") throw outcome.reason;
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
