import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { ModelError } from "../errors.ts";
import { unlessMissing } from "../fs/system-error.ts";
import { CATALOGUE } from "./catalogue.ts";
import { type FolderModel, findIn, modelsIn } from "./folder.ts";
import { nearMiss } from "./near-miss.ts";
import { parseWanted } from "./wanted.ts";

/** The model in the folder that a text means: by its name, by the URI that it was pulled from, or by its path. */
export async function findByText(text: string, dir: string): Promise<FolderModel | undefined> {
  const wanted = parseWanted(text);
  if (wanted.kind !== "path") return findIn(dir, wanted.name);
  // "x.gguf" may be the name of a file in the folder; a path with folders in it is not taken for another file's name.
  const named = basename(text) === text ? await findIn(dir, text) : undefined;
  return named ?? (await modelsIn(dir)).find(({ paths }) => paths.includes(wanted.path));
}

export async function isThere(path: string): Promise<boolean> {
  return (await unlessMissing(stat(path))) !== undefined;
}

/** For a text that means nothing that is here or could be pulled. */
export async function unknownModel(text: string, dir: string): Promise<ModelError> {
  const wanted = parseWanted(text);
  if (wanted.kind === "path" && (await isThere(wanted.path))) {
    return new ModelError(`${text} does not lie in the models folder, ${dir}`, {
      code: "model.not-found",
      hint: "focus looks after the models of that folder alone: focus model list",
    });
  }
  if (wanted.kind === "path") {
    return new ModelError(`there is no file ${text}`, {
      code: "model.not-found",
      hint: "see what is here, and what can be pulled: focus model list",
    });
  }
  const names = [...CATALOGUE, ...(await modelsIn(dir))].map(({ name }) => name);
  const near = nearMiss(text, names);
  return new ModelError(`there is no model called "${text}"`, {
    code: "model.not-found",
    hint: `${near === undefined ? "" : `did you mean ${near}? `}all that focus knows: focus model list; any other GGUF: its path, or hf:user/model:quant`,
  });
}
