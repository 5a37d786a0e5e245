import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Collections, collectionName, typedIn } from "../../src/config/collections.ts";
import { tempFolder } from "../helpers/temp-folder.ts";

describe("collections", () => {
  it("are kept, for the user alone, changed, listed by name, and removed", async () => {
    const folder = await tempFolder();
    const collections = new Collections(folder);
    expect(await collections.list()).toEqual([]);
    await collections.save({ name: "reports", paths: ["/a/reports", "/b/x y.pdf"] });
    await collections.save({ name: "minutes", paths: ["/a/minutes"] });
    await new Collections(folder).save({ name: "reports", paths: ["/a/reports"] });
    expect(await collections.list()).toEqual([
      { name: "minutes", paths: ["/a/minutes"] },
      { name: "reports", paths: ["/a/reports"] },
    ]);
    expect((await stat(join(folder, "collections", "reports.txt"))).mode & 0o077).toBe(0);
    await collections.remove("reports");
    expect(await collections.get("reports")).toBeUndefined();
    expect(await readdir(join(folder, "collections"))).toEqual(["minutes.txt"]);
  });

  it("stand where their name is typed, and nothing else does", async () => {
    const collections = new Collections(await tempFolder({ "collections/reports.txt": "/a\r\n\n/b\n" }));
    expect(await collections.expand(["x.pdf", "@reports", "./@reports", "-"])).toEqual([
      "x.pdf",
      "/a",
      "/b",
      "./@reports",
      "-",
    ]);
  });

  it("are refused where there is none of that name, with those that there are", async () => {
    const none = new Collections(await tempFolder());
    await expect(none.expand(["@reports"])).rejects.toMatchObject({
      message: "there is no collection @reports",
      hint: "focus add reports PATH… makes it; a file of that name is ./@reports",
    });
    const files = { "collections/reports.txt": "/a\n", "collections/minutes.txt": "/b\n" };
    const collections = new Collections(await tempFolder({ ...files, "collections/empty.txt": "" }));
    await expect(collections.expand(["@reprots"])).rejects.toMatchObject({
      hint: "did you mean @reports? there are @empty, @minutes, @reports; a file of that name is ./@reprots",
    });
    await expect(collections.expand(["@empty"])).rejects.toThrow("the collection @empty is empty");
  });

  it.each(["", "@", "../x", "a/b", "Reports", ".hidden", "a b", "a".repeat(65)])(
    "cannot be called %j",
    (name) => {
      expect(() => collectionName(name)).toThrow(
        `${JSON.stringify(name)} cannot be the name of a collection`,
      );
    },
  );

  it.each([
    ["/home/me/minutes", "minutes"],
    ["/home/me/minutes/2024/*.md", "minutes/2024/*.md"],
    ["/home/me", "."],
    ["/home/me/..odd", "..odd"],
    ["/home/me/@odd", "./@odd"],
    ["/home/me/-", "./-"],
    ["/home/merry/minutes", "/home/merry/minutes"],
    ["/home", "/home"],
  ])("have %s, which in /home/me is typed %s", (path, typed) => {
    expect(typedIn("/home/me", path)).toBe(typed);
  });

  it("say what is wrong with their folder, and take no name with a line break", async () => {
    const folder = await tempFolder({ collections: "a file" });
    const collections = new Collections(folder);
    await expect(collections.save({ name: "a", paths: ["/a"] })).rejects.toThrow(
      `in ${folder}/collections: `,
    );
    await expect(collections.save({ name: "a", paths: ["/a\nb"] })).rejects.toThrow("has a line break");
  });
});
