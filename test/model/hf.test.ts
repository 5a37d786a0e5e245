import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import { fetchFromHub, isHubUri } from "../../src/model/sources/hf.ts";
import { tempFolder } from "../helpers/temp-folder.ts";
import { makeModel } from "./make-gguf.ts";
import { modelServer } from "./model-server.ts";

const MODEL = makeModel("llama", { padding: "x".repeat(100_000) });
const SHA256 = createHash("sha256").update(MODEL).digest("hex");
const URI = "hf:user/some-GGUF/model.gguf";

/** node-llama-cpp and focus take the hub's address from here: a mirror on this machine. */
function useMirror(address: string): void {
  const { MODEL_ENDPOINT } = process.env;
  Object.assign(process.env, { MODEL_ENDPOINT: address });
  onTestFinished(() => {
    if (MODEL_ENDPOINT === undefined) Reflect.deleteProperty(process.env, "MODEL_ENDPOINT");
    else Object.assign(process.env, { MODEL_ENDPOINT });
  });
}

async function fetchInto(workDir: string, sha256?: string) {
  const transfer = { workDir, signal: new AbortController().signal, onProgress: () => undefined };
  return fetchFromHub({ kind: "hf", uri: URI, ...(sha256 === undefined ? {} : { sha256 }) }, transfer);
}

describe("fetchFromHub", () => {
  it("downloads from a mirror, and says the hash of what came", async () => {
    const { url } = await modelServer({ body: MODEL });
    useMirror(new URL("/", url).href);
    const { paths, sha256 } = await fetchInto(await tempFolder(), SHA256);
    expect(sha256).toBe(SHA256);
    expect((await readFile(paths[0] ?? "")).equals(MODEL)).toBe(true);
  });

  it("refuses a page", async () => {
    const { url } = await modelServer({ body: Buffer.from("<html>please log in</html>") });
    useMirror(new URL("/", url).href);
    await expect(fetchInto(await tempFolder())).rejects.toMatchObject({
      name: "ModelError",
      message: `${URI} is not a GGUF file: it starts with "<htm"`,
    });
  });

  it("gives up at once, and leaves nothing, when the hub cannot be reached", async () => {
    const { url, close } = await modelServer({ body: MODEL });
    close();
    useMirror(new URL("/", url).href);
    const workDir = await tempFolder();
    const started = performance.now();
    await expect(fetchInto(workDir)).rejects.toMatchObject({
      name: "ModelError",
      message: expect.stringMatching(/^the hub cannot be reached: .+: the connection was refused$/u),
      hint: expect.stringContaining("HF_ENDPOINT"),
    });
    expect(performance.now() - started).toBeLessThan(5000);
    expect(await readdir(workDir)).toEqual([]);
  });
});

describe("isHubUri", () => {
  it.each([
    ["hf:user/model:Q4_K_M", true],
    ["https://huggingface.co/user/model/resolve/main/x.gguf", true],
    ["huggingface:user/model", true],
    ["https://example.com/hf.co/x.gguf", false],
    ["hf-model", false],
  ])("%s: %s", (text, expected) => {
    expect(isHubUri(text)).toBe(expected);
  });
});
