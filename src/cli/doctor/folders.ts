import { constants } from "node:fs";
import { access, readdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { EXIT } from "../../errors.ts";
import { bytes, counted } from "../../format/quantity.ts";
import { freeDiskBytes } from "../../kv/budget.ts";
import { DEFAULT_MODEL } from "../../model/catalogue.ts";
import { listModels } from "../../model/files.ts";
import { availableMemoryBytes } from "../../model/memory.ts";
import { recommendWriter } from "../../model/recommend.ts";
import type { CommandContext } from "../context.ts";
import type { Examination, Finding } from "./check.ts";

/** The models folder with the embedded default, and the KV store. */
export function folderExaminations(context: CommandContext): readonly Examination[] {
  return [
    { name: "models", exitCode: EXIT.model, examine: () => models(context) },
    { name: "kv store", exitCode: EXIT.kvStore, examine: () => kvStore(context) },
  ];
}

async function models({ config, folders }: CommandContext): Promise<Finding> {
  const here = await listModels(folders.models);
  const detail = `${counted(here.length, "model")} in ${folders.models}`;
  const damaged = here.find(({ problem }) => problem !== undefined);
  if (damaged !== undefined) {
    const hint = `${damaged.name}: ${damaged.problem}; delete it: focus model rm ${damaged.name}`;
    return { status: "warn", detail, hint };
  }
  if (here.some(({ name }) => name === DEFAULT_MODEL)) return { detail, ...advice(here.length) };
  const pull = `focus model pull ${DEFAULT_MODEL}`;
  if (config.offline) {
    return {
      status: "fail",
      detail: `${detail}; ${DEFAULT_MODEL} is not here`,
      hint: `without --offline: ${pull}`,
    };
  }
  if (!(await isWritable(folders.models))) {
    return {
      status: "fail",
      detail: `${detail}, which cannot be written`,
      hint: "set FOCUS_HOME to another folder",
    };
  }
  return { status: "warn", detail: `${detail}; ${DEFAULT_MODEL} comes with the first question`, hint: pull };
}

/** With the tiny default alone, the best writer for this machine is worth a word. */
function advice(count: number): Pick<Finding, "hint"> {
  const { name } = recommendWriter(availableMemoryBytes());
  return count > 1 || name === DEFAULT_MODEL
    ? {}
    : { hint: `a larger writer fits: focus model pull ${name}` };
}

async function kvStore({ config, folders: { kv } }: CommandContext): Promise<Finding> {
  if (!config.cache) return { detail: "switched off" };
  const [held, free] = [await folderBytes(kv), await freeDiskBytes(kv)];
  const detail = `${bytes(held)} in ${kv}, ${bytes(free)} free on its disk`;
  if (await isWritable(kv)) return { detail };
  return {
    status: "fail",
    detail: `${detail}; it cannot be written, so every question reads everything`,
    hint: "set FOCUS_CACHE_DIR to another folder",
  };
}

async function folderBytes(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile());
  // A file may go while we count: another focus may be evicting.
  const sizes = files.map((file) =>
    stat(join(file.parentPath, file.name)).then(
      ({ size }) => size,
      () => 0,
    ),
  );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/** Whether files could be made there; a folder that does not exist yet is looked for upwards, not made. */
async function isWritable(folder: string): Promise<boolean> {
  const existing = await nearestExisting(folder);
  const isFolder = (await stat(existing)).isDirectory();
  return (
    isFolder &&
    access(existing, constants.W_OK | constants.X_OK).then(
      () => true,
      () => false,
    )
  );
}

async function nearestExisting(path: string): Promise<string> {
  let existing = path;
  while (dirname(existing) !== existing && !(await exists(existing))) existing = dirname(existing);
  return existing;
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
