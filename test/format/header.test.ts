import { describe, expect, it } from "vitest";
import { answerHtml } from "../../src/format/html/results.ts";
import { answerMarkdown } from "../../src/format/markdown.ts";
import { sourcesText } from "../../src/format/sources.ts";
import { answerText } from "../../src/format/text.ts";
import { ANSWER, CITATION } from "./samples.ts";

const PLAIN = { color: false, width: undefined, links: undefined };
const ROW = { ...CITATION, quote: "2 | 55", header: "Berth | <b>Crowns</b>" };
const QUOTED = { ...ANSWER, style: "quote" as const, citations: [ROW] };

describe("a quoted row of a table", () => {
  it("stands under the table's header in every format that people read", () => {
    const shown = "“2 | 55” (under “Berth | <b>Crowns</b>”)";
    expect(answerText(QUOTED, PLAIN).split("\n")[0]).toBe(shown);
    expect(sourcesText([ROW], PLAIN)).toContain("2 | 55 (under “Berth | <b>Crowns</b>”)\n");
    expect(answerHtml(QUOTED, PLAIN)).toContain("under “Berth | &#60;b&#62;Crowns&#60;/b&#62;”");
    const markdown = answerMarkdown(QUOTED, PLAIN);
    expect(markdown).toContain("under “Berth");
    expect(markdown).not.toContain("<b>");
  });

  it("is alone where it has none", () => {
    const { header: _, ...row } = ROW;
    expect(answerText({ ...QUOTED, citations: [row] }, PLAIN).split("\n")[0]).toBe("“2 | 55”");
  });
});
