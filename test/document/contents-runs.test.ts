import { describe, expect, it } from "vitest";
import { contentsRuns, isInContents } from "../../src/document/contents-runs.ts";

const TITLES = ["Fees", "Boats", "Winter", "Keys", "Water", "Power", "Guests", "Dogs"];

/** A document whose list of contents is of these lines, and its headings of these titles. */
function documentOf(lines: readonly string[], titles: readonly string[] = TITLES) {
  const list = lines.join("\n\n");
  let text = `Rules of the harbour\n\n${list}\n\n`;
  const sections = titles.map((title) => {
    const start = text.length;
    text += `${title}\n\nOf ${title.toLowerCase()} there is much to tell.\n\n`;
    return { title, level: 1, start };
  });
  return { text, sections, list };
}

describe("a list of contents without pages", () => {
  it.each([
    { name: "bare", of: (title: string) => title },
    { name: "of links", of: (title: string) => `- [${title}](#${title.toLowerCase()})` },
    { name: "in capitals", of: (title: string) => title.toUpperCase() },
  ])("is known by the headings that come later, $name", ({ of }) => {
    const { text, sections, list } = documentOf(TITLES.map(of));
    const [run, ...others] = contentsRuns({ text, sections });
    expect(text.slice(run?.start, run?.end)).toBe(list);
    expect(others).toEqual([]);
  });

  it("has what is mostly in it, and not what is said under the headings", () => {
    const source = documentOf(TITLES);
    const at = source.text.indexOf("Dogs");
    expect(isInContents(source, { start: at, end: at + 4 })).toBe(true);
    const said = source.text.indexOf("Of dogs");
    expect(isInContents(source, { start: said, end: said + 20 })).toBe(false);
    expect(isInContents(source, { start: at, end: at + 40 })).toBe(false);
  });

  it("goes on over one line that names nothing, and not over prose", () => {
    const one = documentOf([...TITLES.slice(0, 4), "Part two", ...TITLES.slice(4)]);
    expect(contentsRuns(one)).toHaveLength(1);
    const prose = documentOf([...TITLES.slice(0, 4), "It rains.", "It snows.", ...TITLES.slice(4)]);
    expect(contentsRuns(prose)).toEqual([]);
  });

  it("begins below the title and the author of a book, which has its title on a later page, too", () => {
    const { text, sections, list } = documentOf(["Rules", "by Ingrid Hals", ...TITLES], [...TITLES, "Rules"]);
    const [run] = contentsRuns({ text, sections });
    expect(text.slice(run?.start, run?.end)).toBe(list.slice(list.indexOf("Fees")));
  });

  it("is none of few lines, nor headings that name themselves", () => {
    expect(contentsRuns(documentOf(TITLES.slice(0, 7)))).toEqual([]);
    expect(contentsRuns(documentOf([]))).toEqual([]);
  });
});
