import { symlink } from "node:fs/promises";
import { join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import type { FolderFilterOptions } from "../../src/document/folder-filter.ts";
import { Reach } from "../../src/mcp/reach.ts";
import { openRoots } from "../../src/mcp/roots.ts";
import { tempFolder } from "../helpers/temp-folder.ts";

const FILES = {
  "a.txt": "Open.",
  "notes.md": "Notes.",
  "private/secret.txt": "Secret.",
  "work/b.txt": "Work.",
  "work/private/salary.txt": "Secret.",
  "work/drafts/c.txt": "Draft.",
  ".env": "TOKEN=1",
  ".store/d.txt": "Stored.",
  ".gitignore": "*.log\n",
  "run.log": "Log.",
};

/** What clients may read of a folder, with paths as they stand in it. */
async function reachOf(cwd: string, options: FolderFilterOptions, roots: readonly string[] = ["."]) {
  const reach = new Reach(await openRoots(roots, cwd), options);
  const find = async (...paths: readonly string[]) => {
    const { files, skipped } = await reach.find(paths);
    return { files: files.map((file) => relative(reach.roots[0]?.path ?? cwd, file)), skipped };
  };
  return { find };
}

describe("what a client may read of a folder", () => {
  it("is what the settings of the command line leave in", async () => {
    const cwd = await tempFolder(FILES);
    const found = async (options: FolderFilterOptions) =>
      (await (await reachOf(cwd, options)).find(".")).files;
    expect(await found({})).toEqual([
      ...["a.txt", "notes.md", "private/secret.txt", "work/b.txt"],
      ...["work/drafts/c.txt", "work/private/salary.txt"],
    ]);
    expect(await found({ exclude: ["private/", "drafts/"] })).toEqual(["a.txt", "notes.md", "work/b.txt"]);
    expect(await found({ include: ["*.md"] })).toEqual(["notes.md"]);
    expect(await found({ include: ["*.txt"], exclude: ["private/"], hidden: true, ignore: false })).toEqual([
      ...["a.txt", ".store/d.txt", "work/b.txt", "work/drafts/c.txt"],
    ]);
    expect(await found({ ignore: false })).toContain("run.log");
  });

  it("counts patterns from the root, whichever folder in it is named", async () => {
    const cwd = await tempFolder(FILES);
    const { find } = await reachOf(cwd, { exclude: ["/work/drafts/", "/b.txt"] });
    expect((await find("work")).files).toEqual(["work/b.txt", "work/private/salary.txt"]);
    const { find: findIncluded } = await reachOf(cwd, { include: ["/work/*.txt"] });
    expect((await findIncluded("work")).files).toEqual(["work/b.txt"]);
  });
});

describe("a path that a client names", () => {
  it.each([
    ["private/secret.txt", { exclude: ["private/"] }, "is excluded by the server's settings"],
    ["private", { exclude: ["private/"] }, "is excluded by the server's settings"],
    ["work/private/salary.txt", { exclude: ["private/"] }, "is excluded by the server's settings"],
    ["work/../private/none.txt", { exclude: ["private/"] }, "is excluded by the server's settings"],
    ["work/drafts/c.txt", { exclude: ["/work/drafts"] }, "is excluded by the server's settings"],
    ["link.txt", { exclude: ["private/"] }, "is excluded by the server's settings"],
    ["folder-link", { exclude: ["private/"] }, "is excluded by the server's settings"],
    ["folder-link/secret.txt", { exclude: ["private/"] }, "is excluded by the server's settings"],
    ["a.txt", { include: ["*.md"] }, "is not included by the server's settings"],
    [".env", {}, "is hidden"],
    [".store/d.txt", {}, "is hidden"],
    [".store", {}, "is hidden"],
    [".git/config", { hidden: true }, "is hidden"],
  ] as const)("is refused where the settings leave it out: %s, %j", async (path, options, reason) => {
    const cwd = await tempFolder({ ...FILES, ".git/config": "[remote]" });
    await symlink(join("private", "secret.txt"), join(cwd, "link.txt"));
    await symlink("private", join(cwd, "folder-link"));
    const { find } = await reachOf(cwd, options);
    await expect(find(path)).rejects.toMatchObject({
      message: `${path} ${reason}`,
      code: "input.not-permitted",
      hint: "the tool documents lists what may be read",
    });
    await expect(find("notes.md", path)).rejects.toThrow(reason);
  });

  it.each([
    [".env", { hidden: true }],
    ["run.log", {}],
    ["stored.pdf", { include: ["*.pdf"] }],
    ["work/b.txt", { include: ["work/"] }],
    ["personal", { exclude: ["personal/"] }],
  ] as const)("is read where they do not: %s, %j", async (path, options) => {
    const cwd = await tempFolder({ ...FILES, personal: "A file, and the pattern is one of folders." });
    await symlink(join(".store", "d.txt"), join(cwd, "stored.pdf"));
    const { find } = await reachOf(cwd, options);
    expect((await find(path)).files).toEqual([path]);
  });

  it("may be a root that a person named, whatever the patterns say, and what lies in it", async () => {
    const cwd = await tempFolder(FILES);
    const { find } = await reachOf(cwd, { exclude: ["private/", "*.md"] }, [".", "private", "notes.md"]);
    expect((await find("private/secret.txt", "notes.md")).files).toEqual(["private/secret.txt", "notes.md"]);
    await expect(find("work/private/salary.txt")).rejects.toThrow("is excluded");
  });
});

describe("a root that is a link", () => {
  it("is named by clients as the user knows it, or as it is, with the same paths left out", async () => {
    const cwd = await tempFolder({ ...FILES, "outside.txt": "Nobody's business." });
    const home = await tempFolder({ "other.txt": "Other." });
    const [link, file] = [join(home, "papers"), join(home, "memo.txt")];
    await symlink(join(cwd, "work"), link);
    await symlink(join(cwd, "notes.md"), file);
    const { find } = await reachOf(cwd, { exclude: ["private/"] }, [link, file]);
    for (const path of [join(link, "b.txt"), join(cwd, "work", "b.txt"), "b.txt"]) {
      expect((await find(path)).files).toEqual(["b.txt"]);
    }
    expect((await find(link)).files).toEqual(["b.txt", "drafts/c.txt"]);
    for (const path of [file, "memo.txt", "notes.md"]) {
      expect((await find(path)).files).toEqual([join("..", "notes.md")]);
    }
    await expect(find(join(link, "private", "salary.txt"))).rejects.toThrow("is excluded");
    for (const path of [
      join(link, "..", "other.txt"),
      join(home, "other.txt"),
      join(link, "..", "outside.txt"),
    ]) {
      await expect(find(path)).rejects.toThrow("is not in the roots");
    }
  });
});

it("leaves links to what is excluded out of a folder, and says so", async () => {
  const cwd = await tempFolder(FILES);
  await symlink(join("..", "private", "secret.txt"), join(cwd, "work", "link.txt"));
  const { find } = await reachOf(cwd, { exclude: ["private/"] });
  const { files, skipped } = await find("work");
  expect(files).toEqual(["work/b.txt", "work/drafts/c.txt"]);
  expect(skipped).toContainEqual({
    path: join(cwd, "work", "link.txt"),
    reason: "is a link to what is excluded by the server's settings",
    named: true,
  });
  expect(JSON.stringify(skipped)).not.toContain("salary");
});
