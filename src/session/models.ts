import type { Adapter } from "../model/adapters/adapter.ts";
import { resolveAdapter } from "../model/adapters/adapters.ts";
import { requireReader } from "../model/architecture.ts";
import type { Backend } from "../model/backend.ts";
import { DEFAULT_MODEL } from "../model/catalogue.ts";
import type { ResolvedModel } from "../model/files.ts";
import { readMetadata } from "../model/metadata.ts";
import { mostWindowTokens } from "./answer-style.ts";
import { candidateReader } from "./candidates.ts";
import { writerName } from "./default-writer.ts";
import type { SessionHost } from "./host.ts";
import { loadNamed, modelFile, readingTokens, sequencesOn, startBackend } from "./local-model.ts";
import type { OpenedModels, Roles } from "./opened-models.ts";
import { openServerModels } from "./server-models.ts";

type ModelFiles = {
  readonly reader: ResolvedModel;
  readonly writer: ResolvedModel;
  readonly adapter: Adapter | undefined;
  readonly trainedContextTokens: number;
};

/** Finds or pulls the models and loads them. Throws ModelError, or UsageError for models that do not go together. */
export async function openModels(host: SessionHost, roles: Roles): Promise<OpenedModels> {
  if (host.settings.engine !== undefined) return openServerModels(host, roles);
  const files = await modelFiles(host, roles);
  const backend = await startBackend(host);
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
  const reader = await modelFile(host, readerName(host, { roles, writer }));
  const metadata = await readMetadata(reader.path);
  requireReader(metadata);
  return {
    reader,
    trainedContextTokens: metadata.trainedContextTokens,
    adapter: roles === "candidates" ? await resolveAdapter(adapter, reader) : undefined,
    writer: writer === undefined ? reader : await modelFile(host, writer),
  };
}

type Loading = { readonly host: SessionHost; readonly roles: Roles };

async function load(files: ModelFiles, backend: Backend, { host, roles }: Loading): Promise<OpenedModels> {
  const { budgetTokens, answerTokens } = host.settings;
  const windowTokens = (budgetTokens || mostWindowTokens(backend)) + answerTokens;
  const isWriter = files.writer.path === files.reader.path;
  const readTokens = readingTokens(backend, host);
  // Candidates are computed in a context of their own beside the first, and may fill all positions there are.
  const candidateTokens =
    files.adapter === undefined ? 0 : Math.max(2 * readTokens, files.trainedContextTokens);
  const ownWindow = isWriter && roles !== "reader" ? windowTokens : 0;
  const most = Math.max(readTokens, ownWindow, candidateTokens);
  const reader = await loadNamed(files.reader, most, { backend, host });
  const writer = isWriter ? reader : await loadNamed(files.writer, windowTokens, { backend, host });
  return {
    reader,
    writer,
    sequences: sequencesOn(backend),
    documentsAtOnce: 1,
    adapter: files.adapter,
    // Models and their contexts go with it.
    [Symbol.asyncDispose]: () => backend[Symbol.asyncDispose](),
  };
}
