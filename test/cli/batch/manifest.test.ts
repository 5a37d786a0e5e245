import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { MANIFEST_NAME, Manifest, manifestKey } from "../../../src/cli/batch/manifest.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";

const FINISHED = { path: "a.pdf", key: "k1", partial: false };

async function open(folder: string, warnings: string[] = []): Promise<Manifest> {
  return Manifest.open(folder, (message) => warnings.push(message));
}

describe("Manifest", () => {
  it("knows in the next run what was finished in this one", async () => {
    const folder = await tempFolder({ "a.md": "summary" });
    await (await open(folder)).record("a.md", FINISHED);
    expect(await (await open(folder)).finished("a.md", "k1")).toEqual(FINISHED);
  });

  it("counts a file as not finished that was made from something else, or is gone", async () => {
    const folder = await tempFolder({ "a.md": "summary" });
    const manifest = await open(folder);
    await manifest.record("a.md", FINISHED);
    expect(await manifest.finished("a.md", "k2")).toBeUndefined();
    await rm(join(folder, "a.md"));
    expect(await manifest.finished("a.md", "k1")).toBeUndefined();
  });

  it("begins no file that somebody else wrote, and goes on with its own", async () => {
    const folder = await tempFolder({ "README.md": "by hand" });
    const manifest = await open(folder);
    await expect(manifest.begin("README.md", "README")).rejects.toMatchObject({
      name: "InputError",
      message: expect.stringContaining("README.md"),
    });
    await manifest.begin("a.md", "a");
    await writeFile(join(folder, "a.md"), "half of a run that was killed");
    const next = await open(folder);
    await next.begin("a.md", "a");
    expect(await next.finished("a.md", "k1")).toBeUndefined();
  });

  it("has the same bytes in whatever order files were finished", async () => {
    const [one, two] = [await tempFolder(), await tempFolder()];
    const [first, second] = [await open(one), await open(two)];
    for (const name of ["a.md", "b.md"]) await first.record(name, FINISHED);
    for (const name of ["b.md", "a.md"]) await second.record(name, FINISHED);
    expect(await readFile(join(one, MANIFEST_NAME))).toEqual(await readFile(join(two, MANIFEST_NAME)));
  });

  it.each([
    ["cut off", '{"version": 1, "fi'],
    ["of another version", '{"version": 2, "files": {}}'],
    ["of other entries", '{"version": 1, "files": {"a.md": {"path": 7}}}'],
  ])("starts anew when the file is %s, and says so", async (_, text) => {
    const folder = await tempFolder({ [MANIFEST_NAME]: text, "a.md": "summary" });
    const warnings: string[] = [];
    const manifest = await open(folder, warnings);
    expect(manifest.names).toEqual([]);
    expect(warnings).toHaveLength(1);
    await expect(manifest.begin("a.md", "a.pdf")).rejects.toThrow("which focus did not write");
    await writeFile(join(folder, "a.md"), "new");
    await manifest.record("a.md", FINISHED);
    expect((await open(folder)).names).toEqual(["a.md"]);
  });
});

describe("manifestKey", () => {
  it("changes with the content and with what the summary is made from", () => {
    const bytes = Buffer.from("text");
    const key = manifestKey(bytes, { focus: null });
    expect(manifestKey(bytes, { focus: null })).toBe(key);
    expect(manifestKey(bytes, { focus: "costs" })).not.toBe(key);
    expect(manifestKey(Buffer.from("texts"), { focus: null })).not.toBe(key);
  });
});
