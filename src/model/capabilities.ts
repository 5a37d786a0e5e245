import { ModelError } from "../errors.ts";
import type { Capability, LanguageModel } from "./language-model.ts";

const MEANS: Readonly<Record<Capability, string>> = {
  rows: "keep the rows of a text and take them up again",
  score: "tell how likely given tokens are",
  generate: "write",
  adapters: "work under an adapter",
};

/** Throws ModelError for a model that cannot do what a stage needs. */
export function requireCapabilities(
  { name, capabilities }: Pick<LanguageModel, "name" | "capabilities">,
  needed: readonly Capability[],
): void {
  const missing = needed.find((one) => !capabilities.has(one));
  if (missing === undefined) return;
  throw new ModelError(`${name} cannot ${MEANS[missing]}, which is needed here`, {
    hint: "name another model: focus model list",
  });
}
