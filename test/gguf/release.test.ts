import { expect, it } from "vitest";
import { openBackend } from "../../src/model/backend.ts";
import { engineRelease } from "../../src/model/release.ts";

it("the engine's release is known without loading it", async () => {
  await using backend = await openBackend({ gpu: "off", threads: 1, onLog: () => undefined });
  expect(await engineRelease()).toBe(backend.release);
});
