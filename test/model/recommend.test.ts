import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { findModel } from "../../src/model/catalogue.ts";
import { installedWriter, setupWriters } from "../../src/model/recommend.ts";
import { tempFolder } from "../helpers/temp-folder.ts";
import { makeModel } from "./make-gguf.ts";

const PLENTY = 64e9;

async function folderWith(...names: readonly string[]): Promise<string> {
  return tempFolder(Object.fromEntries(names.map((name) => [`${name}.gguf`, makeModel("llama")])));
}

describe("installedWriter", () => {
  it.each([
    { here: [], best: undefined },
    { here: ["smollm2-135m"], best: undefined },
    { here: ["a-model-that-nobody-knows"], best: undefined },
    { here: ["qwen2.5-0.5b", "smollm2-135m", "qwen2.5-1.5b"], best: "qwen2.5-1.5b" },
    { here: ["qwen2.5-coder-1.5b", "qwen2.5-1.5b"], best: "qwen2.5-1.5b" },
    { here: ["qwen2.5-coder-1.5b", "llama-3.2-1b"], best: "llama-3.2-1b" },
    { here: ["qwen2.5-coder-1.5b", "qwen2.5-0.5b"], best: "qwen2.5-coder-1.5b" },
  ])("of $here takes $best", async ({ here, best }) => {
    expect((await installedWriter(await folderWith(...here), PLENTY))?.name).toBe(best);
  });

  it("leaves what is damaged, and what does not fit", async () => {
    const dir = await folderWith("qwen2.5-0.5b", "qwen3-4b");
    await writeFile(join(dir, "qwen3-4b.gguf"), "GGUF, but no more");
    expect((await installedWriter(dir, PLENTY))?.name).toBe("qwen2.5-0.5b");
    expect(await installedWriter(dir, 1e9)).toBeUndefined();
  });
});

describe("setupWriters", () => {
  it("tries a general model before one of code, and only what fits", () => {
    const names = setupWriters(PLENTY).map(({ name }) => name);
    expect(names[0]).toBe("qwen2.5-1.5b");
    expect(setupWriters(2e9).every(({ parameters }) => parameters < 1e9)).toBe(true);
    expect(setupWriters(0)).toEqual([]);
    for (const name of names) expect(findModel(name)?.roles).toContain("writer");
  });
});
