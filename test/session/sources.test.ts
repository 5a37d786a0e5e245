import { randomBytes } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { PDFDocument } from "pdf-lib";
import { describe, expect, it } from "vitest";
import { resolveSettings } from "../../src/session/settings.ts";
import { findSources, parseSources } from "../../src/session/sources.ts";
import { textKeysOf } from "../../src/texts/parse-kept.ts";
import { tempFolder } from "../helpers/temp-folder.ts";
import { openTestStore } from "../kv/stored.ts";

const signal = new AbortController().signal;

describe("parsed sources", () => {
  it("has attachments of a PDF whose text is known, and the PDF still counts as kept", async () => {
    const pdf = await PDFDocument.create();
    pdf.addPage().drawText("The board met on Monday and elected a chair.");
    await pdf.attach(Buffer.from("The chair is Liv Strand."), "minutes.txt");
    await pdf.attach(randomBytes(100_000), "seal.bin");
    const cwd = await tempFolder({ "board.pdf": await pdf.save() });
    const { store } = await openTestStore(join(cwd, "kv"));
    const options = {
      cwd,
      settings: resolveSettings({ ocr: "off" }),
      folders: { ocr: join(cwd, "ocr"), recognised: join(cwd, "recognised") },
      readStandardInput: async () => Buffer.alloc(0),
      openStore: async () => store,
      signal,
      onEvent: () => undefined,
    };
    for (const _ of ["parsed", "known"]) {
      const { documents } = await parseSources({ sources: ["board.pdf"], skipped: [] }, options);
      expect(documents.map(({ path }) => path)).toEqual(["board.pdf", "board.pdf » minutes.txt"]);
      expect(documents[0]?.warnings).toEqual(["1 attachment was not read: seal.bin (100 kB)"]);
      expect(documents.map((document) => textKeysOf(document).length)).toEqual([1, 0]);
    }
  });

  it("refuses two documents in memory of one path", async () => {
    const twice = ["One.", "Two."].map((text) => ({ path: "a.txt", bytes: Buffer.from(text) }));
    await expect(findSources(twice, { cwd: "." })).rejects.toThrow(
      "two documents in memory are called a.txt",
    );
  });

  it("can be had again: files as they are, what is no file as it was", async () => {
    const cwd = await tempFolder({ "a.txt": "A file." });
    const sources = ["a.txt", "-", { path: "b.txt", bytes: Buffer.from("In memory.") }];
    const readStandardInput = async () => Buffer.from("Standard input.");
    const openStore = async () => undefined;
    const onEvent = (): void => undefined;
    const folders = { ocr: join(cwd, "ocr"), recognised: join(cwd, "recognised") };
    const settings = resolveSettings({ ocr: "off" });
    const options = { cwd, settings, folders, readStandardInput, openStore, signal, onEvent };
    const parsed = await parseSources({ sources, skipped: [] }, options);
    const text = async (path: string) => Buffer.from(await parsed.bytesOf(path, signal)).toString();
    expect([await text("a.txt"), await text("-"), await text("b.txt")]).toEqual([
      "A file.",
      "Standard input.",
      "In memory.",
    ]);
    await rm(join(cwd, "a.txt"));
    await expect(parsed.bytesOf("a.txt", signal)).rejects.toThrow("a.txt: no such file or folder");
  });

  it("are those that can be parsed, where another is refused for a bug; alone, that one is thrown", async () => {
    const cwd = await tempFolder({ "a.txt": "A file." });
    const broken = { path: "b.txt", bytes: undefined as unknown as Uint8Array };
    const openStore = async () => undefined;
    const folders = { ocr: join(cwd, "ocr"), recognised: join(cwd, "recognised") };
    const readStandardInput = async () => Buffer.alloc(0);
    const settings = resolveSettings({ ocr: "off" });
    const onEvent = (): void => undefined;
    const options = { cwd, settings, folders, readStandardInput, openStore, signal, onEvent };
    const parsed = await parseSources({ sources: [broken, "a.txt"], skipped: [] }, options);
    expect(parsed.documents.map(({ path }) => path)).toEqual(["a.txt"]);
    expect(parsed.skipped).toEqual([
      { path: "b.txt", reason: expect.stringMatching(/^a bug in focus: /), named: true },
    ]);
    await expect(parseSources({ sources: [broken], skipped: [] }, options)).rejects.toThrow(TypeError);
  });
});
