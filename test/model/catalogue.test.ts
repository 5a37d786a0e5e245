import { describe, expect, it } from "vitest";
import { CATALOGUE, DEFAULT_MODEL, findModel } from "../../src/model/catalogue.ts";
import { recommendWriter } from "../../src/model/recommend.ts";
import { parseWanted } from "../../src/model/wanted.ts";

describe("the catalogue", () => {
  it("has each name once, in small letters that are safe as a file's name", () => {
    const names = CATALOGUE.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[a-z0-9][a-z0-9.-]*$/u);
  });

  it.each(CATALOGUE.map((model) => [model.name, model] as const))("is plausible about %s", (_, model) => {
    // Four to eight bits a parameter, and embeddings that count once or twice.
    expect(model.bytes / model.parameters).toBeGreaterThan(0.5);
    expect(model.bytes / model.parameters).toBeLessThan(1.1);
    expect(model.kvBytesPerToken % 512).toBe(0);
    expect(model.sources.length).toBeGreaterThan(0);
    expect(model.roles).toContain("writer");
    expect(model.licence).not.toBe("");
  });

  it("pins exact bytes and the hash of the first source together", () => {
    for (const { sha256, bytes, sources } of CATALOGUE) {
      expect(sources[0]?.sha256).toBe(sha256);
      if (sha256 === undefined) continue;
      expect(sha256).toMatch(/^[0-9a-f]{64}$/u);
      expect(bytes % 32).toBe(0);
    }
  });

  it("names wheels with an exact version, each once", () => {
    const wheels = CATALOGUE.flatMap(({ sources }) => sources).flatMap((source) =>
      source.kind === "pypi" ? source.wheels : [],
    );
    for (const { requirement } of wheels) expect(requirement).toMatch(/^[a-z0-9-]+==\d+(\.\d+)+$/u);
    expect(new Set(wheels.map(({ requirement }) => requirement)).size).toBe(wheels.length);
  });

  it("is found by a name in any letters", () => {
    expect(findModel("SmolLM2-135M")?.name).toBe(DEFAULT_MODEL);
    expect(findModel("smollm2")).toBeUndefined();
  });

  it("has a default that reads and writes", () => {
    expect(findModel(DEFAULT_MODEL)?.roles).toEqual(["reader", "writer"]);
  });
});

describe("recommendWriter", () => {
  it("names the default when nothing fits, and a larger model the more memory there is", () => {
    expect(recommendWriter(0).name).toBe(DEFAULT_MODEL);
    let parameters = 0;
    for (let gigabytes = 1; gigabytes <= 64; gigabytes *= 2) {
      const found = recommendWriter(gigabytes * 1e9);
      expect(found.parameters).toBeGreaterThanOrEqual(parameters);
      parameters = found.parameters;
    }
    const measured = CATALOGUE.filter(({ sha256 }) => sha256 !== undefined);
    expect(parameters).toBe(Math.max(...measured.map((model) => model.parameters)));
  });
});

describe("parseWanted", () => {
  it.each([
    ["smollm2-135m", "smollm2-135m"],
    ["SMOLLM2-135M", "smollm2-135m"],
    ["hf:user/some-GGUF:Q4_K_M", "some-GGUF-Q4_K_M-"],
    ["hf:user/some-GGUF/deep/model.Q8_0.gguf", "model.Q8_0-"],
    ["https://huggingface.co/user/repo/resolve/main/x.gguf", "x-"],
    ["https://example.com/models/model.gguf?download=true", "model-"],
    ["https://example.com/", "example.com-"],
    ["HTTPS://example.com/a%20b.gguf", "a-20b-"],
  ])("calls %s %s", (text, name) => {
    const wanted = parseWanted(text);
    if (wanted.kind !== "pullable") throw new Error(`${text} is taken for a ${wanted.kind}`);
    expect(wanted.name.startsWith(name)).toBe(true);
    expect(wanted.name).toMatch(/^[A-Za-z0-9][A-Za-z0-9._-]*$/u);
  });

  it("gives the same name each time, and another for another address of the same file's name", () => {
    const nameOf = (text: string) => {
      const wanted = parseWanted(text);
      return wanted.kind === "pullable" ? wanted.name : undefined;
    };
    expect(nameOf("https://a.example/model.gguf")).toBe(nameOf("https://a.example/model.gguf"));
    expect(nameOf("https://a.example/model.gguf")).not.toBe(nameOf("https://b.example/model.gguf"));
  });

  it("tells names from paths, and knows ~ where no shell has seen it", () => {
    expect(parseWanted("my-model")).toEqual({ kind: "name", name: "my-model" });
    for (const path of ["my-model.gguf", "./my-model", "models/x", "~/x.gguf"]) {
      expect(parseWanted(path).kind).toBe("path");
    }
    expect(parseWanted("~/x.gguf")).not.toMatchObject({ path: expect.stringContaining("~") });
  });

  it("refuses plain http from anywhere but this machine", () => {
    expect(() => parseWanted("http://example.com/x.gguf")).toThrow(/plain http/u);
    expect(() => parseWanted("https://")).toThrow(/not an address/u);
    expect(parseWanted("http://127.0.0.1:1/x.gguf").kind).toBe("pullable");
  });

  it("refuses a password in an address, and says none of it", () => {
    const refused =
      /^https:\/\/example\.com\/x\.gguf is not pulled: a name and a password stand in its address$/u;
    expect(() => parseWanted("https://user:abc@example.com/x.gguf?key=def")).toThrow(refused);
    expect(() => parseWanted("http://example.com/x.gguf?key=def")).toThrow(
      /^http:\/\/example\.com\/x\.gguf is/u,
    );
    expect(() => parseWanted("https://user:a/b@example.com/x.gguf")).toThrow(
      "https://example.com/x.gguf is not an address",
    );
  });
});
