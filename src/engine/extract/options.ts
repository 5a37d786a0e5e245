import type { LanguageModel } from "../../model/language-model.ts";
import type { FindOptions } from "../find.ts";

export type ExtractOptions = FindOptions & {
  /** Writes the items; may be the reader. */
  readonly writer: LanguageModel;
};
