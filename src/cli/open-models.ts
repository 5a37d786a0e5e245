import type { Answer } from "../engine/results.ts";
import { bytes } from "../format/quantity.ts";
import type { Adapter } from "../model/adapters/adapter.ts";
import { requireReader } from "../model/architecture.ts";
import { openBackend } from "../model/backend.ts";
import { type CatalogueModel, DEFAULT_MODEL, findModel } from "../model/catalogue.ts";
import { type ResolvedModel, resolveModel } from "../model/files.ts";
import { loadModel, type Model } from "../model/load.ts";
import { availableMemoryBytes } from "../model/memory.ts";
import { readMetadata } from "../model/metadata.ts";
import { recommendWriter } from "../model/recommend.ts";
import type { CommandContext } from "./context.ts";
import { writerName } from "./default-writer.ts";
import { candidateReader, openAdapter } from "./open-condenser.ts";

/** Sequences that read side by side: on a CPU more than one brings nothing (measured) and costs memory. */
const GPU_SEQUENCES = 4;

/** A question or a sentence of the answer behind a chunk: what is usual, for the estimate of memory. */
const LOCAL_TOKENS = 512;
/** A window that a CPU evaluates within half a minute, for models of up to 1.5B. */
const CPU_WINDOW_TOKENS = 2048;
const GPU_WINDOW_TOKENS = 8192;
const TINY_WRITER_BYTES = 250e6;
const TINY_WINDOW_TOKENS = 768;

/** Reader and writer, opened; one and the same where the settings say so. */
export type OpenedModels = {
  readonly reader: Model;
  readonly writer: Model;
  readonly sequences: number;
  /** With candidate tokens: made for the model, which is reader and writer. */
  readonly adapter: Adapter | undefined;
  [Symbol.asyncDispose](): Promise<void>;
};

/** What the models are opened for: `read` needs no writer, and candidate tokens one model and an adapter for it. */
export type Roles = "reader" | "both" | "candidates";

/** Finds or pulls the models and loads them. Throws ModelError, or UsageError for models that do not go together. */
export async function openModels(context: CommandContext, roles: Roles): Promise<OpenedModels> {
  const { config, progress, signal } = context;
  const named = roles === "both" ? await writerName(context) : undefined;
  const readerFile = await resolve(context, readerName(context, { roles, writer: named }));
  const metadata = await readMetadata(readerFile.path);
  requireReader(metadata);
  const adapter = roles === "candidates" ? await openAdapter(context, readerFile) : undefined;
  const writerFile = named === undefined ? readerFile : await resolve(context, named);
  progress.step("starting llama.cpp");
  const backend = await openBackend({
    gpu: config.gpu,
    threads: config.threads,
    onLog: (level, message) => progress.debug(`llama.cpp ${level}: ${message.trimEnd()}`),
  });
  progress.verbose(`device: ${backend.device}; ${backend.release}`);
  if (backend.processor !== "cpu") progress.notice(`runs on ${backend.device}`);
  try {
    const open = ({ path, name }: ResolvedModel, contextTokens: number): Promise<Model> => {
      progress.step(`loading ${name}`);
      return loadModel(backend, { path, name, contextTokens, signal });
    };
    const windowTokens = (config.budgetTokens ?? CPU_WINDOW_TOKENS) + config.answerTokens;
    const sequences = backend.processor === "cpu" ? 1 : GPU_SEQUENCES;
    const isWriter = writerFile.path === readerFile.path;
    const readTokens = sequences * (config.chunkTokens + LOCAL_TOKENS);
    // Candidates are computed in a context of their own beside the first, and may fill all positions there are.
    const candidateTokens =
      adapter === undefined ? 0 : Math.max(2 * readTokens, metadata.trainedContextTokens);
    const ownWindow = isWriter && roles !== "reader" ? windowTokens : 0;
    const reader = await open(readerFile, Math.max(readTokens, ownWindow, candidateTokens));
    const writer = isWriter ? reader : await open(writerFile, windowTokens);
    return {
      reader,
      writer,
      sequences,
      adapter,
      // Models and their contexts go with it.
      [Symbol.asyncDispose]: () => backend[Symbol.asyncDispose](),
    };
  } catch (error) {
    await backend[Symbol.asyncDispose]();
    throw error;
  }
}

/** The model that reads, as the settings name it. Throws UsageError when candidate tokens do not go with it. */
export function readerName(
  context: CommandContext,
  { roles, writer }: { readonly roles: Roles; readonly writer: string | undefined },
): string {
  if (roles === "candidates") return candidateReader(context);
  const { reader, model = DEFAULT_MODEL } = context.config;
  return reader === "same" ? (writer ?? model) : reader;
}

async function resolve(
  { folders, config, progress, signal }: CommandContext,
  wanted: string,
): Promise<ResolvedModel> {
  return resolveModel(wanted, {
    dir: folders.models,
    offline: config.offline,
    signal,
    onProgress: (step) => progress.pull(wanted, step),
    onNotice: (message) => progress.notice(message),
  });
}

/** Says that the embedded default only quotes, and which writer fits this machine. */
export function noticeTinyWriter({ progress }: CommandContext): void {
  const better: CatalogueModel = recommendWriter(availableMemoryBytes());
  if (better.name === DEFAULT_MODEL) return;
  progress.notice(
    `${DEFAULT_MODEL} finds passages and is too small to write; ${better.title} by ${better.publisher} (${bytes(better.bytes)}) ` +
      "fits this machine and writes: focus setup",
  );
}

/** Whether a model of the catalogue knows more than English; undefined for models that focus does not know. */
export function isEnglishOnly(name: string): boolean {
  return findModel(name)?.languages === "english";
}

/** Tiny writers make things up; what they would write, the document says better itself. */
export function defaultStyle({ metadata }: Model): "quote" | "write" {
  return metadata.fileBytes < TINY_WRITER_BYTES ? "quote" : "write";
}

/**
 * The window when nobody asked for one, in the writer's tokens. Tiny writers get little more than one chunk: with more
 * before them they lose the thread. Never more than half of what the model was trained on.
 */
export function defaultBudget({ metadata, backend }: Model, style: Answer["style"]): number {
  const most = backend.processor === "cpu" ? CPU_WINDOW_TOKENS : GPU_WINDOW_TOKENS;
  const tiny = style === "write" && metadata.fileBytes < TINY_WRITER_BYTES;
  return Math.min(tiny ? TINY_WINDOW_TOKENS : most, Math.floor(metadata.trainedContextTokens / 2));
}
