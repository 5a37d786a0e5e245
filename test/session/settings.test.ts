import { expect, it } from "vitest";
import { askSettings, resolveSettings } from "../../src/session/settings.ts";

it("tells what somebody chose from the same value by default", () => {
  const session = resolveSettings({});
  expect([session.condenseChunks, session.isCondenseChosen]).toEqual([32, false]);
  expect(resolveSettings({ condenseChunks: 32 }).isCondenseChosen).toBe(true);
  expect(askSettings(session, { condenseChunks: 32 }).isCondenseChosen).toBe(true);
  expect(askSettings(session, { budgetTokens: 1024 }).isCondenseChosen).toBe(false);
});
