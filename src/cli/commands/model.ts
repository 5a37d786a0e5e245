import { totalmem } from "node:os";
import { EXIT, type ExitCode } from "../../errors.ts";
import { deedFormats, pathText } from "../../format/deed.ts";
import { MODEL_FORMATS, type ModelRow } from "../../format/models.ts";
import { bytes } from "../../format/quantity.ts";
import { CATALOGUE, type CatalogueModel } from "../../model/catalogue.ts";
import {
  type ListedModel,
  listModels,
  type ModelFolderOptions,
  modelPath,
  pullModel,
  removeModel,
} from "../../model/files.ts";
import { fitsInto, recommendWriter } from "../../model/recommend.ts";
import type { CommandContext } from "../context.ts";
import { reportFormatter } from "../formatters.ts";

/** `focus model list`: the catalogue, and what else lies in the models folder. */
export async function runModelList(context: CommandContext): Promise<ExitCode> {
  const { folders, io } = context;
  const format = reportFormatter(context, MODEL_FORMATS);
  const here = new Map((await listModels(folders.models)).map((model) => [model.name, model]));
  const known = CATALOGUE.map((model) => knownRow(model, here.get(model.name)));
  const names = new Set(known.map(({ name }) => name));
  const others = [...here.values()].filter(({ name }) => !names.has(name)).map(otherRow);
  await io.writeResult(format([...known, ...others], io));
  return EXIT.done;
}

function knownRow(model: CatalogueModel, here: ListedModel | undefined): ModelRow {
  const { name, title, parameters, licence, languages, roles } = model;
  return {
    name,
    title,
    parameters,
    bytes: here?.bytes ?? model.bytes,
    licence,
    languages,
    roles,
    path: here?.path ?? null,
    problem: here?.problem ?? null,
    fits: fitsInto(model, totalmem()),
    recommended: recommendWriter(totalmem()).name === name,
  };
}

function otherRow({ name, bytes: size, path, problem }: ListedModel): ModelRow {
  const unknown = { title: null, parameters: null, licence: null, languages: null, roles: [], fits: null };
  return { name, bytes: size, path, problem: problem ?? null, recommended: false, ...unknown };
}

type OnDisk = { readonly path: string };

const PULL_FORMATS = deedFormats<OnDisk & { readonly name: string }>("model pull", pathText);
const PATH_FORMATS = deedFormats<OnDisk>("model path", pathText);
/** People are told by a notice. */
const REMOVE_FORMATS = deedFormats<OnDisk & { readonly name: string; readonly bytes: number }>(
  "model rm",
  () => "",
);

/** `focus model pull NAME`: prints the path of what was pulled. */
export async function runModelPull(context: CommandContext, name: string): Promise<ExitCode> {
  const { io, progress } = context;
  const format = reportFormatter(context, PULL_FORMATS);
  progress.step(`looking for ${name}`);
  const { path } = await pullModel(name, folderOptions(context, name));
  progress.stop();
  await io.writeResult(format({ name, path }, io));
  return EXIT.done;
}

/** `focus model rm NAME`. */
export async function runModelRemove(context: CommandContext, name: string): Promise<ExitCode> {
  const { folders, io, progress } = context;
  const format = reportFormatter(context, REMOVE_FORMATS);
  const { path, bytes: size } = await removeModel(name, folders.models);
  const text = format({ name, path, bytes: size }, io);
  if (text !== "") await io.writeResult(text);
  progress.notice(`deleted ${path} (${bytes(size)})`);
  return EXIT.done;
}

/** `focus model path [NAME]`: the file, or without a name the folder of all of them. */
export async function runModelPath(context: CommandContext, name?: string): Promise<ExitCode> {
  const { folders, io } = context;
  const format = reportFormatter(context, PATH_FORMATS);
  const path = name === undefined ? folders.models : await modelPath(name, folders.models);
  await io.writeResult(format({ path }, io));
  return EXIT.done;
}

/** Where models are kept, and how a pull is shown. */
export function folderOptions(
  { folders, config, signal, progress }: CommandContext,
  name: string,
): ModelFolderOptions {
  return {
    dir: folders.models,
    offline: config.offline,
    signal,
    onProgress: (step) => progress.pull(name, step),
    onNotice: (message) => progress.notice(message),
  };
}
