import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { tempFolder } from "../helpers/temp-folder.ts";
import { focus } from "./spawn-focus.ts";

describe("focus config", () => {
  it("sets what get then says, and list says where it came from", async () => {
    const [home, cwd] = [await tempFolder(), await tempFolder()];
    const env = { FOCUS_HOME: home };
    const set = await focus(["config", "set", "chunk", "256"], { cwd, env });
    const path = join(home, "focus.toml");
    expect(set).toMatchObject({ code: 0, stdout: "", stderr: `set chunk in ${path}\n` });
    expect(await readFile(path, "utf8")).toBe("chunk = 256\n");
    expect((await focus(["config", "path"], { cwd, env })).stdout).toBe(`${path}\n`);
    expect((await focus(["config", "get", "chunk"], { cwd, env })).stdout).toBe("256\n");
    const { stdout } = await focus(["config", "list", "--json"], { cwd, env });
    const { command, settings } = JSON.parse(stdout);
    expect(command).toBe("config list");
    expect(settings).toContainEqual({ key: "chunk", value: 256, origin: `${path}: chunk` });
    expect(settings).toContainEqual({ key: "model", value: null, origin: "default" });
  });

  it("says when something else wins over what was set", async () => {
    const cwd = await tempFolder();
    const env = { FOCUS_CHUNK: "128" };
    const { code, stderr } = await focus(["config", "set", "chunk", "256"], { cwd, env });
    expect([code, stderr]).toEqual([0, expect.stringContaining("FOCUS_CHUNK says otherwise here")]);
  });

  it("refuses what is no setting or no value of it, and writes nothing", async () => {
    const cwd = await tempFolder();
    const unknown = await focus(["config", "set", "chunck", "256"], { cwd });
    expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining("did you mean chunk?")]);
    const bad = await focus(["config", "set", "chunk", "12"], { cwd });
    expect([bad.code, bad.stderr]).toEqual([2, expect.stringContaining("expected a whole number from 64")]);
    expect((await focus(["config", "get", "chunk"], { cwd })).stdout).toBe("512\n");
  });
});
