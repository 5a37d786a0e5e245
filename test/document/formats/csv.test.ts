import { describe, expect, test } from "vitest";

import { parseBytes } from "../../../src/document/parse.ts";

const parse = (text: string, name = "a.csv") => parseBytes(Buffer.from(text), name);
const textOf = async (text: string, name?: string): Promise<string> => (await parse(text, name)).text;

describe("rows", () => {
  test("are lines; empty last fields are left out", async () => {
    expect(await textOf("a,b,c\r\n1,,3\r\n\r\n4,,\r\n")).toBe("a | b | c\n1 |  | 3\n\n4\n");
  });

  test("quoted fields keep their commas, quotes and line breaks; the last are said", async () => {
    const { text, warnings } = await parse('a,b\n"1,5","say ""no"""\n"two\nlines",x\n');
    expect(text).toBe('a | b\n1,5 | say "no"\ntwo lines | x\n');
    expect(warnings).toEqual(["1 row has line breaks inside a field; lines are counted as rows"]);
  });

  test("a quote that is never closed is read as it is, and said", async () => {
    const { text, warnings } = await parse('a,b\n"open,1\nc,d\n');
    expect(text).toBe('a | b\n"open | 1\nc | d\n');
    expect(warnings).toEqual([expect.stringMatching(/never closed/)]);
  });

  test("a quote that was not doubled does not end its field", async () => {
    expect(await textOf('a,b\n"5" pipe",x\n')).toBe('a | b\n5" pipe | x\n');
  });
});

test.each([
  ["a;b\n1,5;2,5\n", "a.csv", "a | b\n1,5 | 2,5\n"],
  ["a\tb\n1,5\t2\n", "a.csv", "a | b\n1,5 | 2\n"],
  ["a b, c\td\n", "a.tsv", "a b, c | d\n"],
  ["sep=;\na;b\n", "a.csv", "\na | b\n"],
  ["one\ntwo\n", "a.csv", "one\ntwo\n"],
])("the delimiter of %j in %s", async (text, name, shown) => {
  expect(await textOf(text, name)).toBe(shown);
});
