import { describe, expect, test } from "vitest";

import { expandGlob, isGlob } from "../../src/document/glob.ts";
import { tempFolder } from "../helpers/temp-folder.ts";

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
