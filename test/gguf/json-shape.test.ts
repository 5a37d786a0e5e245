import { expect, it } from "vitest";
import { openBackend } from "../../src/model/backend.ts";
import { loadModel } from "../../src/model/gguf-model.ts";
import type { JsonShape } from "../../src/model/language-model.ts";

const { FOCUS_TEST_MODEL: MODEL = "" } = process.env;
const SHAPE: JsonShape = {
  type: "array",
  items: {
    type: "object",
    properties: { name: { type: "string" }, age: { oneOf: [{ type: "integer" }, { type: "null" }] } },
  },
};

it("a model writes JSON of the shape that is asked for, behind what it holds", async () => {
  const signal = new AbortController().signal;
  await using backend = await openBackend({ gpu: "off", threads: 1, onLog: () => undefined });
  const model = await loadModel(backend, { path: MODEL, name: "test", contextTokens: 256, signal });
  await using pool = await model.openPool({ sequences: 1, contextTokens: 256, sliceTokens: 64 });
  const json = await pool.lend(async (sequence) => {
    const tokens = model.tokenize("Ada is 36 years old. Grace is 85.\n\nAs JSON:\n");
    await sequence.prefill(tokens.subarray(0, -1), { signal });
    const out: number[] = [];
    const last = tokens.at(-1) ?? 0;
    for await (const token of sequence.generate(last, { signal, maxTokens: 60, shape: SHAPE }))
      out.push(token);
    return model.detokenize(out);
  });
  expect(json).toMatch(
    /^\s*\[\s*(?:\{\s*"name"\s*:\s*"[^"]*"(?:\s*,\s*"age"\s*:\s*(?:-?\d+|null)\s*\})?|\])/u,
  );
});
