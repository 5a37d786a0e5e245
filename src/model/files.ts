import type { CatalogueModel } from "./catalogue.ts";
import type { PullProgress } from "./sources/transfer.ts";

/** Where models are kept and how a pull is followed. */
export type ModelFolderOptions = {
  /** Absolute path of the models folder; made when something is pulled. */
  readonly dir: string;
  /** Never touch the network. */
  readonly offline?: boolean;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: PullProgress) => void) | undefined;
  /** One line that a user should see: waiting for another process, a damaged file, a source that did not answer. */
  readonly onNotice?: ((message: string) => void) | undefined;
};

export type ResolvedModel = {
  readonly path: string;
  readonly name: string;
  readonly sha256?: string;
  readonly catalogue?: CatalogueModel;
};

export type ListedModel = ResolvedModel & {
  readonly bytes: number;
  /** What is wrong with the file, such as a wrong size. */
  readonly problem?: string;
};

/** A catalogue name, a name in the models folder, a path or a hf:/https: URI → a file on this machine, pulled if it is missing. Throws ModelError. */
export async function resolveModel(_wanted: string, _options: ModelFolderOptions): Promise<ResolvedModel> {
  throw new Error("not yet written");
}

/** Pulls a catalogue name or a hf:/https: URI into the models folder, unless it is there and whole. Throws ModelError. */
export async function pullModel(_wanted: string, _options: ModelFolderOptions): Promise<ResolvedModel> {
  throw new Error("not yet written");
}

/** The models in the folder, by name. */
export async function listModels(_dir: string): Promise<readonly ListedModel[]> {
  throw new Error("not yet written");
}

/** Deletes a model's file and whatever an unfinished pull left. Throws ModelError when there is neither. */
export async function removeModel(_name: string, _dir: string): Promise<{ readonly path: string; readonly bytes: number }> {
  throw new Error("not yet written");
}

/** Where the model lies. Throws ModelError when it is not in the folder; never pulls. */
export async function modelPath(_name: string, _dir: string): Promise<string> {
  throw new Error("not yet written");
}
