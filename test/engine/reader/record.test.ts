import { expect, it } from "vitest";
import { toPageRanges } from "../../../src/config/page-ranges.ts";
import { parseBytes } from "../../../src/document/parse.ts";
import { ask } from "../../../src/engine/ask.ts";
import { Corpus } from "../../../src/engine/corpus.ts";
import { readDocuments } from "../../../src/engine/read.ts";
import { totalTokens } from "../../../src/engine/receipt/coverage.ts";
import { listStore } from "../../../src/kv/store/listing.ts";
import { removeDocuments } from "../../../src/kv/store/upkeep.ts";
import { FAKE_CONDENSER, fakeOptions, fakeStore } from "../../helpers/fake-engine.ts";
import { makePdf } from "../../helpers/make-pdf.ts";

const PDF = makePdf(
  ["harbour", "lighthouse", "pier", "boiler"].map((name) => ({
    lines: Array.from({ length: 12 }, (_, i) => `Line ${i} of the minutes is about the ${name} of the town.`),
  })),
);

/** The document, or its pages 2 and 3. */
async function corpusOf(pages?: string): Promise<Corpus> {
  const ranges = pages === undefined ? undefined : toPageRanges(pages);
  return new Corpus([await parseBytes(PDF, "minutes.pdf", { pages: ranges })]);
}

it.each([
  "read, read pages, ask pages",
  "read pages, read",
  "ask pages, ask, ask pages",
  "ask",
  "ask, read, ask pages",
])("forgets nothing that was read of a document or of its pages: %s", async (steps) => {
  const { store, dir } = await fakeStore();
  const options = { ...(await fakeOptions({ store, condenserAdapter: FAKE_CONDENSER })), condenseChunks: 2 };
  for (const step of steps.split(", ")) {
    const corpus = await corpusOf(step.endsWith("pages") ? "2-3" : undefined);
    if (step.startsWith("read")) await readDocuments({ corpus, loadMs: 0 }, options);
    else await ask({ corpus, loadMs: 0, question: "What is it about the pier?" }, options);
  }
  const { unclaimed, total } = await listStore(dir);
  expect(total.files).toBeGreaterThan(0);
  expect(unclaimed.files).toBe(0);
  await removeDocuments(dir, ({ path }) => path === "minutes.pdf");
  expect((await listStore(dir)).total.files).toBe(0);
});

it("tells of how many chunks the document has how many are stored, when a question has read a few", async () => {
  const { store, dir } = await fakeStore();
  const options = { ...(await fakeOptions({ store, condenserAdapter: FAKE_CONDENSER })), condenseChunks: 2 };
  const corpus = await corpusOf();
  const all = await corpus.chunks(options.reader, options.chunkTokens);
  await ask({ corpus, loadMs: 0, question: "What is it about the pier?" }, options);
  const [asked] = (await listStore(dir)).documents;
  expect(asked).toMatchObject({ chunks: all.length, tokens: totalTokens(all) });
  expect(asked?.storedChunks).toBeLessThan(all.length);
  await readDocuments({ corpus, loadMs: 0 }, options);
  const [read] = (await listStore(dir)).documents;
  expect(read).toMatchObject({ chunks: all.length, storedChunks: all.length, tokens: totalTokens(all) });
});

it("keeps pages that were asked for apart from the document, which they are not all of", async () => {
  const { store, dir } = await fakeStore();
  const options = await fakeOptions({ store });
  const input = { corpus: await corpusOf(), loadMs: 0 };
  await readDocuments(input, options);
  await readDocuments({ ...input, corpus: await corpusOf("2-3") }, options);
  const { documents } = await listStore(dir);
  const [many, few] = documents.map(({ chunks }) => chunks).sort((a, b) => b - a);
  expect(many).toBeGreaterThan(few ?? Number.POSITIVE_INFINITY);
});
