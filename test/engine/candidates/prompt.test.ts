import { expect, it } from "vitest";
import { loadPrompts } from "../../../src/prompt/template.ts";
import { TRAINED_PREFIX } from "../../../src/prompt/trained.ts";

it("adapters are trained with the prefix that focus has of its own, so that their chunks are read once", async () => {
  const { prefix } = await loadPrompts(undefined);
  expect(prefix).toBe(TRAINED_PREFIX);
});
