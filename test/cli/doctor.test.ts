import { describe, expect, it } from "vitest";
import { tempFolder } from "../helpers/temp-folder.ts";
import { makeModel } from "../model/make-gguf.ts";
import { focus } from "./spawn-focus.ts";

describe("focus doctor", () => {
  it("prints checks and settings with their origin as JSON", async () => {
    const cwd = await tempFolder({ "focus.toml": "chunk = 256\n" });
    const env = { FOCUS_THREADS: "2", FOCUS_PASSWORD: "secret" };
    const { code, stdout } = await focus(["doctor", "--json", "--gpu", "off"], { cwd, env });
    const { version, command, checks, settings } = JSON.parse(stdout);
    expect([version, command]).toEqual([1, "doctor"]);
    const names = checks.map(({ name }: { name: string }) => name);
    expect(names).toEqual(["node", "processor", "memory", "device", "pdf parser", "models", "kv store"]);
    expect(settings).toContainEqual({ key: "chunk", value: 256, origin: "focus.toml: chunk" });
    expect(settings).toContainEqual({ key: "threads", value: 2, origin: "FOCUS_THREADS" });
    expect(settings).toContainEqual({ key: "gpu", value: "off", origin: "--gpu" });
    expect(settings).toContainEqual({ key: "condense", value: 32, origin: "default" });
    expect(stdout).not.toContain("secret");
    expect(code).toBe(0);
  });

  it("exits with the code of what fails, and says what to do", async () => {
    const cwd = await tempFolder({ file: "in the way" });
    const { code, stdout } = await focus(["doctor"], { cwd, env: { FOCUS_CACHE_DIR: "file" } });
    expect(stdout).toMatch(/^fail {2}kv store .*\n +set FOCUS_CACHE_DIR to another folder$/mu);
    expect(code).toBe(6);
  });

  /** Its line about models, and the hint below. */
  async function doctorOn(
    files: Readonly<Record<string, Uint8Array>>,
    env: Readonly<Record<string, string>>,
  ) {
    const cwd = await tempFolder(files);
    const { code, stdout } = await focus(["doctor", "--json", "--gpu", "off"], { cwd, env });
    const checks: readonly Record<string, unknown>[] = JSON.parse(stdout).checks;
    return { code, ...checks.find(({ name }) => name === "models") };
  }

  it("looks at the model and the reader of the settings, and for the default only where it is used", async () => {
    const own = { "models/own.gguf": makeModel("llama") };
    const offline = { FOCUS_OFFLINE: "1", FOCUS_MODEL: "own" };
    expect(await doctorOn(own, { ...offline, FOCUS_READER: "same" })).toMatchObject({
      code: 0,
      status: "ok",
    });
    expect(await doctorOn(own, offline)).toMatchObject({
      code: 5,
      detail: expect.stringContaining("smollm2-135m is not on this machine"),
    });
    expect(await doctorOn(own, { FOCUS_MODEL: "qwen3-4b", FOCUS_READER: "own" })).toMatchObject({
      code: 0,
      status: "warn",
      hint: "focus model pull qwen3-4b",
    });
  });

  it("fails for a model that there is not, and for a reader that cannot read", async () => {
    expect(await doctorOn({}, { FOCUS_MODEL: "nope" })).toMatchObject({
      code: 5,
      status: "fail",
      detail: 'there is no model called "nope"',
    });
    expect(await doctorOn({}, { FOCUS_READER: "gemma-3-1b" })).toMatchObject({
      code: 5,
      detail: "gemma-3-1b cannot be the reader",
    });
    const files = { "models/own.gguf": makeModel("gemma3", { "gemma3.attention.sliding_window": 512 }) };
    expect(await doctorOn(files, { FOCUS_READER: "own" })).toMatchObject({
      code: 5,
      detail: expect.stringContaining("own.gguf cannot be the reader: this model"),
    });
  });
});
