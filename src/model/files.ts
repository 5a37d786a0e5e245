import { rm } from "node:fs/promises";
import { basename } from "node:path";
import { ModelError } from "../errors.ts";
import { folderTally } from "../fs/folder-tally.ts";
import { makeFolder } from "../fs/publish.ts";
import { shownUrl } from "../fs/shown-url.ts";
import { type CatalogueModel, findModel } from "./catalogue.ts";
import { copyPath } from "./faster/faster-copy.ts";
import {
  type FolderModel,
  fasterFolder,
  findIn,
  folderError,
  lockPath,
  modelsIn,
  problemOf,
  pullFolder,
  sizeOf,
  workFolder,
} from "./folder.ts";
import { findByText, isThere, unknownModel } from "./lookup.ts";
import { type Pulled, type PullOptions, pull } from "./sources/pull.ts";
import { withLock } from "./sources/pull-lock.ts";
import { type Pullable, parseWanted } from "./wanted.ts";

/** Where models are kept and how a pull is followed. */
export type ModelFolderOptions = PullOptions & {
  /** Never touch the network. */
  readonly offline?: boolean;
};

export type ResolvedModel = Pulled & {
  readonly name: string;
  readonly catalogue?: CatalogueModel;
};

export type ListedModel = ResolvedModel & {
  readonly bytes: number;
  /** What is wrong with the file, such as a missing end. */
  readonly problem?: string;
};

/**
 * A catalogue name, a name in the models folder, a path, or a hf: or https: URI → a file on this machine, pulled if it is
 * missing or damaged. Throws ModelError, or the signal's reason.
 */
export async function resolveModel(wanted: string, options: ModelFolderOptions): Promise<ResolvedModel> {
  const parsed = parseWanted(wanted);
  if (parsed.kind === "pullable") return resolvePullable(parsed, options);
  if (parsed.kind === "path" && (await isThere(parsed.path))) {
    return { path: parsed.path, name: basename(parsed.path).replace(/\.gguf$/iu, "") };
  }
  return requireHere(wanted, options.dir);
}

/** Pulls a catalogue name or a hf: or https: URI into the models folder, unless it is there and whole. Throws ModelError. */
export async function pullModel(wanted: string, options: ModelFolderOptions): Promise<ResolvedModel> {
  const parsed = parseWanted(wanted);
  return parsed.kind === "pullable" ? resolvePullable(parsed, options) : requireHere(wanted, options.dir);
}

/** The models in the folder, by name. Throws ModelError when the folder cannot be read. */
export async function listModels(dir: string): Promise<readonly ListedModel[]> {
  const models = await modelsIn(dir);
  return Promise.all(
    models.map(async (model) => {
      const problem = problemOf(model);
      const bytes = await sizeOf(model.paths);
      return { ...described(model), bytes, ...(problem === undefined ? {} : { problem }) };
    }),
  );
}

/** Deletes a model's files and whatever an unfinished pull left. Throws ModelError when there is neither. */
export async function removeModel(
  wanted: string,
  dir: string,
): Promise<{ readonly path: string; readonly bytes: number }> {
  const model = await findByText(wanted, dir);
  const parsed = parseWanted(wanted);
  const name = model?.name ?? (parsed.kind === "pullable" ? parsed.name : undefined);
  if (name === undefined) throw await unknownModel(wanted, dir);
  const leftovers = workFolder(dir, name);
  if (model === undefined && !(await isThere(leftovers))) throw notHere(name, wanted);
  const onWait = (pid: number | undefined): never => {
    throw new ModelError(`${name} is being pulled by process ${pid ?? "of another machine"}`, {
      hint: "stop that one first",
    });
  };
  try {
    await makeFolder(pullFolder(dir));
    return await withLock(lockPath(dir, name), { signal: new AbortController().signal, onWait }, async () => {
      const paths = model === undefined ? [] : [...model.paths, ...(await copiesOf(model, dir))];
      const bytes = (await sizeOf(paths)) + (await folderTally(leftovers)).bytes;
      for (const path of [leftovers, ...paths]) await rm(path, { recursive: true, force: true });
      return { path: model?.path ?? leftovers, bytes };
    });
  } catch (error) {
    throw folderError(dir, error);
  }
}

async function copiesOf(model: FolderModel, dir: string): Promise<readonly string[]> {
  return problemOf(model) === undefined ? [await copyPath(model.path, fasterFolder(dir))] : [];
}

/** Where the model lies. Throws ModelError when it is not in the folder; never pulls. */
export async function modelPath(wanted: string, dir: string): Promise<string> {
  const model = await findByText(wanted, dir);
  if (model !== undefined) return model.path;
  const parsed = parseWanted(wanted);
  throw parsed.kind === "pullable" ? notHere(parsed.name, wanted) : await unknownModel(wanted, dir);
}

/** A model that is there is not hashed again; its header tells whether its end is missing. */
async function resolvePullable(wanted: Pullable, options: ModelFolderOptions): Promise<ResolvedModel> {
  const { name, catalogue, text } = wanted;
  const found = await findIn(options.dir, name);
  const problem = found === undefined ? undefined : problemOf(found);
  const model = { name, ...(catalogue === undefined ? {} : { catalogue }) };
  if (found !== undefined && problem === undefined) return { ...model, path: found.path };
  if (options.offline === true) {
    throw new ModelError(problem ?? `${name} is not on this machine, and offline nothing is pulled`, {
      code: "model.not-here",
      hint: `with a network, without --offline: focus model pull ${shownUrl(text)}`,
    });
  }
  if (problem !== undefined) options.onNotice?.(`${problem}; pulling it again`);
  return { ...model, ...(await pull(wanted, options)) };
}

async function requireHere(wanted: string, dir: string): Promise<ResolvedModel> {
  const found = await findByText(wanted, dir);
  if (found === undefined) throw await unknownModel(wanted, dir);
  return described(found);
}

function described({ name, path }: FolderModel): ResolvedModel {
  const catalogue = findModel(name);
  return { name, path, ...(catalogue === undefined ? {} : { catalogue }) };
}

function notHere(name: string, wanted: string): ModelError {
  return new ModelError(`${name} is not in the models folder`, {
    code: "model.not-here",
    hint: `focus model pull ${shownUrl(wanted)}`,
  });
}
