import { expect, it } from "vitest";
import { adviseThorough } from "../../src/cli/further.ts";

it("says what is left to read where an answer is not sure", () => {
  const coverage = { chunks: { total: 153, condensed: 64 } };
  const advice = "89 chunks were searched, but not read under the question: --thorough reads them, too";
  for (const verdict of ["uncertain", "absent"] as const)
    expect(adviseThorough({ verdict, coverage })).toBe(advice);
  expect(adviseThorough({ verdict: "answered", coverage })).toBeUndefined();
  const all = { chunks: { total: 64, condensed: 64 } };
  expect(adviseThorough({ verdict: "uncertain", coverage: all })).toBeUndefined();
});
