import { copyFile, readdir, readFile, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { chunkDocuments } from "../../src/document/chunk.ts";
import type { Document } from "../../src/document/document.ts";
import { type ParseOptions, parseBytes } from "../../src/document/parse.ts";
import { isTextKey } from "../../src/kv/store/key.ts";
import { listStore } from "../../src/kv/store/listing.ts";
import type { KvStore } from "../../src/kv/store/store.ts";
import { listChunks } from "../../src/kv/store/store-layout.ts";
import { collectGarbage, removeDocuments } from "../../src/kv/store/upkeep.ts";
import { cutDocuments, type Tokenizer } from "../../src/texts/cut-documents.ts";
import { parseKept, textKeysOf } from "../../src/texts/parse-kept.ts";
import { PARSER_FOLDERS, parserVersion } from "../../src/texts/parser-version.ts";
import { tempFolder } from "../helpers/temp-folder.ts";
import { keep, keyOf, openTestStore } from "../kv/stored.ts";

const SENTENCE = "The keeper of the lighthouse wrote down every ship that she saw, and 😀 the weather.\n\n";
const MARKDOWN = Buffer.from(`# Log\n\n${SENTENCE.repeat(500)}## Storms\n\n${SENTENCE.repeat(500)}`);

/** A token for each code unit; counts the texts that it cuts. */
function countingTokenizer(fingerprint = "model"): Tokenizer & { readonly texts: string[] } {
  const texts: string[] = [];
  const tokenize = (text: string): Uint32Array => {
    texts.push(text);
    return Uint32Array.from(text, (character) => character.codePointAt(0) ?? 0);
  };
  return { fingerprint, backend: { release: "v1" }, tokenize, texts };
}

function parse(store: KvStore | undefined, path = "log.md", options: ParseOptions = {}): Promise<Document> {
  return parseKept({ path, bytes: MARKDOWN }, async () => store, options);
}

/** Files of kept texts. */
async function texts(dir: string): Promise<string[]> {
  const names = await readdir(join(dir, "v1", "texts"), { recursive: true }).catch(() => []);
  return names.filter((name) => name.endsWith(".kv")).map((name) => join(dir, "v1", "texts", name));
}

describe("a kept text", () => {
  it("is that of the parser, under the path it was opened by", async () => {
    const dir = await tempFolder();
    const wanted = await parseBytes(MARKDOWN, "log.md");
    expect(await parse((await openTestStore(dir)).store)).toStrictEqual(wanted);
    expect((await texts(dir)).length).toBe(1);
    const { store, warnings } = await openTestStore(dir);
    expect(await parse(store, "copy.md")).toStrictEqual({ ...wanted, path: "copy.md" });
    expect([(await texts(dir)).length, warnings]).toEqual([1, []]);
  });

  it("is taken from the store, not from the parser: what lies there is what is read", async () => {
    const dir = await tempFolder();
    const { store } = await openTestStore(dir);
    const [key = ""] = textKeysOf(await parse(store));
    const { serialize } = await import("node:v8");
    await store.keep(key, serialize({ ...(await parseBytes(MARKDOWN, "log.md")), text: "planted" }));
    expect((await parse((await openTestStore(dir)).store)).text).toBe("planted");
  });

  it("belongs to the engine and languages of text recognition", async () => {
    const dir = await tempFolder();
    const { store } = await openTestStore(dir);
    const recogniser = (engine: string, language: string) => ({
      engine,
      languages: [language],
      announce: () => undefined,
      recognise: async () => ({ text: "", confidence: 0 }),
    });
    for (const [engine, language] of [
      ["tesseract.js 7.0.0", "eng"],
      ["tesseract.js 7.0.1", "eng"],
      ["tesseract.js 7.0.0", "deu"],
      ["tesseract.js 7.0.0", "eng"],
    ] as const)
      await parse(store, "log.md", { recogniser: recogniser(engine, language) });
    expect((await texts(dir)).length).toBe(3);
  });

  it("belongs to the bytes, the kind of name and the settings of the parser", async () => {
    const dir = await tempFolder();
    const { store } = await openTestStore(dir);
    await parse(store);
    expect((await parse(store, "log.txt")).format).toBe("text");
    await parseKept({ path: "log.md", bytes: Buffer.concat([MARKDOWN, MARKDOWN]) }, async () => store, {});
    const message = `From a@b.c Mon Mar  4 10:00:00 2024\nFrom: a@b.c\n\n${MARKDOWN.toString()}\n\n`;
    const box = { path: "log.mbox", bytes: Buffer.from(message + message) };
    for (const pages of [undefined, [{ first: 2, last: 2 }]])
      await parseKept(box, async () => store, { pages });
    expect((await texts(dir)).length).toBe(5);
  });

  it("is not made with a password, without a store, nor of a small document", async () => {
    const dir = await tempFolder();
    const { store } = await openTestStore(dir);
    const document = await parse(store, "log.md", { password: "secret" });
    await parse(undefined);
    await parseKept({ path: "a.md", bytes: Buffer.from("# Short\n\nText.") }, async () => store, {});
    await cutDocuments([document], countingTokenizer(), 512);
    expect([await texts(dir), textKeysOf(document)]).toEqual([[], []]);
  });

  it.each(["flipped", "cut", "emptied", "of another key"])(
    "that is %s is said, and parsed again",
    async (damage) => {
      const dir = await tempFolder();
      const { store: first } = await openTestStore(dir);
      const wanted = await parse(first);
      const [path = ""] = await texts(dir);
      await parse(first, "log.txt");
      const [other = ""] = (await texts(dir)).filter((name) => name !== path);
      const bytes = await readFile(path);
      bytes[100] = (bytes[100] ?? 0) ^ 1;
      if (damage === "flipped") await writeFile(path, bytes);
      if (damage === "cut") await writeFile(path, bytes.subarray(0, 1000));
      if (damage === "emptied") await writeFile(path, "");
      if (damage === "of another key") await copyFile(other, path);
      const { store, warnings } = await openTestStore(dir);
      expect(await parse(store)).toStrictEqual(wanted);
      expect(warnings).toEqual([
        expect.stringMatching(
          /^the kept text [0-9a-f]{12}… is damaged \(.+\); it is deleted and parsed again$/u,
        ),
      ]);
      expect(await parse((await openTestStore(dir)).store)).toStrictEqual(wanted);
    },
  );

  it("that is whole and no document is said, and parsed again", async () => {
    const dir = await tempFolder();
    const { store, warnings } = await openTestStore(dir);
    const wanted = await parse(store);
    const [key = ""] = textKeysOf(wanted);
    for (const payload of [Buffer.from("nothing that v8 writes"), Buffer.from([0xff, 0x0f, 0x30])]) {
      await store.keep(key, payload);
      expect(await parse(store)).toStrictEqual(wanted);
    }
    expect(warnings.length).toBe(2);
  });

  it("throws what the parser throws, and keeps nothing", async () => {
    const dir = await tempFolder();
    const { store } = await openTestStore(dir);
    const bytes = Buffer.alloc(100_000);
    await expect(parseKept({ path: "a.bin", bytes }, async () => store, {})).rejects.toThrow("a.bin: ");
    expect(await texts(dir)).toEqual([]);
  });
});

describe("kept chunks", () => {
  it("are those of chunkDocuments, and tokenise nothing the second time", async () => {
    const dir = await tempFolder();
    const first = countingTokenizer();
    const other = await parseBytes(Buffer.from("Another document."), "other.md");
    const documents = [other, await parse((await openTestStore(dir)).store)];
    const wanted = chunkDocuments(documents, { chunkTokens: 300, tokenize: countingTokenizer().tokenize });
    expect(await cutDocuments(documents, first, 300)).toStrictEqual(wanted);
    expect(first.texts.length).toBeGreaterThan(100);
    const second = countingTokenizer();
    const again = [other, await parse((await openTestStore(dir)).store)];
    expect(await cutDocuments(again, second, 300)).toStrictEqual(wanted);
    expect(second.texts).toEqual(["Another document."]);
  });

  it("belong to the tokenizer and the size", async () => {
    const dir = await tempFolder();
    const document = await parse((await openTestStore(dir)).store);
    for (const [model, size] of [
      ["a", 300],
      ["b", 300],
      ["a", 200],
    ] as const) {
      const tokenizer = countingTokenizer(model);
      await cutDocuments([document], tokenizer, size);
      expect(tokenizer.texts.length).toBeGreaterThan(0);
    }
    expect((await texts(dir)).length).toBe(4);
  });

  it("of no text are refused as ever", async () => {
    const empty = { ...(await parseBytes(Buffer.from("a"), "a.md")), text: "" };
    await expect(cutDocuments([empty], countingTokenizer(), 300)).rejects.toThrow(
      "the documents have no text",
    );
  });
});

describe("kept texts in the store", () => {
  it("are counted, stay when unclaimed chunks go, and go with their document", async () => {
    const dir = await tempFolder();
    const { store } = await openTestStore(dir);
    const document = await parse(store);
    await cutDocuments([document], countingTokenizer(), 300);
    await keep(store, keyOf(1));
    const record = { path: "log.md", title: "Log", model: "tiny", tokens: 9, chunkKeys: [keyOf(1)] };
    // An earlier version's text goes as well, also when only the later one was noted last.
    const earlier = Buffer.concat([MARKDOWN, MARKDOWN]);
    const old = await parseKept({ path: "log.md", bytes: earlier }, async () => store, {});
    await store.recordDocument({ ...record, textKeys: textKeysOf(old) });
    await store.recordDocument({ ...record, textKeys: textKeysOf(document) });
    const listing = await listStore(dir);
    expect(listing).toMatchObject({ texts: { files: 3 }, unclaimed: { files: 0 }, total: { files: 4 } });
    await collectGarbage(dir, { budgetBytes: 1e12 });
    expect((await texts(dir)).length).toBe(3);
    expect((await removeDocuments(dir, ({ path }) => path === "log.md")).files).toBe(4);
    expect(await texts(dir)).toEqual([]);
  });

  it("go with the garbage when no document has them and nobody used them for a day", async () => {
    const dir = await tempFolder();
    const { store } = await openTestStore(dir);
    await parse(store);
    const [text] = (await listChunks(dir)).filter(({ key }) => isTextKey(key));
    const longAgo = new Date(Date.now() - 25 * 3_600_000);
    await utimes(text?.path ?? "", longAgo, longAgo);
    const { unclaimed } = await collectGarbage(dir, { budgetBytes: 1e12 });
    expect([unclaimed.files, await texts(dir)]).toEqual([1, []]);
  });

  it("are within the budget", async () => {
    const dir = await tempFolder();
    const { store } = await openTestStore(dir, { budgetBytes: 50_000 });
    await parse(store);
    expect(await texts(dir)).toEqual([]);
  });
});

describe("parserVersion", () => {
  it("is of all code that a parser may import", async () => {
    const files = await Promise.all(PARSER_FOLDERS.map((folder) => readdir(folder, { recursive: true })));
    expect(files.flat()).toEqual(expect.arrayContaining(["parse.ts", "zip-directory.ts"]));
  });

  it("is 64 hex digits, the same in a run", async () => {
    expect(await parserVersion()).toMatch(/^[0-9a-f]{64}$/u);
    expect(await parserVersion()).toBe(await parserVersion());
  });
});
