import { expect, it } from "vitest";
import { parseBytes } from "../../../src/document/parse.ts";
import { cite } from "../../../src/engine/attribution/citation.ts";

it("cites quotes that begin at one place as the longest of them", async () => {
  const text = "The rent is 50 crowns. It is due in May. It is paid at the office.";
  const document = await parseBytes(Buffer.from(text), "lease.txt");
  const chunk = {
    document: 0,
    index: 0,
    start: 0,
    end: text.length,
    tokens: new Uint32Array(8),
    heading: "",
  };
  const [one, two] = [text.indexOf(" It is due"), text.indexOf(" It is paid")];
  const quotes = [one, two, one].map((end) => ({ chunk: 0, quote: { start: 0, end }, support: end }));
  const citations = cite(quotes, { documents: [document], chunks: [chunk] });
  expect(citations).toMatchObject([{ id: 1, start: 0, end: two, support: one }]);
  expect(citations[0]?.quote).toBe("The rent is 50 crowns. It is due in May.");
});

it("tells what stands over a table's row, and nothing over the header itself or beside a table", async () => {
  const text = "Fees of 2025.\n\nBerth | Crowns\n1 | 40\n2 | 55\n\nDogs are free.";
  const document = await parseBytes(Buffer.from(text), "fees.txt");
  const chunk = {
    document: 0,
    index: 0,
    start: 0,
    end: text.length,
    tokens: new Uint32Array(8),
    heading: "",
  };
  const quotes = ["Fees of 2025.", "Berth | Crowns", "2 | 55", "Dogs are free."].map((quote) => {
    const start = text.indexOf(quote);
    return { chunk: 0, quote: { start, end: start + quote.length }, support: 0 };
  });
  const citations = cite(quotes, { documents: [document], chunks: [chunk] });
  expect(citations.map(({ quote, header }) => [quote, header])).toEqual([
    ["Fees of 2025.", undefined],
    ["Berth | Crowns", undefined],
    ["2 | 55", "Berth | Crowns"],
    ["Dogs are free.", undefined],
  ]);
});
