import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { listModels, pullModel, resolveModel } from "../../src/model/files.ts";
import { pull } from "../../src/model/sources/pull.ts";
import { parseWanted } from "../../src/model/wanted.ts";
import { tempFolder } from "../helpers/temp-folder.ts";
import { makeGguf, makeModel, modelValues } from "./make-gguf.ts";
import { modelServer } from "./model-server.ts";

const MODEL = makeModel("llama");

function splitPart(number: number): Buffer {
  return makeGguf({ values: { ...modelValues("llama"), "split.no": number, "split.count": 2 } });
}

describe("resolveModel", () => {
  it("finds a catalogue model that is here, in any letters, without a network", async () => {
    const dir = await tempFolder({ "smollm2-135m.gguf": MODEL });
    const found = await resolveModel("SmolLM2-135M", { dir, offline: true });
    expect(found).toMatchObject({ name: "smollm2-135m", path: join(dir, "smollm2-135m.gguf") });
    expect(found.catalogue?.name).toBe("smollm2-135m");
  });

  it("finds what the user put into the folder, by its name, with or without .gguf", async () => {
    const dir = await tempFolder({ "My-Model.gguf": MODEL });
    const expected = { name: "My-Model", path: join(dir, "My-Model.gguf") };
    for (const name of ["My-Model", "my-model", "My-Model.gguf"]) {
      expect(await resolveModel(name, { dir })).toEqual(expected);
    }
  });

  it("takes a path as it is", async () => {
    const folder = await tempFolder({ "x.gguf": MODEL, models: "" });
    const path = join(folder, "x.gguf");
    expect(await resolveModel(path, { dir: join(folder, "none") })).toEqual({ name: "x", path });
  });

  it("finds a split model by its stem", async () => {
    const dir = await tempFolder({
      "m-00001-of-00002.gguf": splitPart(0),
      "m-00002-of-00002.gguf": splitPart(1),
    });
    expect(await resolveModel("m", { dir })).toMatchObject({
      name: "m",
      path: join(dir, "m-00001-of-00002.gguf"),
    });
  });

  it.each(["smollm2-135m", "hf:user/some-GGUF:Q4_K_M", "https://example.com/x.gguf"])(
    "offline, says how to get %s",
    async (wanted) => {
      await expect(resolveModel(wanted, { dir: await tempFolder(), offline: true })).rejects.toMatchObject({
        name: "ModelError",
        exitCode: 5,
        message: expect.stringMatching(/is not on this machine, and offline nothing is pulled$/u),
        hint: `with a network, without --offline: focus model pull ${wanted}`,
      });
    },
  );

  it("offline, says what is wrong with a damaged model", async () => {
    const dir = await tempFolder({ "smollm2-135m.gguf": MODEL.subarray(0, 300) });
    await expect(resolveModel("smollm2-135m", { dir, offline: true })).rejects.toThrow(/is damaged: /u);
  });

  it.each([
    ["smolm2-135m", "did you mean smollm2-135m?"],
    ["qwen3:4b", "did you mean qwen3-4b?"],
    ["gemma-3b", "did you mean gemma-3-"],
    ["my-modle", "did you mean my-model?"],
    ["xyzzy", "focus model list"],
    ["", "focus model list"],
  ])("has a hint for the unknown name %j", async (name, hint) => {
    const dir = await tempFolder({ "my-model.gguf": MODEL });
    const error = await resolveModel(name, { dir }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: "ModelError", message: `there is no model called "${name}"` });
    expect(error).toMatchObject({ hint: expect.stringContaining(hint) });
  });

  it("refuses a path where nothing is", async () => {
    const dir = await tempFolder();
    await expect(resolveModel("./no/such.gguf", { dir })).rejects.toThrow("there is no file ./no/such.gguf");
  });
});

describe("pullModel", () => {
  it("pulls an address once, finds it again without a network, and leaves nothing else", async () => {
    const { url, seen } = await modelServer({ body: MODEL });
    const dir = join(await tempFolder(), "not", "yet", "there");
    const { path, name, sha256 } = await pullModel(url, { dir });
    expect((await readFile(path)).equals(MODEL)).toBe(true);
    expect(sha256).toMatch(/^[0-9a-f]{64}$/u);
    expect(await resolveModel(url, { dir, offline: true })).toEqual({ name, path });
    expect(await resolveModel(name, { dir, offline: true })).toEqual({ name, path });
    expect(seen.length).toBe(1);
    expect((await readdir(dir)).sort()).toEqual([".pull", `${name}.gguf`]);
    expect(await readdir(join(dir, ".pull"))).toEqual([]);
  });

  it("pulls again, and says so, when the file that is here is damaged", async () => {
    const { url } = await modelServer({ body: MODEL });
    const dir = await tempFolder();
    const { path } = await pullModel(url, { dir });
    await writeFile(path, MODEL.subarray(0, 300));
    const notices: string[] = [];
    await resolveModel(url, { dir, onNotice: (notice) => notices.push(notice) });
    expect((await readFile(path)).equals(MODEL)).toBe(true);
    expect(notices).toEqual([
      expect.stringMatching(/is damaged: .+; pulling it again$/u),
      expect.stringMatching(/^pulling \S+ from http/u),
      expect.stringMatching(/^pulled \S+ into /u),
    ]);
  });

  it("throws the signal's reason, leaves no model, and goes on from there the next time", async () => {
    const server = await modelServer({
      body: makeModel("llama", { padding: "x".repeat(300_000) }),
      delayMs: 5,
    });
    const dir = await tempFolder();
    const stop = new AbortController();
    const onProgress = () => stop.abort(new Error("enough"));
    await expect(pullModel(server.url, { dir, signal: stop.signal, onProgress })).rejects.toThrow("enough");
    expect(await listModels(dir)).toEqual([]);
    server.behave({ delayMs: 0 });
    const { path } = await pullModel(server.url, { dir });
    expect(server.seen.map(({ status }) => status)).toEqual([200, 206]);
    expect((await listModels(dir)).map((model) => [model.path, model.problem])).toEqual([[path, undefined]]);
  });

  it("takes the first source that answers, and says which did not", async () => {
    const { url: missing } = await modelServer({ body: MODEL, status: [404] });
    const { url } = await modelServer({ body: MODEL });
    const dir = await tempFolder();
    const notices: string[] = [];
    const wanted = {
      kind: "pullable",
      text: "m",
      name: "m",
      sources: [
        { kind: "https", url: missing },
        { kind: "https", url, sha256: "0".repeat(64) },
        { kind: "https", url },
      ],
    } as const;
    const { path } = await pull(wanted, { dir, onNotice: (notice) => notices.push(notice) });
    expect(path).toBe(join(dir, "m.gguf"));
    expect(notices).toEqual([
      `pulling m from ${missing}`,
      `${missing}: the server answered 404 Not Found; trying ${url}`,
      expect.stringMatching(/ has SHA-256 .+: it was not kept; trying http/u),
      `pulled m into ${dir}`,
    ]);
  });

  it("says all reasons when no source answers", async () => {
    const { url } = await modelServer({ body: MODEL, status: [404, 403] });
    const source = { kind: "https", url } as const;
    const wanted = { kind: "pullable", text: "m", name: "m", sources: [source, source] } as const;
    await expect(pull(wanted, { dir: await tempFolder() })).rejects.toThrow(
      /^m could not be pulled from any of its sources: .+404 Not Found; .+403 Forbidden$/u,
    );
  });

  it("refuses a folder that cannot be made", async () => {
    const folder = await tempFolder({ "a-file": "" });
    await expect(
      pullModel("https://example.com/x.gguf", { dir: join(folder, "a-file") }),
    ).rejects.toMatchObject({
      name: "ModelError",
      message: expect.stringContaining("a part of its path is a file"),
      hint: expect.stringContaining("FOCUS_HOME"),
    });
  });

  it("refuses what cannot be pulled", async () => {
    const dir = await tempFolder();
    await expect(pullModel("nonesuch", { dir })).rejects.toThrow('there is no model called "nonesuch"');
    await expect(pullModel("./x.gguf", { dir })).rejects.toThrow("there is no file ./x.gguf");
  });
});

describe("a split model from the hub", () => {
  it("is told by its name as it will lie in the folder", async () => {
    const wanted = parseWanted("hf:user/big-GGUF:Q8_0");
    const dir = await tempFolder();
    const name = wanted.kind === "path" ? "" : wanted.name;
    await mkdir(dir, { recursive: true });
    await writeFile(join(dir, `${name}-00001-of-00002.gguf`), splitPart(0));
    await writeFile(join(dir, `${name}-00002-of-00002.gguf`), splitPart(1));
    expect((await resolveModel("hf:user/big-GGUF:Q8_0", { dir, offline: true })).name).toBe(name);
  });
});
