import { requireReader } from "../model/architecture.ts";
import { type Backend, openBackend } from "../model/backend.ts";
import { type ResolvedModel, resolveModel } from "../model/files.ts";
import { fasterFolder } from "../model/folder.ts";
import { loadModel } from "../model/gguf-model.ts";
import type { LanguageModel } from "../model/language-model.ts";
import { readMetadata } from "../model/metadata.ts";
import type { SessionHost } from "./host.ts";

/** Sequences that read side by side: on a CPU more than one brings nothing (measured) and costs memory. */
const GPU_SEQUENCES = 4;
/** A question or a sentence of the answer behind a chunk: what is usual, for the estimate of memory. */
const LOCAL_TOKENS = 512;

/** Starts llama.cpp on what the settings name. Throws ModelError. */
export async function startBackend({ settings, onEvent }: SessionHost): Promise<Backend> {
  onEvent({ kind: "step", message: "starting llama.cpp" });
  const backend = await openBackend({
    gpu: settings.gpu,
    threads: settings.threads,
    onLog: (level, message) =>
      onEvent({ kind: "debug", message: `llama.cpp ${level}: ${message.trimEnd()}` }),
  });
  onEvent({ kind: "detail", message: `device: ${backend.device}; ${backend.release}` });
  if (backend.processor !== "cpu") onEvent({ kind: "notice", message: `runs on ${backend.device}` });
  return backend;
}

/** The model's file, pulled if it is not here. Throws ModelError. */
export async function modelFile(
  { folders, settings, signal, onEvent }: SessionHost,
  wanted: string,
): Promise<ResolvedModel> {
  return resolveModel(wanted, {
    dir: folders.models,
    offline: settings.offline,
    signal,
    onProgress: (progress) => onEvent({ kind: "pull", model: wanted, progress }),
    onNotice: (message) => onEvent({ kind: "notice", message }),
  });
}

export function sequencesOn({ processor }: Backend): number {
  return processor === "cpu" ? 1 : GPU_SEQUENCES;
}

/** Positions that reading takes in all sequences. */
export function readingTokens(backend: Backend, { settings }: SessionHost): number {
  return sequencesOn(backend) * (settings.chunkTokens + LOCAL_TOKENS);
}

/** Throws ModelError. */
export async function loadNamed(
  { path, name }: ResolvedModel,
  contextTokens: number,
  { backend, host }: { readonly backend: Backend; readonly host: SessionHost },
): Promise<LanguageModel> {
  const { signal, onEvent, folders } = host;
  onEvent({ kind: "step", message: `loading ${name}` });
  const copies = {
    dir: fasterFolder(folders.models),
    onNotice: (message: string) => onEvent({ kind: "notice", message }),
  };
  return loadModel(backend, { path, name, contextTokens, signal, copies });
}

/** A model that reads and does not write. Throws ModelError, also for one whose rows cannot be kept. */
export async function loadReader(backend: Backend, host: SessionHost): Promise<LanguageModel> {
  const file = await modelFile(host, host.settings.reader);
  requireReader(await readMetadata(file.path));
  return loadNamed(file, readingTokens(backend, host), { backend, host });
}
