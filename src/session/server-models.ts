import { UsageError } from "../errors.ts";
import type { Backend } from "../model/backend.ts";
import { DEFAULT_MODEL } from "../model/catalogue.ts";
import { loadTokenizer, type OpenedTokenizer } from "../model/gguf-tokenizer.ts";
import { type OpenedRemote, openRemote } from "../model/remote/open-remote.ts";
import type { SessionHost } from "./host.ts";
import { loadReader, modelFile, sequencesOn, startBackend } from "./local-model.ts";
import type { OpenedModels, Roles } from "./opened-models.ts";
import { remoteOptions } from "./remote-options.ts";

/**
 * Opens the model of the settings' server, which writes, and reads unless it cannot or another model is to read here.
 * Throws ModelError for a server that is not as it should be, UsageError for settings that do not go with one.
 */
export async function openServerModels(host: SessionHost, roles: Roles): Promise<OpenedModels> {
  const { condenser } = host.settings;
  if (roles === "candidates") {
    throw new UsageError(`--condenser ${condenser} needs rows of the cache, which no server gives`, {
      hint: "leave --engine out, or use --condenser likelihood",
    });
  }
  const options = remoteOptions(host);
  let started: Promise<Backend> | undefined;
  let tokenizer: OpenedTokenizer | undefined;
  // The tokenizer first: with it still open, freeing llama.cpp was seen to hang.
  const close = async (): Promise<void> => {
    await tokenizer?.[Symbol.asyncDispose]();
    await (await started)?.[Symbol.asyncDispose]();
  };
  const backend = (): Promise<Backend> => {
    started ??= startBackend(host);
    return started;
  };
  try {
    host.onEvent({ kind: "step", message: `asking ${options.urls.join(", ")}` });
    const remote = await openRemote(options, async () => {
      const { path } = await modelFile(host, tokenizerName(host));
      tokenizer = await loadTokenizer(await backend(), { path, signal: host.signal });
      return tokenizer;
    });
    tell(remote, host);
    const isHere = readsHere(remote, host);
    return {
      reader: isHere ? await loadReader(await backend(), host) : remote.model,
      writer: remote.model,
      sequences: isHere ? sequencesOn(await backend()) : 1,
      documentsAtOnce: isHere ? 1 : options.concurrency * options.urls.length,
      adapter: undefined,
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The model whose tokenizer is that of the server's. Throws UsageError when none is named. */
export function tokenizerName({ settings: { model } }: SessionHost): string {
  if (model !== undefined) return model;
  throw new UsageError("--engine sends tokens, and needs the tokenizer of the server's model", {
    hint: "-m names a GGUF of that model; one that holds a vocabulary alone will do",
  });
}

/** Whether a model of this machine reads. Throws UsageError when the server is to read and cannot. */
function readsHere({ model, identity }: OpenedRemote, { settings }: SessionHost): boolean {
  const { reader, isReaderChosen } = settings;
  if (model.capabilities.has("score")) {
    return isReaderChosen && reader !== "same" && reader !== settings.model;
  }
  if (reader !== "same") return true;
  throw new UsageError(`${identity.release} at ${model.path} only writes, and cannot read`, {
    hint: `--reader names the model that reads on this machine, such as ${DEFAULT_MODEL}`,
  });
}

function tell({ model, identity, compared }: OpenedRemote, { settings, onEvent }: SessionHost): void {
  onEvent({ kind: "detail", message: `server: ${identity.release} at ${model.path} has ${identity.model}` });
  if (identity.kind === "openai") {
    const { model: unused } = settings;
    if (unused !== undefined)
      onEvent({ kind: "notice", message: `${unused} is not used: ${model.name} writes` });
    return;
  }
  for (const [what, is] of Object.entries(compared)) {
    const message = `the server does not show its ${what === "chat" ? "chat form" : what}: that of -m is used unchecked`;
    if (!is) onEvent({ kind: "notice", message });
  }
}
