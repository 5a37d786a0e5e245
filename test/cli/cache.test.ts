import { mkdir, readdir, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { main } from "../../src/cli/main.ts";
import { listStore } from "../../src/kv/store/listing.ts";
import { tempFolder } from "../helpers/temp-folder.ts";
import { FILE_BYTES, fileOf, keep, keyOf, openTestStore } from "../kv/stored.ts";
import { fakeHost } from "./fake-host.ts";
import { focus } from "./spawn-focus.ts";

type Note = { readonly path: string; readonly chunks: readonly number[]; readonly settings?: string };

const OTHER_SETTINGS = "fedcba9876543210";

/** A FOCUS_HOME whose store holds these documents. */
async function homeWith(...notes: readonly Note[]): Promise<string> {
  const home = await tempFolder();
  const { store } = await openTestStore(kvOf(home));
  for (const { path, chunks, settings } of notes) {
    const chunkKeys = chunks.map((n) => keyOf(n, settings));
    for (const key of chunkKeys) await keep(store, key);
    await store.recordDocument({
      path,
      title: undefined,
      model: "tiny",
      tokens: 100,
      chunkKeys,
      textKeys: [],
    });
  }
  return home;
}

function kvOf(home: string): string {
  return join(home, "kv");
}

async function pathsIn(home: string): Promise<string[]> {
  return (await listStore(kvOf(home))).documents.map(({ path }) => path).sort();
}

async function idOf(home: string, wanted: string): Promise<string> {
  const found = (await listStore(kvOf(home))).documents.find(({ path }) => path === wanted);
  if (found === undefined) throw new Error(`${wanted} is not stored`);
  return found.id;
}

describe("focus cache ls", () => {
  it("is a line for a store that is not there, and makes none", async () => {
    const cwd = await tempFolder();
    const { code, stdout, stderr } = await focus(["cache", "ls"], { cwd });
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^total {6}0 chunks, 0 B of at most [^\n]*, in [^\n]*kv\n$/u);
    expect(await readdir(cwd)).toEqual([]);
  });

  it("lists documents with their ids, as text and as JSON", async () => {
    const cwd = await homeWith({ path: "a.pdf", chunks: [1, 2] }, { path: "b c.pdf", chunks: [3] });
    const text = await focus(["cache", "ls"], { cwd });
    expect(text.stdout).toMatch(/^[0-9a-f]{12} {2}b c\.pdf {3}tiny/mu);
    const { code, stdout } = await focus(["cache", "ls", "--json", "--cache-budget", "5GB"], { cwd });
    const { documents, total, budgetBytes, dir } = JSON.parse(stdout);
    expect([code, budgetBytes, dir]).toEqual([0, 5e9, kvOf(cwd)]);
    expect(total).toEqual({ files: 3, bytes: 3 * FILE_BYTES });
    expect(documents.map(({ path }: { path: string }) => path).sort()).toEqual(["a.pdf", "b c.pdf"]);
  });

  it("goes by the other name, too, as does model list", async () => {
    const cwd = await homeWith({ path: "a.pdf", chunks: [1] });
    for (const name of ["cache", "model"]) {
      const [list, ls] = await Promise.all(
        ["list", "ls"].map((word) => focus([name, word, "--json"], { cwd })),
      );
      expect(list?.code).toBe(0);
      expect(list?.stdout).toBe(ls?.stdout);
    }
  });

  it("exits with 6 when the store cannot be listed", async () => {
    const cwd = await tempFolder({ "kv/v1/0123456789abcdef/documents/0123456789ab.json/x": "" });
    const { code, stdout, stderr } = await focus(["cache", "ls"], { cwd });
    expect([code, stdout]).toEqual([6, ""]);
    expect(stderr).toMatch(/^focus: the KV store in [^\n]* cannot be used: [^\n]*\nhint: [^\n]*\n$/u);
  });
});

describe("focus cache rm", () => {
  it("takes ids, beginnings of ids and paths, and says what that freed", async () => {
    const cwd = await homeWith(
      { path: "a.pdf", chunks: [1, 2] },
      { path: "b.pdf", chunks: [2, 3] },
      { path: "b.pdf", chunks: [3], settings: OTHER_SETTINGS },
      { path: "c.pdf", chunks: [4] },
      { path: "d.pdf", chunks: [5] },
    );
    const begun = (await idOf(cwd, "c.pdf")).slice(0, 8);
    const args = ["cache", "rm", await idOf(cwd, "a.pdf"), begun, "b.pdf"];
    expect(await focus(args, { cwd })).toMatchObject({
      code: 0,
      stdout: `deleted 4 documents, 5 files; freed ${Math.round((5 * FILE_BYTES) / 1000)} kB\n`,
      stderr: "",
    });
    expect(await pathsIn(cwd)).toEqual(["d.pdf"]);
  });

  it("takes paths as the list shows them: standard input, and names without what a terminal would obey", async () => {
    const names = ["-", "a\tb.pdf", "c.pdf", "standard input.pdf"];
    const cwd = await homeWith(...names.map((path, i) => ({ path, chunks: [i] })));
    expect((await focus(["cache", "rm", "standard input", "a b.pdf"], { cwd })).code).toBe(0);
    expect(await pathsIn(cwd)).toEqual(["c.pdf", "standard input.pdf"]);
  });

  it("takes the file that is here, and not one of that name in another folder", async () => {
    const home = await tempFolder();
    for (const [i, folder] of ["a", "b"].entries()) {
      await mkdir(join(home, folder));
      const { store } = await openTestStore(kvOf(home), { cwd: join(home, folder) });
      await keep(store, keyOf(i));
      const read = { path: "report.pdf", title: undefined, model: "tiny", tokens: 9, textKeys: [] };
      await store.recordDocument({ ...read, chunkKeys: [keyOf(i)] });
    }
    expect(await pathsIn(home)).toEqual(["report.pdf", "report.pdf"]);
    const options = { cwd: join(home, "a"), env: { FOCUS_HOME: home } };
    expect((await focus(["cache", "rm", "report.pdf"], options)).code).toBe(0);
    const { documents } = await listStore(kvOf(home));
    expect(documents.map(({ location }) => location)).toEqual([join(home, "b", "report.pdf")]);
  });

  it("takes folders, there or not, and collections with what is stored of them", async () => {
    const paths = ["a/1.pdf", "a/b/2.pdf", "ab/3.pdf", "c/4.pdf", "c/5.txt", "d/6.pdf", "7.pdf"];
    const home = await tempFolder();
    const { store } = await openTestStore(kvOf(home), { cwd: home });
    for (const [i, path] of paths.entries()) {
      await keep(store, keyOf(i));
      const read = { path, title: undefined, model: "tiny", tokens: 9, textKeys: [] };
      await store.recordDocument({ ...read, chunkKeys: [keyOf(i)] });
    }
    for (const folder of ["c", "collections"]) await mkdir(join(home, folder));
    await writeFile(join(home, "c/4.pdf"), "%PDF-1.4");
    const own = ["c/*.pdf", "d", "none.pdf"].map((path) => `${join(home, path)}\n`);
    await writeFile(join(home, "collections/mine.txt"), own.join(""));
    await writeFile(join(home, "collections/none.txt"), "/none\n");
    const remove = async (...names: readonly string[]) => {
      const host = fakeHost({ cwd: home, isTTY: false });
      return [await main(["cache", "rm", ...names], host), host.err(), await pathsIn(home)];
    };
    expect(await remove("a/")).toEqual([0, "", ["7.pdf", "ab/3.pdf", "c/4.pdf", "c/5.txt", "d/6.pdf"]]);
    expect(await remove("@mine")).toEqual([0, "", ["7.pdf", "ab/3.pdf", "c/5.txt"]]);
    expect(await remove("7.pdf", "@none")).toEqual([
      2,
      "focus: no document of @none is stored\nhint: focus cache ls shows ids and paths\n",
      ["7.pdf", "ab/3.pdf", "c/5.txt"],
    ]);
    expect(await remove(".")).toEqual([0, "", []]);
  });

  it("names the documents as JSON", async () => {
    const cwd = await homeWith({ path: "a.pdf", chunks: [1] });
    const id = await idOf(cwd, "a.pdf");
    const { stdout } = await focus(["cache", "rm", id, "--json"], { cwd });
    expect(JSON.parse(stdout)).toMatchObject({
      command: "cache rm",
      documents: [{ id, path: "a.pdf" }],
      freed: { files: 1, bytes: FILE_BYTES },
    });
  });

  it("deletes nothing when one name is not known or is the beginning of several ids", async () => {
    // Seventeen documents: two of them begin with the same digit.
    const notes = Array.from({ length: 17 }, (_, i) => ({ path: `${i}.pdf`, chunks: [i] }));
    const cwd = await homeWith(...notes);
    const first = (await listStore(kvOf(cwd))).documents.map(({ id }) => id.slice(0, 1));
    const shared = first.find((digit, i) => first.indexOf(digit) !== i) ?? "";
    const unknown = await focus(["cache", "rm", "0.pdf", "none.pdf"], { cwd });
    expect([unknown.code, unknown.stderr]).toEqual([
      2,
      'focus: no document "none.pdf" is stored\nhint: focus cache ls shows ids and paths\n',
    ]);
    const several = await focus(["cache", "rm", shared], { cwd });
    expect([several.code, several.stdout]).toEqual([2, ""]);
    expect(several.stderr).toMatch(/is the beginning of \d+ ids: [0-9a-f]{12}, /u);
    expect((await focus(["cache", "rm", ""], { cwd })).code).toBe(2);
    expect(await pathsIn(cwd)).toHaveLength(17);
  });

  it("deletes everything with --all, and nothing unless it is told what", async () => {
    const cwd = await homeWith({ path: "a.pdf", chunks: [1] }, { path: "b.pdf", chunks: [2] });
    for (const args of [[], ["--all", "a.pdf"]]) {
      const { code, stdout, stderr } = await focus(["cache", "rm", ...args], { cwd });
      expect([code, stdout]).toEqual([2, ""]);
      expect(stderr).toMatch(/^focus: [^\n]*\nhint: name documents as `focus cache ls` shows them/u);
    }
    expect(await focus(["cache", "rm", "--all"], { cwd })).toMatchObject({
      code: 0,
      stdout: "deleted 2 documents, 2 files; freed 2 kB\n",
    });
    expect((await listStore(kvOf(cwd))).total.files).toBe(0);
    expect((await focus(["cache", "rm", "--all"], { cwd })).stdout).toBe(
      "deleted 0 documents, 0 files; freed 0 B\n",
    );
  });
});

describe("focus cache gc", () => {
  it("deletes damaged chunks and what is beyond --cache-budget, and says so", async () => {
    const cwd = await homeWith({ path: "a.pdf", chunks: [1, 2, 3] });
    await truncate(fileOf(kvOf(cwd), keyOf(2)), 500);
    const { code, stdout } = await focus(["cache", "gc", "--json", "--cache-budget", `${FILE_BYTES}`], {
      cwd,
    });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      command: "cache gc",
      budgetBytes: FILE_BYTES,
      damaged: { files: 1, bytes: 500 },
      overBudget: { files: 1, bytes: FILE_BYTES },
      freedBytes: 500 + FILE_BYTES,
    });
    expect((await focus(["cache", "gc"], { cwd })).stdout).toMatch(/^nothing to delete: .* within .*\n$/u);
  });
});
