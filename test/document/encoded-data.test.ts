import { expect, test } from "vitest";

import { parseBytes } from "../../src/document/parse.ts";

const base64 = Buffer.from(Array.from({ length: 300_000 }, (_, i) => (i * 7919) % 251)).toString("base64");
const parse = (text: string, name: string) => parseBytes(Buffer.from(text), name);

test("a picture inside Markdown is left out, marked and counted; sections stay in place", async () => {
  const { text, sections, warnings } = await parse(
    `# One\n\n![plot](data:image/png;base64,${base64})\n\n# Two\n`,
    "a.md",
  );
  expect(text).toBe("# One\n\n![plot]([image/png, 400 kB, left out])\n\n# Two\n");
  expect(sections.map(({ start }) => text.slice(start, start + 5))).toEqual(["# One", "# Two"]);
  expect(warnings).toEqual(["1 piece of encoded data (400 kB) left out of the text"]);
});

test.each([
  ["JSON", `{"a": "data:image\\/png;base64,${base64}", "b": 1}`, "a.json", '"b": 1'],
  ["bare JSON", `{"a": "${base64}", "b": 1}`, "a.json", '"b": 1'],
  ["a key file", `before\n${base64.replace(/.{64}/g, "$&\n")}\nafter`, "a.pem", "after"],
])("%s loses its encoded data and nothing else", async (...[, content, name, kept]) => {
  const { text, warnings } = await parse(content, name);
  expect(text.length).toBeLessThan(200);
  expect(text).toContain(kept);
  expect(warnings).toHaveLength(1);
});

test.each([
  ["a short picture", "![x](data:image/png;base64,iVBORw0KGgo=)"],
  ["genes", "ACGT".repeat(1000)],
  ["a rule", "-".repeat(2000)],
  ["checksums", "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n".repeat(20)],
])("%s stays", async (_, text) => {
  expect(await parse(text, "a.txt")).toMatchObject({ text, warnings: [] });
});

const many = (count: number, text: string): string => text.repeat(count);

test.each([
  [
    "a URL with escapes",
    `data:image/png;base64,${many(1_000_000, "QUJDRDEy%2B")} end`,
    "[image/png, 11000 kB, left out] end",
  ],
  ["lines", `${many(150_000, `${base64.slice(0, 76)}\n`)}end`, "[encoded data, 11550 kB, left out]"],
  ["a run", `${many(30, base64)} end`, "[encoded data, 12000 kB, left out] end"],
])("12 MB of base64 are left out like little: %s", async (_, content, text) => {
  expect((await parse(content, "a.txt")).text).toBe(text);
});
