import { ModelError } from "../../errors.ts";
import { counted } from "../../format/quantity.ts";
import { requireReader, requireWriter } from "../../model/architecture.ts";
import { DEFAULT_MODEL } from "../../model/catalogue.ts";
import { listModels, resolveModel } from "../../model/files.ts";
import { availableMemoryBytes } from "../../model/memory.ts";
import { type ModelMetadata, readMetadata } from "../../model/metadata.ts";
import { recommendWriter } from "../../model/recommend.ts";
import { parseWanted } from "../../model/wanted.ts";
import { writerName } from "../../session/default-writer.ts";
import { readerName } from "../../session/models.ts";
import type { CommandContext } from "../context.ts";
import { sessionHost } from "../session.ts";
import type { Finding } from "./check.ts";
import { isWritable } from "./writable.ts";

/** The models folder, and the settings' reader and writer; nothing is pulled. Throws ModelError for one that cannot do its part. */
export async function models(context: CommandContext): Promise<Finding> {
  const { config, folders } = context;
  const here = await listModels(folders.models);
  const detail = `${counted(here.length, "model")} in ${folders.models}`;
  const missing = await missingModels(context);
  if (missing.length > 0 && !(await isWritable(folders.models))) {
    return {
      status: "fail",
      detail: `${detail}, which cannot be written`,
      hint: "set FOCUS_HOME to another folder",
    };
  }
  const damaged = here.find(({ problem }) => problem !== undefined);
  if (damaged !== undefined) {
    const hint = `${damaged.name}: ${damaged.problem}; delete it: focus model rm ${damaged.name}`;
    return { status: "warn", detail, hint };
  }
  if (missing.length === 0) return { detail, ...(config.model === undefined ? advice(here.length) : {}) };
  return {
    status: "warn",
    detail: `${detail}; ${missing.join(" and ")} ${missing.length === 1 ? "comes" : "come"} with the first question`,
    hint: missing.map((name) => `focus model pull ${name}`).join("; "),
  };
}

/** Reader and writer, as far as they are still to be pulled. Throws ModelError. */
async function missingModels(context: CommandContext): Promise<readonly string[]> {
  if (context.config.engine !== undefined) return missingBesideServer(context);
  const host = sessionHost(context);
  const writer = await writerName(host);
  const reader = readerName(host, { roles: "both", writer });
  const missing = (await isFit(context, reader, requireReader)) ? [] : [reader];
  for (const name of missing) requireKnownReader(name);
  if (writer === reader || (await isFit(context, writer, requireWriter))) return missing;
  return [...missing, writer];
}

/** The tokenizer's model and a reader of this machine, where a server has the model. Throws ModelError. */
async function missingBesideServer(context: CommandContext): Promise<readonly string[]> {
  const { config, origin } = context;
  const { model, reader, engineKind } = config;
  const isReaderHere = reader !== "same" && (engineKind === "openai" || origin.reader.kind !== "default");
  const isTokenizerHere =
    engineKind === "openai" || model === undefined || (await pathHere(context, model)) !== undefined;
  const missing = isTokenizerHere ? [] : [model];
  if (!isReaderHere || reader === model || (await isFit(context, reader, requireReader))) return missing;
  return [...missing, reader];
}

/** Before it is pulled, a model's metadata are not there to be asked. */
function requireKnownReader(wanted: string): void {
  const parsed = parseWanted(wanted);
  if (parsed.kind !== "pullable" || parsed.catalogue?.roles.includes("reader") !== false) return;
  throw new ModelError(`${parsed.name} cannot be the reader`, {
    hint: "let it write and the default reader read: name it with -m alone, without --reader",
  });
}

/** Whether the model is here and fit; false if it is not here but can be pulled. Throws ModelError. */
async function isFit(
  context: CommandContext,
  wanted: string,
  requireFit: (metadata: ModelMetadata) => void,
): Promise<boolean> {
  const path = await pathHere(context, wanted);
  if (path === undefined) return false;
  requireFit(await readMetadata(path));
  return true;
}

/** Where the model lies; undefined if it is not here but can be pulled. Throws ModelError. */
async function pathHere(
  { config, folders, signal }: CommandContext,
  wanted: string,
): Promise<string | undefined> {
  const mayPull = !config.offline && parseWanted(wanted).kind === "pullable";
  const options = { dir: folders.models, offline: true, signal };
  const found = await resolveModel(wanted, options).catch((error: unknown) => {
    if (mayPull && error instanceof ModelError) return undefined;
    throw error;
  });
  return found?.path;
}

/** With the tiny default alone, the best writer for this machine is worth a word. */
function advice(count: number): Pick<Finding, "hint"> {
  const { name } = recommendWriter(availableMemoryBytes());
  return count > 1 || name === DEFAULT_MODEL
    ? {}
    : { hint: `a larger writer fits: focus setup pulls ${name}, or a better one from the hub` };
}
