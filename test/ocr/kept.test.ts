import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { KeptTexts } from "../../src/ocr/kept.ts";

describe("recognised texts that are kept", () => {
  let dir = "";
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), "focus-kept-"));
  });
  afterEach(() => rm(dir, { recursive: true }));

  it("are counted with their bytes, and are none once they are deleted", async () => {
    const kept = new KeptTexts(join(dir, "recognised"));
    expect(await kept.tally()).toEqual({ files: 0, bytes: 0 });
    const keys = ["a picture", "another"].map((picture) => KeptTexts.key(Buffer.from(picture), ["eng"]));
    for (const key of keys) await kept.put(key, { text: "12 mg", confidence: 91 });
    const bytes = JSON.stringify({ text: "12 mg", confidence: 91 }).length;
    expect(await kept.tally()).toEqual({ files: 2, bytes: 2 * bytes });
    await kept.clear();
    expect(await kept.tally()).toEqual({ files: 0, bytes: 0 });
  });
});
