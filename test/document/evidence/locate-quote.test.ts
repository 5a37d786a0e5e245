import { describe, expect, it } from "vitest";
import { locateQuote } from "../../../src/document/evidence/locate-quote.ts";

/** What is found of `sought`, as text of the page. */
function find(parsed: string, sought: string, page: string) {
  const start = parsed.indexOf(sought);
  const { found, runs } = locateQuote({ parsed, quote: { start, end: start + sought.length }, page });
  return [found, ...runs.map((run) => page.slice(run.start, run.end))];
}

describe("locating a quote on its page", () => {
  it("sees through white space, line-end hyphens, ligatures and accents", () => {
    const page = "Head\r\nThe e\ufb03cient com\ufffe\r\nmittee met at Orle\u0301ans.\r\nEnd";
    expect(
      find("The efficient committee met at Orléans.\nEnd", "efficient committee met at Orléans.", page),
    ).toEqual(["whole", "e\ufb03cient com\ufffe\r\nmittee met at Orle\u0301ans"]);
  });

  it("tells repeated words by their number, and does not guess where the texts differ", () => {
    const text = "Total 5. Then total 5. Last total 5.";
    const page = "Total 5.\r\nThen total 5.\r\nLast total 5.";
    const { runs } = locateQuote({ parsed: text, quote: { start: 28, end: 35 }, page });
    expect(runs.map(({ start }) => start)).toEqual([page.lastIndexOf("total 5")]);
    expect(find("total 5", "total 5", page)).toEqual(["none"]);
  });

  it("puts lines and cells together that the page has apart", () => {
    const page = "Name\r\nAda\r\nGrace\r\nBorn\r\n1815\r\n1906";
    expect(find("Name | Born\nAda | 1815\nGrace | 1906", "Ada | 1815", page)).toEqual([
      "whole",
      "Ada",
      "1815",
    ]);
    expect(find("Ada | 1815 | poet", "Ada | 1815 | poet", page)).toEqual(["part", "Ada", "1815"]);
  });

  it("finds nothing of what is not there", () => {
    expect(find("Something else.", "Something else.", "The page.")).toEqual(["none"]);
    expect(find("***", "***", "***")).toEqual(["none"]);
  });
});
