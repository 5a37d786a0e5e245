import { CATALOGUE, type CatalogueModel, DEFAULT_MODEL, findModel } from "./catalogue.ts";
import { listModels } from "./files.ts";

/** The largest answer window that focus builds unless asked for more. */
const WINDOW_TOKENS = 8192;
/** Compute buffers and a batch of logits: 200 to 640 MB by the size of the vocabulary; memory.ts has it exactly. */
const OVERHEAD_BYTES = 400e6;
/** The rest is left to the reader, which is open beside the writer, and to the user's other programs. */
const USABLE_SHARE = 0.7;

/**
 * The largest writer that fits into so much free memory with its window, of those that were pulled and measured (they
 * have a hash); the embedded default when none does.
 */
export function recommendWriter(freeMemoryBytes: number): CatalogueModel {
  const writers = CATALOGUE.filter(({ roles, sha256 }) => roles.includes("writer") && sha256 !== undefined);
  const smallest = writers.reduce((a, b) => (b.parameters < a.parameters ? b : a));
  return writers
    .filter((model) => fitsInto(model, freeMemoryBytes))
    .reduce((a, b) => (b.parameters > a.parameters ? b : a), smallest);
}

/** Whether a model with its window fits into so much memory, of which some is left to the system. */
export function fitsInto({ bytes, kvBytesPerToken }: CatalogueModel, memoryBytes: number): boolean {
  return bytes + WINDOW_TOKENS * kvBytesPerToken + OVERHEAD_BYTES <= USABLE_SHARE * memoryBytes;
}

/** Writers that `focus setup` tries, best first: general before code, then the smaller size, which less memory bears. */
const SETUP_WRITERS = ["qwen2.5-1.5b", "qwen2.5-coder-1.5b", "qwen2.5-0.5b", "qwen2.5-coder-0.5b"];

/** Those of them that fit; larger models would take a CPU minutes for one window. */
export function setupWriters(freeMemoryBytes: number): CatalogueModel[] {
  return SETUP_WRITERS.flatMap((name) => findModel(name) ?? []).filter((model) =>
    fitsInto(model, freeMemoryBytes),
  );
}

/**
 * The writer when nobody names one: the largest of the catalogue that lies whole in the models folder and fits; undefined
 * where there is none beside the embedded default. Throws ModelError when the folder cannot be read.
 */
export async function installedWriter(
  dir: string,
  freeMemoryBytes: number,
): Promise<CatalogueModel | undefined> {
  return (await listModels(dir))
    .flatMap(({ catalogue, problem }) =>
      problem === undefined && catalogue !== undefined ? [catalogue] : [],
    )
    .filter(({ name, roles }) => roles.includes("writer") && name !== DEFAULT_MODEL)
    .filter((model) => fitsInto(model, freeMemoryBytes))
    .sort((a, b) => generalSize(b) - generalSize(a))[0];
}

/** A model of code counts as a general one of half its size: a general one that is a little smaller goes first. */
function generalSize({ parameters, trainedFor }: CatalogueModel): number {
  return trainedFor === "code" ? parameters / 2 : parameters;
}
