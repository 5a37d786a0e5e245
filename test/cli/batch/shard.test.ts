import { rename } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Manifest } from "../../../src/cli/batch/manifest.ts";
import { filesOfShard, parseShard } from "../../../src/cli/batch/shard.ts";
import { main } from "../../../src/cli/main.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";
import { fakeHost } from "../fake-host.ts";

const signal = new AbortController().signal;
const FINISHED = { path: "a.pdf", key: "k1", partial: false };

describe("shards", () => {
  it("share all files out, each to one of them, by what stands in them", async () => {
    const texts = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`${i}.txt`, `Report ${i}`]));
    const cwd = await tempFolder({ ...texts, "copy of 7.txt": "Report 7" });
    const files = [...Object.keys(texts), "copy of 7.txt"];
    const of = (number: number) => filesOfShard(files, { number, count: 3 }, { cwd, signal });
    const shards = await Promise.all([1, 2, 3].map(of));
    expect(shards.flat().sort()).toEqual(files.toSorted());
    for (const own of shards) expect(own.length).toBeGreaterThan(5);
    for (const own of shards) expect(own.includes("7.txt")).toBe(own.includes("copy of 7.txt"));
    const [before] = shards[1] ?? [];
    await rename(join(cwd, String(before)), join(cwd, "moved.txt"));
    expect(await filesOfShard(["moved.txt"], { number: 2, count: 3 }, { cwd, signal })).toEqual([
      "moved.txt",
    ]);
  });

  it("have what cannot be read in the first one, where it is told of", async () => {
    const cwd = await tempFolder();
    const of = (number: number) => filesOfShard(["gone.txt"], { number, count: 2 }, { cwd, signal });
    expect([await of(1), await of(2)]).toEqual([["gone.txt"], []]);
  });

  it.each(["0/8", "9/8", "3", "3/0", "a/b", "-1/2", "1/100000"])("cannot be %s", (text) => {
    expect(() => parseShard(text)).toThrow(/--shard is .*expected a part and their number, such as 3\/8/u);
  });

  it("are refused for standard input", async () => {
    const around = { cwd: ".", signal };
    await expect(filesOfShard(["-"], { number: 1, count: 2 }, around)).rejects.toThrow("--shard needs files");
  });
});

describe("a shard without documents", () => {
  it.each([
    [["read", "a.txt"]],
    [["read", "a.txt", "--dry-run"]],
    [["summarize", "a.txt", "--combined"]],
    [["summarize", "a.txt", "--dry-run"]],
    [["summarize", "a.txt", "-o", "out/"]],
  ])("is told, and is no failure: %j", async (args) => {
    const cwd = await tempFolder({ "a.txt": "Hello.\n" });
    const host = fakeHost({ cwd, isTTY: false });
    expect(await main([...args, "--shard", "1/9000", "--offline"], host)).toBe(0);
    expect([host.out(), host.err()]).toEqual(["", "this shard has none of 1 document\n"]);
  });
});

describe("manifests of shards", () => {
  const open = (folder: string, number?: number) => {
    const shard = number === undefined ? undefined : { number, count: 2 };
    return Manifest.open(folder, (message) => expect.fail(message), shard);
  };

  it("lie side by side, and each machine knows what the others have finished", async () => {
    const folder = await tempFolder({ "a.md": "summary", "b.md": "summary" });
    await (await open(folder, 1)).record("a.md", FINISHED);
    await (await open(folder, 2)).record("b.md", { ...FINISHED, path: "b.pdf" });
    for (const number of [1, 2, undefined]) {
      const manifest = await open(folder, number);
      expect(manifest.names.toSorted()).toEqual(["a.md", "b.md"]);
      expect(await manifest.finished("a.md", "k1")).toEqual(FINISHED);
      expect(await manifest.finished("b.md", "k1")).toMatchObject({ path: "b.pdf" });
      await manifest.requireFree("a.md");
    }
  });

  it("are whole when many files are finished at once", async () => {
    const names = Array.from({ length: 50 }, (_, i) => `${i}.md`);
    const folder = await tempFolder(Object.fromEntries(names.map((name) => [name, "summary"])));
    const manifest = await open(folder, 1);
    await Promise.all(names.map((name) => manifest.record(name, FINISHED)));
    const again = await open(folder, 1);
    for (const name of names) expect(await again.finished(name, "k1")).toEqual(FINISHED);
  });
});
