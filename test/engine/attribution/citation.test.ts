import { expect, it } from "vitest";
import type { Chunk } from "../../../src/document/chunk.ts";
import { parseBytes } from "../../../src/document/parse.ts";
import { cite } from "../../../src/engine/attribution/citation.ts";

/** The only chunk of a text. */
function wholeOf(text: string): Chunk {
  return { document: 0, index: 0, start: 0, end: text.length, tokens: new Uint32Array(8), heading: "" };
}

function sourcesIn(text: string, quotes: readonly string[]) {
  return quotes.map((quote) => {
    const start = text.indexOf(quote);
    return { chunk: 0, quote: { start, end: start + quote.length }, support: 0 };
  });
}

it("cites quotes that begin at one place as the longest of them", async () => {
  const text = "The rent is 50 crowns. It is due in May. It is paid at the office.";
  const document = await parseBytes(Buffer.from(text), "lease.txt");
  const [one, two] = [text.indexOf(" It is due"), text.indexOf(" It is paid")];
  const quotes = [one, two, one].map((end) => ({ chunk: 0, quote: { start: 0, end }, support: end }));
  const citations = cite(quotes, { documents: [document], chunks: [wholeOf(text)] });
  expect(citations).toMatchObject([{ id: 1, start: 0, end: two, support: one }]);
  expect(citations[0]?.quote).toBe("The rent is 50 crowns. It is due in May.");
});

it("tells what stands over a table's row, and nothing over the header itself or beside a table", async () => {
  const text = "Fees of 2025.\n\nBerth | Crowns\n1 | 40\n2 | 55\n\nDogs are free.";
  const document = await parseBytes(Buffer.from(text), "fees.txt");
  const quotes = sourcesIn(text, ["Fees of 2025.", "Berth | Crowns", "2 | 55", "Dogs are free."]);
  const citations = cite(quotes, { documents: [document], chunks: [wholeOf(text)] });
  expect(citations.map(({ quote, header }) => [quote, header])).toEqual([
    ["Fees of 2025.", undefined],
    ["Berth | Crowns", undefined],
    ["2 | 55", "Berth | Crowns"],
    ["Dogs are free.", undefined],
  ]);
});

it("tells no header of a table whose first row says something itself, but years are one", async () => {
  const text =
    "Skarv | 5.3\nIbis | 4.1\nTern | 3.9\n\nIt ends.\n\nR-FAQ | What users of the system ask most often of all\nR-intro | An introduction\nR-data | Import and export\n\nFees | 2018 | 2019\nBerths | 40 | 45\nBoats | 12 | 13";
  const document = await parseBytes(Buffer.from(text), "boats.txt");
  const quotes = sourcesIn(text, ["Tern | 3.9", "R-data | Import and export", "Boats | 12 | 13"]);
  const headers = cite(quotes, { documents: [document], chunks: [wholeOf(text)] }).map(
    ({ header }) => header,
  );
  expect(headers).toEqual([undefined, undefined, "Fees | 2018 | 2019"]);
});
