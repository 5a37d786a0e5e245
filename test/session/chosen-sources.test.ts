import { join } from "node:path";
import { expect, test } from "vitest";
import { resolveSettings } from "../../src/session/settings.ts";
import { findSources, type ParsedSources, parseSources } from "../../src/session/sources.ts";
import { makePdf } from "../helpers/make-pdf.ts";
import { tempFolder } from "../helpers/temp-folder.ts";

const PDF = makePdf([{ lines: ["Page one."] }, { lines: ["Page two."] }]);

async function parse(cwd: string, given: Parameters<typeof resolveSettings>[0]): Promise<ParsedSources> {
  const settings = resolveSettings({ ocr: "off", ...given });
  const { signal } = new AbortController();
  const readStandardInput = async (): Promise<Uint8Array> => new Uint8Array();
  const openStore = async () => undefined;
  const folders = { ocr: join(cwd, "ocr"), recognised: join(cwd, "recognised") };
  const host = { cwd, settings, folders, readStandardInput, openStore, signal, onEvent: () => undefined };
  return parseSources(await findSources(["."], { ...settings, cwd }), host);
}

test("a session has the pages and files that its settings ask for", async () => {
  const cwd = await tempFolder({ "a.pdf": PDF, "b.pdf": PDF, "c.txt": "No pages." });
  const { documents } = await parse(cwd, { pages: "2", include: ["*.pdf"], exclude: ["b.*"] });
  expect(documents.map(({ path, text }) => [path, text.trim()])).toEqual([["a.pdf", "Page two."]]);
});

test("a document without pages is skipped by name, where pages are asked for", async () => {
  const cwd = await tempFolder({ "a.pdf": PDF, "c.txt": "No pages." });
  const { documents, skipped } = await parse(cwd, { pages: "1" });
  expect(documents.map(({ path }) => path)).toEqual(["a.pdf"]);
  expect(skipped).toEqual([
    { path: "c.txt", reason: "has no pages, but pages 1 were asked for", named: true },
  ]);
});
