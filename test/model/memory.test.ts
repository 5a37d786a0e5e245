import { totalmem } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Backend } from "../../src/model/backend.ts";
import { availableMemoryBytes, estimateBytes, refuseUnlessFits } from "../../src/model/memory.ts";
import { readMetadata } from "../../src/model/metadata.ts";
import { tempFolder } from "../helpers/temp-folder.ts";
import { makeModel } from "./make-gguf.ts";

// Only asked whether it has a GPU.
const CPU = { llama: { gpu: false } } as unknown as Backend;

async function tinyMetadata() {
  return readMetadata(join(await tempFolder({ "tiny.gguf": makeModel("llama") }), "tiny.gguf"));
}

describe("memory", () => {
  it("grows by the KV rows of each token", async () => {
    const metadata = await tinyMetadata();
    const grown = estimateBytes(metadata, 5000) - estimateBytes(metadata, 4000);
    expect(grown).toBeCloseTo(1000 * metadata.kvBytesPerToken, 3);
  });

  it("finds some, and no more than there is", () => {
    expect(availableMemoryBytes()).toBeGreaterThan(1e6);
    expect(availableMemoryBytes()).toBeLessThanOrEqual(totalmem());
  });

  it("lets a model load that fits", async () => {
    await refuseUnlessFits(await tinyMetadata(), { backend: CPU, contextTokens: 1024 });
  });

  it("refuses one that cannot fit, with what it needs and what is free", async () => {
    const metadata = { ...(await tinyMetadata()), fileBytes: 9e12 };
    await expect(refuseUnlessFits(metadata, { backend: CPU, contextTokens: 1024 })).rejects.toMatchObject({
      name: "ModelError",
      message: expect.stringMatching(
        /tiny\.gguf needs about 9540\.1 GB of memory with a window of 1024 tokens, and \d+\.\d GB are free$/u,
      ),
      hint: expect.stringContaining("choose a smaller model"),
    });
  });
});
