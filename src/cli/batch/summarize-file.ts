import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { documentFailure } from "../../document/document-failure.ts";
import { hasUnreadPages } from "../../document/pages.ts";
import { Corpus } from "../../engine/corpus.ts";
import type { SummarizeOptions } from "../../engine/options.ts";
import { summarize } from "../../engine/summarize.ts";
import type { LastingSummary } from "../../engine/summary/summary.ts";
import { InputError, UsageError } from "../../errors.ts";
import { type Formatter, formatterFor } from "../../format/format.ts";
import { SUMMARY_FORMATS } from "../../format/formats.ts";
import { count, duration } from "../../format/quantity.ts";
import { citedOf, pointPart } from "../../format/summary.ts";
import { describeError } from "../../fs/system-error.ts";
import type { KvStore } from "../../kv/store/store.ts";
import { noticeLanguage } from "../../session/language.ts";
import { forDocuments } from "../../session/summary-options.ts";
import type { CommandContext, SummarizeRequest } from "../context.ts";
import { fileFormatting } from "../formatting.ts";
import { tellLosses } from "../receipt.ts";
import { isNameTooLong, replaceFile } from "../replace-file.ts";
import { hasStrictLoss, openBytes, parseSource } from "../sources.ts";
import { type Manifest, manifestKey } from "./manifest.ts";

/** What the files of a batch are written as. */
export type BatchFormat = {
  readonly name: string;
  readonly extension: string;
  readonly formatter: Formatter<LastingSummary>;
};

const EXTENSIONS: Readonly<Record<string, string>> = { text: "txt", markdown: "md" };

/** Markdown, unless another format was asked for. Throws UsageError for one that summaries do not have. */
export function batchFormat({ config, origin }: CommandContext): BatchFormat {
  const name = origin.format.kind === "default" ? "markdown" : config.format;
  return { name, extension: EXTENSIONS[name] ?? name, formatter: formatterFor(SUMMARY_FORMATS, name) };
}

/** One document of a batch, and where its summary goes. */
export type FileJob = {
  readonly context: CommandContext;
  readonly request: SummarizeRequest;
  readonly options: SummarizeOptions;
  readonly format: BatchFormat;
  readonly manifest: Manifest;
  /** In which pictures are read, joined by "+"; "" for none. */
  readonly languages: string;
  readonly openStore: () => Promise<KvStore | undefined>;
  /** Absolute. */
  readonly folder: string;
  readonly path: string;
  /** Of the file to write, relative to the folder. */
  readonly name: string;
  /** Files that are worked on side by side; with several, none of them shows its own progress. */
  readonly atOnce: number;
  /** "3/30 reports/a.pdf": in front of what is told. */
  readonly head: string;
};

/** `before`: an earlier run has finished it; `partial`: with --strict, pages of it have no text. */
export type FileDone = { readonly before: boolean; readonly partial: boolean };

/** Summarises one document and writes the file, whole or not at all, then notes it in the manifest. */
export async function summarizeFile(job: FileJob): Promise<FileDone> {
  const { context, request, format, manifest, languages, folder, path, name, head } = job;
  const { progress } = context;
  const options = job.atOnce === 1 ? job.options : withoutProgress(job.options);
  if (job.atOnce === 1) progress.under(head);
  else progress.step(head);
  const startMs = performance.now();
  const bytes = await openBytes(context, path);
  const key = manifestKey(bytes, madeFrom(job));
  const before = request.force ? undefined : await manifest.finished(name, key, languages);
  if (before !== undefined) {
    progress.notice(`${head}: finished before`);
    return { before: true, partial: before.partial };
  }
  const { documents, bytesOf } = await parseSource(context, { path, bytes }, job.openStore);
  await manifest.requireFree(name);
  noticeLanguage(documents, options.reader, progress.listen);
  const loadMs = performance.now() - startMs;
  const input = { corpus: new Corpus(documents), focus: request.focus, loadMs };
  // A file is the same however often the run was stopped: what it cost is not in it.
  const { tokens, timings, ...summary } = await summarize(input, forDocuments(options, documents));
  const file = join(folder, name);
  await mkdir(dirname(file), { recursive: true });
  await manifest.begin(name, path);
  const written = { format: format.name, file, documents, bytesOf };
  const shown = await fileFormatting(context, written, citedOf(summary));
  await replaceFile(file, format.formatter(summary, shown));
  const partial = hasStrictLoss(context, documents);
  const unread = documents.some(hasUnreadPages) ? { unread: languages } : {};
  await manifest.record(name, { path, key, partial, ...unread });
  tellLosses(summary.coverage, context);
  const { read, condense, write, attribute } = tokens.computed;
  const cost = `${count(read + condense + write + attribute)} tokens evaluated in ${duration(timings.totalMs / 1000)}`;
  progress.notice(`${head}: ${pointPart(summary)}; ${cost}`);
  return { before: false, partial };
}

/** Several documents would take turns on one line. */
function withoutProgress(options: SummarizeOptions): SummarizeOptions {
  const { onEvent } = options;
  return { ...options, onEvent: (event) => (event.kind === "progress" ? undefined : onEvent(event)) };
}

/** Raised when the same document, models and settings give another summary than before. */
const SUMMARY_RELEASE = 3;

/** Everything but the document that makes a summary what it is. */
function madeFrom({ context, request, options, format }: FileJob): Readonly<Record<string, unknown>> {
  const { reader, writer, chunkTokens, answerStyle, layout, mostWords, strict } = options;
  const { depth, merges, budgetTokens, language } = options;
  // Of no effect on a summary, and younger than manifests that are to stay good.
  const { judge: _, ...prompts } = options.prompts;
  return {
    release: SUMMARY_RELEASE,
    engine: reader.backend.release,
    reader: reader.fingerprint,
    writer: writer.fingerprint,
    prompts,
    chunkTokens,
    answerStyle,
    ...(answerStyle === "write" ? { depth, merges, budgetTokens } : {}),
    language: language ?? null,
    layout,
    mostWords,
    strict,
    // JSON knows no infinity.
    condenseChunks: request.focus === undefined ? null : String(options.condenseChunks),
    focus: request.focus ?? null,
    ...(options.condenserAdapter === undefined ? {} : { condenser: options.condenserAdapter.sha256 }),
    ...(options.vectors === undefined ? {} : { embedding: options.vectors.sha256 }),
    ...(context.config.pages === undefined ? {} : { pages: context.config.pages }),
    format: format.name,
    links: context.config.links,
  };
}

/** Why one document failed, when the others can go on; otherwise the error is thrown on. */
export function failureOf(error: unknown, { progress, signal }: CommandContext): string {
  signal.throwIfAborted();
  if (error instanceof InputError)
    return error.hint === undefined ? error.message : `${error.message} (${error.hint})`;
  const cause = error instanceof UsageError ? error.cause : error;
  if (isNameTooLong(cause)) return `its summary cannot be written: ${describeError(cause)}`;
  const reason = documentFailure(error);
  progress.debug(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return `${reason}; --debug shows more`;
}
