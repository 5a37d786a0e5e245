import { copyFile, stat, truncate } from "node:fs/promises";
import { join } from "node:path";
import { readGgufFileInfo } from "node-llama-cpp";
import { describe, expect, it } from "vitest";
import { requireReader } from "../../src/model/architecture.ts";
import { type Backend, openBackend } from "../../src/model/backend.ts";
import { fingerprint } from "../../src/model/fingerprint.ts";
import { readHeader } from "../../src/model/gguf/gguf-header.ts";
import { loadModel } from "../../src/model/gguf-model.ts";
import { estimateBytes } from "../../src/model/memory.ts";
import { readMetadata } from "../../src/model/metadata.ts";
import { tempFolder } from "../helpers/temp-folder.ts";

const { FOCUS_TEST_MODEL: PATH = "" } = process.env;

function open(): Promise<Backend> {
  return openBackend({ gpu: "off", threads: 1, onLog: () => undefined });
}

describe("a real GGUF", () => {
  it("has the header that node-llama-cpp reads: tensors, their places and types, where they begin", async () => {
    const ours = readHeader(PATH);
    const theirs = await readGgufFileInfo(PATH, { logWarnings: false });
    expect(ours.headerBytes).toBe(theirs.infoEndOffset);
    expect(ours.tensors.map(({ name, type, offset }) => [name, type, offset])).toEqual(
      theirs.tensorInfo?.map(({ name, ggmlType, fileOffset }) => [name, ggmlType, fileOffset]),
    );
    const { offset, bytes = 0 } = ours.tensors.reduce((a, b) => (b.offset > a.offset ? b : a));
    expect(offset + bytes).toBe(ours.fileBytes);
  });

  it("is described as the model is, and may read", async () => {
    const metadata = await readMetadata(PATH);
    expect(metadata).toMatchObject({
      architecture: "llama",
      nLayers: 30,
      nKvHeads: 3,
      headDim: 64,
      valueDim: 64,
      vocabularyTokens: 49_152,
      trainedContextTokens: 8192,
      kvBytesPerToken: 23_040,
      rope: { pairing: "norm", headDim: 64, dimensionCount: 64, base: 100_000, linearScale: 1 },
    });
    requireReader(metadata);
  });

  it("takes about the memory that was estimated", async () => {
    await using backend = await open();
    const { signal } = new AbortController();
    await using model = await loadModel(backend, { path: PATH, name: "test", contextTokens: 4096, signal });
    await using _pool = await model.openPool({ sequences: 1, contextTokens: 4096, sliceTokens: 512 });
    const { cpuRam } = await backend.llama.getLlamaMemoryUsage();
    const estimate = estimateBytes(model.metadata, 4096);
    expect(estimate).toBeGreaterThan(cpuRam);
    expect(estimate).toBeLessThan(1.6 * cpuRam);
  });

  it("opens no context that cannot fit into memory, and says so", async () => {
    await using backend = await open();
    const { signal } = new AbortController();
    await using model = await loadModel(backend, { path: PATH, name: "test", contextTokens: 4096, signal });
    const opening = model.openPool({ sequences: 1, contextTokens: 20_000_000, sliceTokens: 256 });
    await expect(opening).rejects.toMatchObject({
      name: "ModelError",
      message: expect.stringContaining("no context of 20000000 tokens"),
    });
  });

  it("is refused when its last byte is missing, before llama.cpp sees it", async () => {
    await using backend = await open();
    const path = join(await tempFolder(), "cut.gguf");
    await copyFile(PATH, path);
    const whole = await fingerprint(path);
    expect(whole).toBe(await fingerprint(PATH));
    const { size } = await stat(path);
    await truncate(path, size - 1);
    const { signal } = new AbortController();
    await expect(loadModel(backend, { path, name: "cut", contextTokens: 512, signal })).rejects.toMatchObject(
      {
        name: "ModelError",
        message: expect.stringContaining(`but the file has ${size - 1} bytes`),
      },
    );
  });
});
