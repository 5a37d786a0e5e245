import { describe, expect, test } from "vitest";

import { expandGlob, isGlob } from "../../src/document/glob.ts";
import { tempFolder } from "../helpers/temp-folder.ts";

describe("a folder whose name means something in a glob", () => {
  const FILES = {
    "reports (2024)/a.pdf": "a",
    "reports (2024)/in [x]+{y,z}/b.pdf": "b",
    "[ab]/c.pdf": "c",
    "a/d.pdf": "d",
  };

  test.each(["linux", "win32"] as const)("is itself where it is there, on %s", async (platform) => {
    const cwd = await tempFolder(FILES);
    const filesOf = async (glob: string) => (await expandGlob(glob, { cwd }, platform)).files;
    expect(await filesOf("reports (2024)/*.pdf")).toEqual(["reports (2024)/a.pdf"]);
    expect(await filesOf(`${cwd}/reports (2024)/in [x]+{y,z}/*`)).toEqual([
      `${cwd}/reports (2024)/in [x]+{y,z}/b.pdf`,
    ]);
    expect(await filesOf("[ab]/*.pdf")).toEqual(["[ab]/c.pdf"]);
    expect(await filesOf("[ac]/*.pdf")).toEqual(["a/d.pdf"]);
  });

  test("is what anchored globs of the filter start from", async () => {
    const cwd = await tempFolder(FILES);
    const { files } = await expandGlob("reports (2024)/**", { cwd, include: ["/a.pdf"] });
    expect(files).toEqual(["reports (2024)/a.pdf"]);
  });

  test("may be escaped, except on Windows", async () => {
    const cwd = await tempFolder(FILES);
    const { files } = await expandGlob("reports \\(2024\\)/*.pdf", { cwd }, "linux");
    expect(files).toEqual(["reports (2024)/a.pdf"]);
  });
});

describe("a backslash", () => {
  test("stands between folders on Windows", async () => {
    const cwd = await tempFolder({ "docs/b.txt": "b", "docs/a.txt": "a", "docs/c.md": "c" });
    expect((await expandGlob("docs\\*.txt", { cwd }, "win32")).files).toEqual(["docs/a.txt", "docs/b.txt"]);
    expect(isGlob("docs\\*.txt", "win32")).toBe(true);
    expect(isGlob("C:\\docs\\a.txt", "win32")).toBe(false);
  });

  test("is an escape elsewhere", async () => {
    const cwd = await tempFolder({ "docs/a.txt": "a", "docs*.txt": "star" });
    expect((await expandGlob("docs\\*.txt", { cwd }, "linux")).files).toEqual(["docs*.txt"]);
    expect(isGlob("docs\\*.txt", "linux")).toBe(true);
  });
});
