import { readFile, writeFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { formatterFor } from "../../src/format/format.ts";
import { ANSWER_FORMATS, PLAN_FORMATS, READ_FORMATS } from "../../src/format/formats.ts";
import { answerJson, toJson, toJsonLine } from "../../src/format/json.ts";
import { answerSchema } from "./answer-schema.ts";
import { ABSENT, ANSWER, CITATION, PLAN, READ } from "./samples.ts";

const PIPE = { color: false, width: undefined };
const SCHEMA_FILE = new URL("../../docs/answer.schema.json", import.meta.url);

describe("JSON version 1 of an answer", () => {
  it("is what the schema says, also without pages and when absent", () => {
    const plain = { ...ABSENT, citations: [{ ...CITATION, page: null, pageLabel: null }] };
    for (const answer of [ANSWER, ABSENT, plain]) {
      const json = formatterFor(ANSWER_FORMATS, "json")(answer, PIPE);
      expect(answerSchema.parse(JSON.parse(json))).toEqual(JSON.parse(json));
    }
    // Also at compile time: what the formatter makes is what the schema takes, but for the arrays' readonly.
    const made: z.input<typeof answerSchema> = structuredClone(answerJson(ANSWER)) as never;
    expect(Object.keys(made)).toEqual(Object.keys(answerSchema.shape));
  });

  it("has its fields in the order of the documentation", () => {
    expect(Object.keys(JSON.parse(formatterFor(ANSWER_FORMATS, "json")(ANSWER, PIPE))).join(" ")).toBe(
      "version command question style answer verdict confidence answers citations window condenser candidates answeringChunks unsupported coverage tokens timings models settings",
    );
  });

  it("never carries fields that version 1 does not have", () => {
    const json = formatterFor(ANSWER_FORMATS, "json")({ ...ANSWER, extra: 1 } as typeof ANSWER, PIPE);
    expect(JSON.parse(json)).not.toHaveProperty("extra");
  });

  it("is documented by docs/answer.schema.json", async () => {
    const text = `${JSON.stringify(z.toJSONSchema(answerSchema), undefined, 2)}\n`;
    const { UPDATE_DOCS } = process.env;
    if (UPDATE_DOCS !== undefined) await writeFile(SCHEMA_FILE, text);
    expect(JSON.parse(await readFile(SCHEMA_FILE, "utf8"))).toEqual(JSON.parse(text));
  });

  it("has every field in docs/json.md", async () => {
    const page = await readFile(new URL("../../docs/json.md", import.meta.url), "utf8");
    const missing = fieldNames(answerJson(ANSWER)).filter((name) => !page.includes(`\`${name}\``));
    expect(missing).toEqual([]);
  });
});

/** The names of all fields; those of settings are the user's. */
function fieldNames(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(fieldNames);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [
    name,
    ...(name === "settings" ? [] : fieldNames(inner)),
  ]);
}

describe("JSON", () => {
  it("is indented, and one line as JSON Lines", () => {
    expect(toJson({ a: [1] })).toBe('{\n  "a": [\n    1\n  ]\n}\n');
    expect(toJsonLine({ a: "x\ny" })).toBe('{"a":"x\\ny"}\n');
    expect(formatterFor(ANSWER_FORMATS, "jsonl")(ANSWER, PIPE).trimEnd()).not.toContain("\n");
  });

  it("escapes what terminals obey and what line readers break at, without changing the value", () => {
    const value = "\u001b[31m \u007f \u009b31m \u2028 \u2029 é 🦊";
    const line = toJsonLine(value);
    expect(line).toBe('"\\u001b[31m \\u007f \\u009b31m \\u2028 \\u2029 é 🦊"\n');
    expect(JSON.parse(line)).toBe(value);
  });

  it("tells a read from a plan", () => {
    expect(JSON.parse(formatterFor(READ_FORMATS, "json")(READ, PIPE))).toMatchObject({
      version: 1,
      command: "read",
      dryRun: false,
      store: { keptBytes: 284_000_000 },
    });
    expect(JSON.parse(formatterFor(PLAN_FORMATS, "json")(PLAN, PIPE))).toMatchObject({
      version: 1,
      command: "read",
      dryRun: true,
      tokensPerSecond: 410.4,
    });
  });
});

describe("formatterFor", () => {
  it("refuses a format that a result does not have, with those that it has", () => {
    expect(() => formatterFor(READ_FORMATS, "html")).toThrow(
      'the format is "html", which is not known here, expected one of text, json, jsonl',
    );
    expect(() => formatterFor({ text: () => "" }, "json", "--json")).toThrow(
      '--json is "json", which is not known here, expected one of text',
    );
    expect(() => formatterFor(ANSWER_FORMATS, "toString")).toThrow("not known here");
  });

  it("prints as text what has no markdown form", () => {
    expect(formatterFor(READ_FORMATS, "markdown")).toBe(formatterFor(READ_FORMATS, "text"));
    expect(formatterFor(ANSWER_FORMATS, "markdown")).not.toBe(formatterFor(ANSWER_FORMATS, "text"));
  });
});
