import { expect, it } from "vitest";
import { TRAINED_PREFIX } from "../../../src/engine/candidates/prompt.ts";
import { loadPrompts } from "../../../src/prompt/template.ts";

it("adapters are trained with the prefix that focus has of its own, so that their chunks are read once", async () => {
  const { prefix } = await loadPrompts(undefined);
  expect(prefix).toBe(TRAINED_PREFIX);
});
