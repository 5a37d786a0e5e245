import { mkdir, readdir, stat, truncate, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { KvStoreError } from "../../../src/errors.ts";
import { listRecords } from "../../../src/kv/store/documents.ts";
import { candidateKey } from "../../../src/kv/store/key.ts";
import { listStore } from "../../../src/kv/store/listing.ts";
import type { KvStore } from "../../../src/kv/store/store.ts";
import { clearStore, collectGarbage, removeDocuments } from "../../../src/kv/store/upkeep.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";
import { FILE_BYTES, fileOf, keep, keyOf, openTestStore } from "../stored.ts";

const OTHER_SETTINGS = "fedcba9876543210";

type Note = { readonly path: string; readonly chunks: readonly number[]; readonly settings?: string };

/** Keeps the chunks and notes the document that has them. */
async function readDocument(store: KvStore, { path, chunks, settings }: Note): Promise<void> {
  const chunkKeys = chunks.map((n) => keyOf(n, settings));
  for (const key of chunkKeys) await keep(store, key);
  await store.recordDocument({
    path,
    title: path.toUpperCase(),
    model: "tiny",
    tokens: 100,
    chunkKeys,
    textKeys: [],
  });
}

async function filesBelow(dir: string): Promise<string[]> {
  const found = await readdir(dir, { recursive: true, withFileTypes: true });
  return found.filter((entry) => entry.isFile()).map(({ name }) => name);
}

async function setAge(dir: string, key: string, hours: number): Promise<void> {
  const then = new Date(Date.now() - hours * 3_600_000);
  await utimes(fileOf(dir, key), then, then);
}

const NOTHING = { files: 0, bytes: 0 };

describe("listStore", () => {
  it("tells of each document what is stored of it, and counts shared chunks once in all", async () => {
    const dir = await tempFolder();
    const { store } = await openTestStore(dir);
    await readDocument(store, { path: "a.pdf", chunks: [1, 2, 2] });
    await readDocument(store, { path: "b.pdf", chunks: [2, 3] });
    await readDocument(store, { path: "b.pdf", chunks: [2], settings: OTHER_SETTINGS });
    await keep(store, keyOf(9));
    const { documents, unclaimed, total } = await listStore(dir);
    const lines = documents.map(({ path, chunks, storedChunks, bytes }) => [
      path,
      chunks,
      storedChunks,
      bytes,
    ]);
    expect(lines.sort()).toEqual([
      ["a.pdf", 3, 3, 2 * FILE_BYTES],
      ["b.pdf", 1, 1, FILE_BYTES],
      ["b.pdf", 2, 2, 2 * FILE_BYTES],
    ]);
    expect(unclaimed).toEqual({ files: 1, bytes: FILE_BYTES });
    expect(total).toEqual({ files: 5, bytes: 5 * FILE_BYTES });
    expect(new Set(documents.map(({ id }) => id)).size).toBe(3);
    expect(documents.find(({ path }) => path === "a.pdf")).toMatchObject({
      title: "A.PDF",
      model: "tiny",
      tokens: 100,
      id: expect.stringMatching(/^[0-9a-f]{12}$/u),
    });
  });

  it("replaces the record of a document that was read again", async () => {
    const dir = await tempFolder();
    const { store } = await openTestStore(dir);
    await readDocument(store, { path: "a.pdf", chunks: [1] });
    await readDocument(store, { path: "a.pdf", chunks: [2] });
    const { documents, unclaimed } = await listStore(dir);
    expect([documents.length, unclaimed.files]).toEqual([1, 1]);
  });

  it("says when a document was last used, not only when it was read", async () => {
    const dir = await tempFolder();
    const { store } = await openTestStore(dir);
    await readDocument(store, { path: "a.pdf", chunks: [1] });
    await setAge(dir, keyOf(1), -1);
    const { documents } = await listStore(dir);
    expect(documents[0]?.lastUsedMs).toBeGreaterThan(Date.now() + 3_000_000);
  });

  it("is empty for a folder that is not there, and passes over what is no record", async () => {
    const dir = await tempFolder();
    expect(await listStore(join(dir, "none"))).toEqual({
      documents: [],
      texts: NOTHING,
      unclaimed: NOTHING,
      total: NOTHING,
    });
    const { store } = await openTestStore(dir);
    await readDocument(store, { path: "a.pdf", chunks: [1] });
    const folder = join(dir, "v1", keyOf(1).slice(0, 16), "documents");
    await writeFile(join(folder, "0123456789ab.json"), '{"path":"b.pdf"');
    await writeFile(join(folder, "0123456789ac.json"), "null");
    await writeFile(join(folder, "0123456789ad.json"), '{"path":"b.pdf","model":"m","chunkKeys":["../x"]}');
    expect((await listStore(dir)).documents.length).toBe(1);
  });

  it("throws KvStoreError with the reason when the folder cannot be read", async () => {
    const dir = await tempFolder();
    await mkdir(join(dir, "v1", keyOf(1).slice(0, 16), "documents", "0123456789ab.json"), {
      recursive: true,
    });
    await expect(listStore(dir)).rejects.toThrow(KvStoreError);
  });
});

describe("removeDocuments", () => {
  it("deletes the chunks that no other document has", async () => {
    const dir = await tempFolder();
    const { store } = await openTestStore(dir);
    await readDocument(store, { path: "a.pdf", chunks: [1, 2] });
    await readDocument(store, { path: "b.pdf", chunks: [2, 3] });
    await keep(store, keyOf(9));
    expect(await removeDocuments(dir, ({ path }) => path === "a.pdf")).toEqual({
      files: 1,
      bytes: FILE_BYTES,
    });
    expect((await listStore(dir)).documents.map(({ path, storedChunks }) => [path, storedChunks])).toEqual([
      ["b.pdf", 2],
    ]);
    expect(await removeDocuments(dir, () => true)).toEqual({ files: 2, bytes: 2 * FILE_BYTES });
    expect((await listStore(dir)).total.files).toBe(1);
    expect(await removeDocuments(dir, () => true)).toEqual(NOTHING);
  });

  it("deletes what was kept of questions about these chunks, and counts it as the document's", async () => {
    const dir = await tempFolder();
    const { store } = await openTestStore(dir);
    await readDocument(store, { path: "a.pdf", chunks: [1, 2] });
    await readDocument(store, { path: "b.pdf", chunks: [2] });
    const question = { adapter: "ab", scale: 1, promptTokens: Uint32Array.of(4) };
    for (const n of [1, 2]) await keep(store, candidateKey(keyOf(n), question));
    const { documents, unclaimed } = await listStore(dir);
    const a = documents.find(({ path }) => path === "a.pdf");
    expect([a?.chunks, a?.storedChunks, a?.bytes, unclaimed.files]).toEqual([2, 2, 4 * FILE_BYTES, 0]);
    expect((await removeDocuments(dir, ({ path }) => path === "a.pdf")).files).toBe(2);
    expect((await listStore(dir)).total.files).toBe(2);
  });
});

describe("a document of which another run read some chunks", () => {
  it("keeps those that are noted, and the new ones go with it", async () => {
    const dir = await tempFolder();
    const { store } = await openTestStore(dir);
    await readDocument(store, { path: "a.pdf", chunks: [1, 2] });
    for (const n of [2, 3]) await keep(store, keyOf(n));
    const part = {
      path: "a.pdf",
      title: undefined,
      model: "tiny",
      tokens: 40,
      chunkKeys: [keyOf(2), keyOf(3)],
      textKeys: [],
    };
    await store.addToDocument(part);
    const { documents } = await listStore(dir);
    expect(documents).toMatchObject([{ path: "a.pdf", chunks: 3, storedChunks: 3, tokens: 100 }]);
  });

  it("gives up those of a text that is not the document's any more", async () => {
    const dir = await tempFolder();
    const { store } = await openTestStore(dir);
    for (const n of [1, 2, 3]) await keep(store, keyOf(n));
    const part = { path: "notes.txt", title: undefined, model: "tiny", tokens: 40 };
    const read = (chunk: number, text: number) =>
      store.addToDocument({ ...part, chunkKeys: [keyOf(chunk)], textKeys: [keyOf(text)] });
    for (const [chunk, text] of [
      [1, 8],
      [2, 8],
      [3, 9],
    ] as const)
      await read(chunk, text);
    const { documents, unclaimed } = await listStore(dir);
    expect(documents).toMatchObject([{ path: "notes.txt", chunks: 1 }]);
    expect(unclaimed.files).toBe(2);
  });
});

it("notes the latest texts of a document alone, however often it changes", async () => {
  const dir = await tempFolder();
  const { store } = await openTestStore(dir);
  await keep(store, keyOf(1));
  const document = { path: "a.md", title: undefined, model: "tiny", tokens: 40, chunkKeys: [keyOf(1)] };
  for (let version = 0; version < 40; version += 1) {
    const note = { ...document, textKeys: [keyOf(version, "texts")] };
    await (version % 2 === 0 ? store.recordDocument(note) : store.addToDocument(note));
  }
  const [record] = (await listRecords(dir)).documents;
  expect(record?.textKeys).toEqual(Array.from({ length: 16 }, (_, i) => keyOf(24 + i, "texts")));
});

describe("collectGarbage", () => {
  it("deletes leftovers, damaged files, chunks long unclaimed and records without chunks, and says so", async () => {
    const dir = await tempFolder();
    const { store } = await openTestStore(dir);
    await readDocument(store, { path: "a.pdf", chunks: [1, 2] });
    await readDocument(store, { path: "b.pdf", chunks: [3] });
    for (const n of [4, 5]) await keep(store, keyOf(n));
    await truncate(fileOf(dir, keyOf(3)), 500);
    await setAge(dir, keyOf(1), 1000);
    await setAge(dir, keyOf(4), 25);
    const leftover = join(dir, "v1", "temporary", "99999999-0123456789abcdef.part");
    await writeFile(leftover, "");
    await utimes(leftover, new Date(0), new Date(0));
    expect(await collectGarbage(dir, { budgetBytes: 1e12 })).toEqual({
      leftovers: 1,
      damaged: { files: 1, bytes: 500 },
      unclaimed: { files: 1, bytes: FILE_BYTES },
      overBudget: NOTHING,
      records: 1,
    });
    const { documents, total } = await listStore(dir);
    expect([documents.map(({ path }) => path), total.files]).toEqual([["a.pdf"], 3]);
  });

  it("deletes the least recently used beyond the budget", async () => {
    const dir = await tempFolder();
    const { store } = await openTestStore(dir);
    await readDocument(store, { path: "a.pdf", chunks: [1, 2, 3] });
    await setAge(dir, keyOf(2), 5);
    const { overBudget } = await collectGarbage(dir, { budgetBytes: 2 * FILE_BYTES });
    expect(overBudget).toEqual({ files: 1, bytes: FILE_BYTES });
    expect(await stat(fileOf(dir, keyOf(2))).catch(() => "gone")).toBe("gone");
    const all = await collectGarbage(dir, { budgetBytes: 0 });
    expect(all).toMatchObject({ overBudget: { files: 2 }, records: 1 });
    expect(await filesBelow(dir)).toEqual([]);
  });
});

describe("clearStore", () => {
  it("deletes everything stored and nothing else", async () => {
    const dir = await tempFolder({ "thesis.txt": "mine", "v1/README": "mine", "v1/notes/ab/x.kv": "mine" });
    const { store } = await openTestStore(dir);
    await readDocument(store, { path: "a.pdf", chunks: [1, 2] });
    expect(await clearStore(dir)).toEqual({ files: 2, bytes: 2 * FILE_BYTES });
    expect((await filesBelow(dir)).sort()).toEqual(["README", "thesis.txt", "x.kv"]);
    expect(await keep(store, keyOf(3))).toBe(true);
  });
});
