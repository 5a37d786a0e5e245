import type { Adapter } from "../model/adapters/adapter.ts";
import { resolveAdapter } from "../model/adapters/adapters.ts";
import { requireReader } from "../model/architecture.ts";
import { type Backend, openBackend } from "../model/backend.ts";
import { DEFAULT_MODEL } from "../model/catalogue.ts";
import { type ResolvedModel, resolveModel } from "../model/files.ts";
import { fasterFolder } from "../model/folder.ts";
import { loadModel } from "../model/gguf-model.ts";
import type { LanguageModel } from "../model/language-model.ts";
import { readMetadata } from "../model/metadata.ts";
import { CPU_WINDOW_TOKENS } from "./answer-style.ts";
import { candidateReader } from "./candidates.ts";
import { writerName } from "./default-writer.ts";
import type { SessionHost } from "./host.ts";

/** Sequences that read side by side: on a CPU more than one brings nothing (measured) and costs memory. */
const GPU_SEQUENCES = 4;
/** A question or a sentence of the answer behind a chunk: what is usual, for the estimate of memory. */
const LOCAL_TOKENS = 512;

/** Reader and writer, opened; one and the same where the settings say so. */
export type OpenedModels = {
  readonly reader: LanguageModel;
  readonly writer: LanguageModel;
  readonly sequences: number;
  /** With candidate tokens: made for the model, which is reader and writer. */
  readonly adapter: Adapter | undefined;
  [Symbol.asyncDispose](): Promise<void>;
};

/** What the models are opened for: `read` needs no writer, and candidate tokens one model and an adapter for it. */
export type Roles = "reader" | "both" | "candidates";

type ModelFiles = {
  readonly reader: ResolvedModel;
  readonly writer: ResolvedModel;
  readonly adapter: Adapter | undefined;
  readonly trainedContextTokens: number;
};

/** Finds or pulls the models and loads them. Throws ModelError, or UsageError for models that do not go together. */
export async function openModels(host: SessionHost, roles: Roles): Promise<OpenedModels> {
  const { settings, onEvent } = host;
  const files = await modelFiles(host, roles);
  onEvent({ kind: "step", message: "starting llama.cpp" });
  const backend = await openBackend({
    gpu: settings.gpu,
    threads: settings.threads,
    onLog: (level, message) =>
      onEvent({ kind: "debug", message: `llama.cpp ${level}: ${message.trimEnd()}` }),
  });
  onEvent({ kind: "detail", message: `device: ${backend.device}; ${backend.release}` });
  if (backend.processor !== "cpu") onEvent({ kind: "notice", message: `runs on ${backend.device}` });
  try {
    return await load(files, backend, { host, roles });
  } catch (error) {
    await backend[Symbol.asyncDispose]();
    throw error;
  }
}

/** The model that reads, as the settings name it. Throws UsageError when candidate tokens do not go with it. */
export function readerName({ settings, onEvent }: SessionHost, { roles, writer }: ReaderWish): string {
  if (roles === "candidates") return candidateReader(settings, onEvent);
  const { reader, model = DEFAULT_MODEL } = settings;
  return reader === "same" ? (writer ?? model) : reader;
}

/** `writer`: who writes, where somebody does. */
type ReaderWish = { readonly roles: Roles; readonly writer: string | undefined };

/** Checked as far as that can be done before anything is loaded. */
async function modelFiles(host: SessionHost, roles: Roles): Promise<ModelFiles> {
  const { adapter } = host.settings;
  const writer = roles === "both" ? await writerName(host) : undefined;
  const reader = await resolve(host, readerName(host, { roles, writer }));
  const metadata = await readMetadata(reader.path);
  requireReader(metadata);
  return {
    reader,
    trainedContextTokens: metadata.trainedContextTokens,
    adapter: roles === "candidates" ? await resolveAdapter(adapter, reader) : undefined,
    writer: writer === undefined ? reader : await resolve(host, writer),
  };
}

async function resolve({ folders, settings, signal, onEvent }: SessionHost, wanted: string) {
  return resolveModel(wanted, {
    dir: folders.models,
    offline: settings.offline,
    signal,
    onProgress: (progress) => onEvent({ kind: "pull", model: wanted, progress }),
    onNotice: (message) => onEvent({ kind: "notice", message }),
  });
}

type Loading = { readonly host: SessionHost; readonly roles: Roles };

async function load(files: ModelFiles, backend: Backend, { host, roles }: Loading): Promise<OpenedModels> {
  const { signal, onEvent, folders } = host;
  const copies = {
    dir: fasterFolder(folders.models),
    onNotice: (message: string) => onEvent({ kind: "notice", message }),
  };
  const { budgetTokens, answerTokens, chunkTokens } = host.settings;
  const open = ({ path, name }: ResolvedModel, contextTokens: number): Promise<LanguageModel> => {
    onEvent({ kind: "step", message: `loading ${name}` });
    return loadModel(backend, { path, name, contextTokens, signal, copies });
  };
  const windowTokens = (budgetTokens ?? CPU_WINDOW_TOKENS) + answerTokens;
  const sequences = backend.processor === "cpu" ? 1 : GPU_SEQUENCES;
  const isWriter = files.writer.path === files.reader.path;
  const readTokens = sequences * (chunkTokens + LOCAL_TOKENS);
  // Candidates are computed in a context of their own beside the first, and may fill all positions there are.
  const candidateTokens =
    files.adapter === undefined ? 0 : Math.max(2 * readTokens, files.trainedContextTokens);
  const ownWindow = isWriter && roles !== "reader" ? windowTokens : 0;
  const reader = await open(files.reader, Math.max(readTokens, ownWindow, candidateTokens));
  const writer = isWriter ? reader : await open(files.writer, windowTokens);
  return {
    reader,
    writer,
    sequences,
    adapter: files.adapter,
    // Models and their contexts go with it.
    [Symbol.asyncDispose]: () => backend[Symbol.asyncDispose](),
  };
}
