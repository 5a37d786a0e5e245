import { expect, it } from "vitest";
import { detailLines } from "../../src/format/details.ts";

it("names models and the time of every stage", () => {
  const reader = { name: "tiny", path: "/models/tiny.gguf", fingerprint: "0", trainedContextTokens: 8192 };
  const timings = { loadMs: 1234, firstTokenMs: 60, totalMs: 2000 };
  expect(detailLines({ models: { reader }, timings })).toEqual([
    "reader: tiny, trained for 8,192 tokens, /models/tiny.gguf",
    "time: load 1.23 s, first token 0.06 s, total 2.00 s",
  ]);
});
