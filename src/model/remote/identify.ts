import { ModelError } from "../../errors.ts";
import { field, fields, list } from "./answers.ts";
import { asModelError, type Client } from "./client.ts";
import { ServerFailure } from "./failure.ts";

/** The protocols that focus speaks. */
export type EngineKind = "sglang" | "vllm" | "openai";

/** What a server says of itself. */
export type Identity = {
  readonly kind: EngineKind;
  /** "vllm 0.33.0"; the kind alone where the server does not say which release it is. */
  readonly release: string;
  /** Name of the model at the server. */
  readonly model: string;
  /** The longest prompt with its answer; undefined where the server does not say. */
  readonly contextTokens: number | undefined;
};

type Wish = {
  readonly kind: EngineKind | "auto";
  /** Undefined: the only one that the server has. */
  readonly model: string | undefined;
  readonly signal: AbortSignal;
};

/** Asks the client's first server what it is. Throws ModelError for one that is not as the settings say. */
export async function identify(client: Client, { kind: wanted, model, signal }: Wish): Promise<Identity> {
  const asks = (path: string): Promise<unknown> => optional(client, { path, signal });
  const { kind, version, path } = await kindOf(asks, wanted);
  const listed = modelsOf(await asks("/v1/models"), path);
  const url = client.servers[0]?.url ?? "";
  const found = listed.find(({ name }) => name === model) ?? (model === undefined ? listed[0] : undefined);
  const names = listed.map(({ name }) => name).join(", ");
  if (model === undefined && listed.length > 1) {
    throw refused(`${url} has several models: ${names}`, "--engine-model names the one to use");
  }
  if (found === undefined && listed.length > 0) {
    throw refused(`${url} has no model ${model}, but ${names}`, "--engine-model names the one to use");
  }
  const name = found?.name ?? model;
  if (name === undefined) throw refused(`${url} does not say which model it has`, "name it: --engine-model");
  const release = version === undefined ? kind : `${kind} ${version}`;
  return { kind, release, model: name, contextTokens: found?.contextTokens };
}

type Kind = {
  readonly kind: EngineKind;
  readonly version?: string | undefined;
  /** Of the model, where the server says so. */
  readonly path?: string | undefined;
};

async function kindOf(asks: (path: string) => Promise<unknown>, wanted: EngineKind | "auto"): Promise<Kind> {
  if (wanted === "openai") return { kind: wanted };
  if (wanted !== "vllm") {
    const path = textAt(await first(asks, MODEL_INFO), "model_path");
    if (wanted === "sglang" || path !== undefined) {
      return { kind: "sglang", version: textAt(await first(asks, SERVER_INFO), "version"), path };
    }
  }
  const version = textAt(await asks("/version"), "version");
  return { kind: wanted === "vllm" || version !== undefined ? "vllm" : "openai", version };
}

/** Each of SGLang's services by its name of today, and by its former name. */
const MODEL_INFO = ["/model_info", "/get_model_info"];
const SERVER_INFO = ["/server_info", "/get_server_info"];

/** The answer of the first of these that the server offers. */
async function first(asks: (path: string) => Promise<unknown>, paths: readonly string[]): Promise<unknown> {
  for (const path of paths) {
    const answer = await asks(path);
    if (answer !== undefined) return answer;
  }
  return undefined;
}

function textAt(answer: unknown, name: string): string | undefined {
  const found = answer === undefined ? undefined : field(answer, name);
  return typeof found === "string" ? found : undefined;
}

type Listed = { readonly name: string; readonly contextTokens: number | undefined };

/** Without a list, the one model that the server named otherwise. */
function modelsOf(answer: unknown, path: string | undefined): readonly Listed[] {
  if (answer === undefined) return path === undefined ? [] : [{ name: path, contextTokens: undefined }];
  return list(field(answer, "data"), "data").map((entry) => {
    const { id, max_model_len: most } = fields(entry, "data[]");
    return { name: String(id), contextTokens: typeof most === "number" ? most : undefined };
  });
}

/** Statuses of a service that a server does not have, or does not offer in that form. */
const NOT_OFFERED: readonly (number | undefined)[] = [400, 404, 405, 422, 501];

/** The answer, or undefined where the server has no such service. Throws ModelError. */
export async function optional(
  client: Client,
  request: { readonly path: string; readonly body?: unknown; readonly signal: AbortSignal },
): Promise<unknown> {
  return client
    .json({ ...request, route: "" }, (answer) => answer)
    .catch((error: unknown) => {
      if (isNotOffered(error)) return undefined;
      throw error;
    });
}

/** Whether a server said that it has no such service. */
export function isNotOffered(error: unknown): boolean {
  const failure = error instanceof Error ? error.cause : undefined;
  return failure instanceof ServerFailure && NOT_OFFERED.includes(failure.status);
}

/** Runs work that reads answers, so that one that is not as expected is the server's failure. */
export async function asServerError<T>(url: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ServerFailure)) throw error;
    throw asModelError(new ServerFailure(`${url}: ${error.message}`, { again: "never" }));
  }
}

function refused(message: string, hint: string): ModelError {
  return new ModelError(message, { code: "model.server", hint });
}
