import { describe, expect, test } from "vitest";

import { parseBytes } from "../../../src/document/parse.ts";

const textOf = async (text: string, name = "a.json"): Promise<string> =>
  (await parseBytes(Buffer.from(text), name)).text;

describe("JSON", () => {
  test("that is laid out keeps its lines; escaped letters are written out, other escapes are not", async () => {
    expect(
      await textOf('{\n  "name": "M\\u00fcller \\u0022x\\n \\\\u00fc \\ud83e\\udd8a \\ud83e"\n}\n'),
    ).toBe('{\n  "name": "Müller \\u0022x\\n \\\\u00fc 🦊 \\ud83e"\n}\n');
  });

  test("on one long line gets a line a member; numbers, doubled keys and empty lists stay as they are", async () => {
    const long = "x ".repeat(300);
    expect(await textOf(`{"id":12345678901234567890,"a":[1,{"b":[]}],"a":null,"t":"${long}, {y: 1}"}`)).toBe(
      `{\n  "id": 12345678901234567890,\n  "a": [\n    1,\n    {\n      "b": []\n    }\n  ],\n  "a": null,\n  "t": "${long}, {y: 1}"\n}\n`,
    );
  });

  test("a million brackets are laid out in no time and little space", async () => {
    const start = performance.now();
    expect((await textOf("[".repeat(1_000_000))).length).toBeLessThan(30_000_000);
    expect(performance.now() - start).toBeLessThan(5000);
  });

  test("may have strings of 10 MB, with escapes or escaped letters, and words of that length", async () => {
    const words = "x ".repeat(5_000_000);
    expect(await textOf(`{"a":"${words}"}`)).toBe(`{\n  "a": "${words}"\n}\n`);
    const escapes = "x\\n".repeat(4_000_000);
    expect(await textOf(`{"a":"${escapes}",}`)).toBe(`{\n  "a": "${escapes}",\n  \n}\n`);
    expect(await textOf(`{"a":"${"\\u4e2d".repeat(2_000_000)}"}`)).toBe(
      `{\n  "a": "${"中".repeat(2_000_000)}"\n}\n`,
    );
    expect(await textOf("x".repeat(10_000_000))).toBe(`${"x".repeat(10_000_000)}\n`);
  });

  test("keeps the words of comments apart, and what follows one on a line of its own", async () => {
    const json = `{"a": 1, // the "first" of {two}\n"b": /* is it? */ NaN, "c": "${"x ".repeat(300)}"}`;
    const { text, warnings } = await parseBytes(Buffer.from(json), "a.json");
    expect(text).toContain('{\n  "a": 1,\n  // the "first" of {two}\n  "b": /* is it? */ NaN,\n  "c"');
    expect(warnings).toEqual([]);
  });
});

test("JSON Lines are a record a block", async () => {
  const long = "x ".repeat(300);
  expect(await textOf(`{"a":1}\n{"t":"${long}"}\n`, "a.jsonl")).toBe(
    `{\n  "a": 1\n}\n\n{\n  "t": "${long}"\n}\n`,
  );
});
