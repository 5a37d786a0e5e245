import type { Adapter } from "../model/adapters/adapter.ts";
import type { LanguageModel } from "../model/language-model.ts";

/** Reader and writer, opened; one and the same where the settings say so. */
export type OpenedModels = {
  readonly reader: LanguageModel;
  readonly writer: LanguageModel;
  readonly sequences: number;
  /** Documents of a batch that may be worked on side by side: several where nothing of them is computed here. */
  readonly documentsAtOnce: number;
  /** With candidate tokens: made for the model, which is reader and writer. */
  readonly adapter: Adapter | undefined;
  [Symbol.asyncDispose](): Promise<void>;
};

/** What the models are opened for: `read` needs no writer, and candidate tokens one model and an adapter for it. */
export type Roles = "reader" | "both" | "candidates";
