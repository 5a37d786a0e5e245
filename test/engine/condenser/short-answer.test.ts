import { expect, it } from "vitest";
import { answerText } from "../../../src/engine/condenser/short-answer.ts";

it.each([
  [" none", ""],
  ["None.", ""],
  ["1.1. none", ""],
  ["(3) none none", ""],
  ["nonetheless", "nonetheless"],
  [" Um", ""],
  ["Uh , um ...", ""],
  ["Um the wheel", "Um the wheel"],
  ["Hum", "Hum"],
  ["none of the tenants", "none of the tenants"],
  ["copyright\n\tor  copies ", "copyright or copies"],
])("%j is told as %j", (said, text) => {
  expect(answerText(said, false)).toBe(text);
});

it("leaves out the last word of what goes on, which may be half of one", () => {
  expect(answerText("cross-claims, counter-claims, and cross-", true)).toBe(
    "cross-claims, counter-claims, and …",
  );
  expect(answerText("none none none", true)).toBe("");
  expect(answerText("港の灯は十月に\ufffd", true)).toBe("港の灯は十月に …");
});

it("reads what a model says in circles at once", () => {
  const startMs = performance.now();
  expect(answerText(`${"none ".repeat(31)}x`, false)).toMatch(/x$/u);
  expect(performance.now() - startMs).toBeLessThan(500);
});
