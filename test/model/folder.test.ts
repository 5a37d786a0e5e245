import { access, readdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { listModels, modelPath, pullModel, removeModel } from "../../src/model/files.ts";
import { tempFolder } from "../helpers/temp-folder.ts";
import { makeGguf, makeModel, modelValues } from "./make-gguf.ts";
import { modelServer } from "./model-server.ts";

const MODEL = makeModel("llama");

function splitPart(number: number): Buffer {
  return makeGguf({ values: { ...modelValues("llama"), "split.no": number, "split.count": 2 } });
}

describe("listModels", () => {
  it("is empty where there is no folder", async () => {
    expect(await listModels(join(await tempFolder(), "none"))).toEqual([]);
  });

  it("tells whole models from those with something wrong", async () => {
    const dir = await tempFolder({
      "b.gguf": MODEL,
      "a.gguf": MODEL.subarray(0, MODEL.length - 32),
      "page.gguf": "<html>",
      "s-00001-of-00002.gguf": splitPart(0),
      "notes.txt": "not a model",
    });
    const models = await listModels(dir);
    expect(models.map(({ name, bytes, problem }) => [name, bytes, problem !== undefined])).toEqual([
      ["a", MODEL.length - 32, true],
      ["b", MODEL.length, false],
      ["page", 6, true],
      ["s", splitPart(0).length, true],
    ]);
    expect(models[0]?.problem).toContain(`but the file has ${MODEL.length - 32} bytes`);
    expect(models[3]?.problem).toContain("s-00002-of-00002.gguf cannot be opened");
  });
});

describe("removeModel", () => {
  it("deletes a model, all parts of a split one, and what an unfinished pull left", async () => {
    const dir = await tempFolder({
      "smollm2-135m.gguf": MODEL,
      ".pull/smollm2-135m/part1.whl": "12345",
      "m-00001-of-00002.gguf": splitPart(0),
      "m-00002-of-00002.gguf": splitPart(1),
      "other.gguf": MODEL,
    });
    expect(await removeModel("smollm2-135m", dir)).toEqual({
      path: join(dir, "smollm2-135m.gguf"),
      bytes: MODEL.length + 5,
    });
    await removeModel("m", dir);
    expect((await readdir(dir)).sort()).toEqual([".pull", "other.gguf"]);
    expect(await readdir(join(dir, ".pull"))).toEqual([]);
  });

  it("deletes an unfinished pull alone", async () => {
    const dir = await tempFolder({ ".pull/smollm2-135m/part1.whl": "12345" });
    expect((await removeModel("smollm2-135m", dir)).bytes).toBe(5);
    await expect(removeModel("smollm2-135m", dir)).rejects.toThrow(
      "smollm2-135m is not in the models folder",
    );
  });

  it.each(["", ".", "..", "/", "../x.gguf", "nonesuch", "*"])("deletes nothing for %j", async (name) => {
    const folder = await tempFolder({ "x.gguf": MODEL, "models/x.gguf": MODEL, "models/.pull/y/z": "" });
    await expect(removeModel(name, join(folder, "models"))).rejects.toMatchObject({ name: "ModelError" });
    await access(join(folder, "x.gguf"));
    await access(join(folder, "models", "x.gguf"));
    await access(join(folder, "models", ".pull", "y", "z"));
  });

  it("does not take a path for the model of the same name", async () => {
    const folder = await tempFolder({ "x.gguf": MODEL, "models/x.gguf": MODEL });
    const dir = join(folder, "models");
    const outside = join(folder, "x.gguf");
    for (const refused of [removeModel(outside, dir), modelPath(outside, dir)]) {
      await expect(refused).rejects.toMatchObject({
        name: "ModelError",
        message: `${outside} does not lie in the models folder, ${dir}`,
      });
    }
    expect((await removeModel(join(dir, "x.gguf"), dir)).path).toBe(join(dir, "x.gguf"));
  });

  it("leaves a model alone that is being pulled", async () => {
    const server = await modelServer({
      body: makeModel("llama", { padding: "x".repeat(300_000) }),
      delayMs: 20,
    });
    const dir = await tempFolder();
    let started = (): void => undefined;
    const first = new Promise<void>((resolve) => {
      started = resolve;
    });
    const pulling = pullModel(server.url, { dir, onProgress: () => started() });
    await first;
    await expect(removeModel(server.url, dir)).rejects.toThrow(`is being pulled by process ${process.pid}`);
    await access((await pulling).path);
  });
});

describe("modelPath", () => {
  it("says where a model lies, or how to get it", async () => {
    const dir = await tempFolder({ "smollm2-135m.gguf": MODEL });
    expect(await modelPath("smollm2-135m", dir)).toBe(join(dir, "smollm2-135m.gguf"));
    await expect(modelPath("qwen3-4b", dir)).rejects.toMatchObject({ hint: "focus model pull qwen3-4b" });
    await expect(modelPath("nonesuch", dir)).rejects.toMatchObject({ name: "ModelError" });
  });
});
