import { appendFile, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Manifest, manifestKey } from "../../../src/cli/batch/manifest.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";

const MANIFEST_NAME = "focus-manifest.json";
const JOURNAL_NAME = "focus-manifest.jsonl";
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

  it("counts a file as not finished whose unread pages may be read in languages that have come since", async () => {
    const folder = await tempFolder({ "a.md": "summary", "b.md": "summary" });
    const manifest = await open(folder);
    await manifest.record("a.md", { ...FINISHED, unread: "" });
    await manifest.record("b.md", FINISHED);
    const next = await open(folder);
    expect(await next.finished("a.md", "k1", "")).toEqual({ ...FINISHED, unread: "" });
    expect(await next.finished("a.md", "k1", "eng")).toBeUndefined();
    expect(await next.finished("b.md", "k1", "eng")).toEqual(FINISHED);
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
    for (const manifest of [first, second]) await manifest[Symbol.asyncDispose]();
    expect(await readFile(join(one, MANIFEST_NAME))).toEqual(await readFile(join(two, MANIFEST_NAME)));
  });

  it("is whole at the end of a run, and what a run that was killed has noted joins it in the next", async () => {
    const folder = await tempFolder({ "a.md": "summary", "b.md": "summary" });
    const first = await open(folder);
    await first.record("a.md", FINISHED);
    await first[Symbol.asyncDispose]();
    expect(await readdir(folder)).not.toContain(JOURNAL_NAME);
    await (await open(folder)).record("b.md", FINISHED);
    await appendFile(join(folder, JOURNAL_NAME), '{"name": "c.md", "pa');
    const warnings: string[] = [];
    const next = await open(folder, warnings);
    expect(next.names).toEqual(["a.md", "b.md"]);
    expect(warnings).toEqual([]);
    expect(await readdir(folder)).not.toContain(JOURNAL_NAME);
    expect(await next.finished("b.md", "k1")).toEqual(FINISHED);
  });

  it("leaves a damaged line out, says which, and keeps the others", async () => {
    const lines = ["a.md", "b.md"].map((name) => JSON.stringify({ name, ...FINISHED }));
    const folder = await tempFolder({ [JOURNAL_NAME]: `${lines[0]}\n{"name": 7}\n${lines[1]}\n` });
    const warnings: string[] = [];
    expect((await open(folder, warnings)).names).toEqual(["a.md", "b.md"]);
    expect(warnings).toEqual([expect.stringContaining(`line 2 of ${join(folder, JOURNAL_NAME)}`)]);
  });

  it("loses nothing of a second run in the same folder", async () => {
    const folder = await tempFolder();
    const [one, two] = [await open(folder), await open(folder)];
    await Promise.all([one.record("a.md", FINISHED), two.record("b.md", FINISHED)]);
    await one[Symbol.asyncDispose]();
    await two.record("c.md", FINISHED);
    await two[Symbol.asyncDispose]();
    expect((await open(folder)).names).toEqual(["a.md", "b.md", "c.md"]);
  });

  it("appends to the journal alone, however much is finished", async () => {
    const folder = await tempFolder();
    const manifest = await open(folder);
    for (let i = 0; i < 50; i += 1) await manifest.record(`${i}.md`, FINISHED);
    expect(await readdir(folder)).toEqual([JOURNAL_NAME]);
    const line = `${JSON.stringify({ name: "49.md", ...FINISHED })}\n`;
    const before = (await readFile(join(folder, JOURNAL_NAME))).length;
    await manifest.record("49.md", FINISHED);
    expect((await readFile(join(folder, JOURNAL_NAME))).length).toBe(before + line.length);
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
