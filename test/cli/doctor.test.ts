import { describe, expect, it } from "vitest";
import { tempFolder } from "../helpers/temp-folder.ts";
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
    expect(settings).toContainEqual({ key: "condense", value: 128, origin: "default" });
    expect(stdout).not.toContain("secret");
    expect(code).toBe(0);
  });

  it("exits with the code of what fails, and says what to do", async () => {
    const cwd = await tempFolder({ file: "in the way" });
    const { code, stdout } = await focus(["doctor"], { cwd, env: { FOCUS_CACHE_DIR: "file" } });
    expect(stdout).toMatch(/^fail {2}kv store .*\n +set FOCUS_CACHE_DIR to another folder$/mu);
    expect(code).toBe(6);
  });
});
