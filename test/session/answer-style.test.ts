import { expect, it } from "vitest";
import { defaultAskBudget } from "../../src/session/answer-style.ts";
import { FAKE_CONDENSER } from "../helpers/fake-engine.ts";
import { fakeModel } from "../helpers/fake-model.ts";

const told = { answerStyle: "write", condenser: FAKE_CONDENSER, chunkTokens: 512 } as const;
const tiny = fakeModel({ fileBytes: 100e6 });
const small = fakeModel({ fileBytes: 400e6 });
const large = fakeModel({ fileBytes: 1100e6 });

it("gives a small writer two chunks where a condenser tells it what was found, and a larger one more", () => {
  expect(defaultAskBudget(small, told)).toBe(1024);
  expect(defaultAskBudget(small, { ...told, condenser: undefined })).toBe(2048);
  expect(defaultAskBudget(small, { ...told, answerStyle: "quote" })).toBe(2048);
  expect(defaultAskBudget(large, told)).toBe(2048);
  expect(defaultAskBudget(tiny, told)).toBe(768);
});
