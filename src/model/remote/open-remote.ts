import { ModelError } from "../../errors.ts";
import type { TokenizerFile } from "../gguf-tokenizer.ts";
import type { Capability } from "../language-model.ts";
import type { ModelMetadata } from "../metadata.ts";
import { Client, type ClientOptions } from "./client.ts";
import { type Compared, compare, SAMPLE } from "./compare.ts";
import { asServerError, type EngineKind, type Identity, identify, isNotOffered } from "./identify.ts";
import { openai } from "./openai.ts";
import { Pieces } from "./pieces.ts";
import type { Protocol } from "./protocol.ts";
import { RemoteModel } from "./remote-model.ts";
import { PATIENCE } from "./retries.ts";
import { sglang } from "./sglang.ts";
import { vllm } from "./vllm.ts";

export type RemoteOptions = ClientOptions & {
  readonly kind: EngineKind | "auto";
  readonly model: string | undefined;
  readonly salt: string | undefined;
  readonly signal: AbortSignal;
};

/** Opens the local GGUF whose tokenizer a server's model has, once it is known that one is needed. */
export type OpenTokenizer = () => Promise<TokenizerFile>;

/** A model on servers, with what was found out about them. */
export type OpenedRemote = {
  readonly model: RemoteModel;
  readonly identity: Identity;
  readonly compared: Compared;
};

/** At the start nobody waits long for a server that is not there. */
const START_PATIENCE = { ...PATIENCE, awayMs: 3_000, longestMs: 1_000 };
/** What a server is it says at once; a model may take longer to answer, also when it is compared. */
const IDENTITY_TIMEOUTS = { firstByteMs: 15_000, idleMs: 15_000 };
/** Chat servers do not say how long a prompt may be; most models of today bear as much. */
const CHAT_CONTEXT_TOKENS = 8192;

/**
 * Asks every server what it is and what it can do. Throws ModelError for one that does not answer, has another model,
 * tokenizer or chat form, or needs a key.
 */
export async function openRemote(
  options: RemoteOptions,
  openTokenizer: OpenTokenizer,
): Promise<OpenedRemote> {
  const [first, ...rest] = await Promise.all(options.urls.map((url) => identityOf(url, options)));
  if (first === undefined) throw new Error("there is no server");
  const other = rest.findIndex(({ kind, model }) => kind !== first.kind || model !== first.model);
  if (other >= 0) {
    throw new ModelError(`${options.urls[other + 1]} has another model or protocol than ${options.urls[0]}`, {
      code: "model.server",
      hint: "all servers of --engine must have the same model",
    });
  }
  return first.kind === "openai"
    ? openWriter(first, options)
    : openScoring(first, options, await openTokenizer());
}

function identityOf(url: string, options: RemoteOptions): Promise<Identity> {
  const client = startClient(url, { timeouts: IDENTITY_TIMEOUTS, ...options });
  return asServerError(url, () => identify(client, options));
}

function startClient(url: string, options: RemoteOptions): Client {
  return new Client({ ...options, urls: [url], onNotice: () => {}, patience: START_PATIENCE });
}

function openWriter(identity: Identity, options: RemoteOptions): OpenedRemote {
  const { model: name, contextTokens: trainedContextTokens = CHAT_CONTEXT_TOKENS } = identity;
  const tokenizer = new Pieces();
  const model = new RemoteModel({
    ...shared(identity, options),
    tokenizer,
    tokenizerFingerprint: "pieces",
    metadata: { ...UNKNOWN, path: options.urls[0] ?? "", trainedContextTokens },
    capabilities: new Set<Capability>(["generate"]),
    protocol: openai(new Client(options), name, tokenizer),
  });
  return { model, identity, compared: { tokenizer: false, chat: false } };
}

async function openScoring(
  identity: Identity,
  options: RemoteOptions,
  { tokenizer, metadata, fingerprint }: TokenizerFile,
): Promise<OpenedRemote> {
  const { signal, urls } = options;
  const comparison = { model: identity.model, tokenizer, path: metadata.path, signal };
  const all = await Promise.all(
    urls.map((url) => asServerError(url, () => compare(startClient(url, options), comparison))),
  );
  const { endTokens } = tokenizer;
  const speak = (client: Client): Protocol => {
    const asked = { ...options, model: identity.model, endTokens };
    return identity.kind === "sglang"
      ? sglang(client, asked)
      : vllm(client, { ...asked, tokenize: (text) => tokenizer.tokenize(text) });
  };
  const tokens = Array.from(tokenizer.tokenize(SAMPLE));
  const canScore = await Promise.all(
    urls.map((url) => scores(speak(startClient(url, options)), tokens, signal)),
  );
  const model = new RemoteModel({
    ...shared(identity, options),
    tokenizer,
    tokenizerFingerprint: fingerprint,
    metadata: atServer(metadata, identity),
    capabilities: new Set<Capability>(canScore.every((can) => can) ? ["score", "generate"] : ["generate"]),
    protocol: speak(new Client(options)),
  });
  const isCompared = (what: keyof Compared): boolean => all.every((compared) => compared[what]);
  return { model, identity, compared: { tokenizer: isCompared("tokenizer"), chat: isCompared("chat") } };
}

function shared({ model, release }: Identity, { urls, concurrency }: RemoteOptions) {
  return { name: model, path: urls.join(", "), release, sequences: concurrency * urls.length };
}

/** Whether the server tells how likely the tokens of a prompt are. Throws ModelError for one that does not answer. */
async function scores(protocol: Protocol, tokens: readonly number[], signal: AbortSignal): Promise<boolean> {
  try {
    const values = await protocol.score(tokens, 1, { route: "", signal });
    return values.every((value) => Number.isFinite(value) && value <= 0);
  } catch (error) {
    if (isNotOffered(error)) return false;
    throw error;
  }
}

/** Whoever runs a server has no tiny model on it: weights that are not here count as large. */
const UNKNOWN_BYTES = Number.MAX_SAFE_INTEGER;

const UNKNOWN: Omit<ModelMetadata, "path" | "trainedContextTokens"> = {
  architecture: "unknown",
  nLayers: 0,
  nKvHeads: 0,
  evenLayers: true,
  headDim: 0,
  valueDim: 0,
  vocabularyTokens: 0,
  fileBytes: UNKNOWN_BYTES,
  hasWeights: false,
  kvBytesPerToken: 0,
  keys: new Set(),
  ropeScaling: "none",
};

function atServer(metadata: ModelMetadata, { contextTokens = Infinity }: Identity): ModelMetadata {
  return {
    ...metadata,
    fileBytes: metadata.hasWeights ? metadata.fileBytes : UNKNOWN_BYTES,
    trainedContextTokens: Math.min(metadata.trainedContextTokens, contextTokens),
  };
}
