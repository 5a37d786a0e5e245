import { rm } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseSources } from "../../src/session/sources.ts";
import { tempFolder } from "../helpers/temp-folder.ts";

const signal = new AbortController().signal;

describe("parsed sources", () => {
  it("can be had again: files as they are, what is no file as it was", async () => {
    const cwd = await tempFolder({ "a.txt": "A file." });
    const sources = ["a.txt", "-", { path: "b.txt", bytes: Buffer.from("In memory.") }];
    const readStandardInput = async () => Buffer.from("Standard input.");
    const openStore = async () => undefined;
    const onEvent = (): void => undefined;
    const options = { cwd, password: undefined, readStandardInput, openStore, signal, onEvent };
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
});
