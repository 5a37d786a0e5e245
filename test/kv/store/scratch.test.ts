import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, utimes, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { Scratch } from "../../../src/kv/store/scratch.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";

afterEach(() => vi.unstubAllEnvs());

describe("a scratch folder", () => {
  it("is gone with its files when it is closed", async () => {
    const parent = await tempFolder();
    vi.stubEnv("TMPDIR", parent);
    const scratch = await Scratch.open();
    const paths = [
      await scratch.file((path) => writeFile(path, "a")),
      await scratch.file((path) => writeFile(path, "b")),
    ];
    expect(new Set(paths).size).toBe(2);
    expect(dirname(paths[0] ?? "")).toContain(parent);
    await scratch[Symbol.asyncDispose]();
    expect(existsSync(dirname(paths[0] ?? ""))).toBe(false);
  });

  it("takes those away that killed runs left, and no others", async () => {
    // A pid above the largest that Linux gives out.
    const names = {
      dead: "focus-99999999-AbC123",
      young: "focus-99999999-AbC124",
      live: `focus-${process.pid}-AbC125`,
    };
    const parent = await tempFolder({ "focus-notes.txt": "" });
    for (const name of Object.values(names)) await mkdir(join(parent, name));
    for (const name of [names.dead, names.live]) await utimes(join(parent, name), new Date(0), new Date(0));
    vi.stubEnv("TMPDIR", parent);
    await (await Scratch.open())[Symbol.asyncDispose]();
    expect((await readdir(parent)).sort()).toEqual([names.young, names.live, "focus-notes.txt"].sort());
  });

  it("writes bytes to a file of its own, and reads it", async () => {
    await using scratch = await Scratch.open();
    const path = await scratch.write(Buffer.from("rows"));
    expect(await readFile(path, "utf8")).toBe("rows");
    expect(await scratch.read(path)).toEqual(Buffer.from("rows"));
  });

  it("that cannot be made is told with the variable that moves it", async () => {
    vi.stubEnv("TMPDIR", join(await tempFolder({ file: "in the way" }), "file"));
    await expect(Scratch.open()).rejects.toMatchObject({
      name: "KvStoreError",
      hint: expect.stringContaining("TMPDIR"),
    });
  });

  it("tells what the file system refuses, and leaves nothing half-written", async () => {
    await using scratch = await Scratch.open();
    const full = Object.assign(new Error("no space"), { code: "ENOSPC" });
    let half = "";
    const writing = scratch.file(async (path) => {
      half = path;
      await writeFile(path, "half");
      throw full;
    });
    await expect(writing).rejects.toThrow("the disk is full");
    expect(existsSync(half)).toBe(false);
  });
});
