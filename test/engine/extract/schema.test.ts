import { describe, expect, it } from "vitest";
import { fieldLines, questionOf, shapeOf } from "../../../src/engine/extract/ask-for.ts";
import { parseSchema } from "../../../src/engine/extract/schema.ts";

const INVOICE = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "Invoice",
  description: "Bills that came in.",
  type: "object",
  additionalProperties: false,
  properties: {
    number: { type: "string" },
    dueDate: { type: "string", description: "when it is to be paid" },
    total: { type: "number" },
    paid: { type: "boolean" },
    currency: { enum: ["GBP", "EUR"] },
    items: { type: "array", items: { type: "string" } },
  },
  required: ["number"],
};

describe("a schema", () => {
  it("becomes fields, a question, lines for the writer and the shape of a list", () => {
    const schema = parseSchema(INVOICE);
    expect(
      schema.fields.map(({ name, type, isList, isRequired }) => [name, type, isList, isRequired]),
    ).toEqual([
      ["number", "string", false, true],
      ["dueDate", "string", false, false],
      ["total", "number", false, false],
      ["paid", "boolean", false, false],
      ["currency", "string", false, false],
      ["items", "string", true, false],
    ]);
    expect(questionOf(schema)).toBe(
      "What are the number, due date, total, paid, currency and items of each invoice? Bills that came in.",
    );
    expect(fieldLines(schema).split("\n").slice(1, 6)).toEqual([
      "- dueDate: string, when it is to be paid",
      "- total: number",
      "- paid: boolean",
      '- currency: one of "GBP", "EUR"',
      "- items: list of string",
    ]);
    expect(shapeOf(schema)).toMatchObject({
      type: "array",
      items: {
        type: "object",
        properties: {
          number: { type: "string" },
          currency: { oneOf: [{ enum: ["GBP", "EUR"] }, { type: "null" }] },
          items: { oneOf: [{ type: "array", items: { type: "string" } }, { type: "null" }] },
        },
      },
    });
  });

  it("asks for one thing without a list", () => {
    expect(questionOf(parseSchema({ type: "object", properties: { name: { type: "string" } } }))).toBe(
      "What is the name of each item?",
    );
  });

  const of = (property: unknown, rest = {}) => ({ type: "object", properties: { a: property }, ...rest });
  it.each([
    [[1], "the schema is [1], expected an object"],
    [{ properties: {} }, 'the schema\'s type is missing, expected "object"'],
    [{ type: "array", items: {} }, 'the schema has "items", which focus extract does not follow'],
    [{ type: "object" }, "properties is missing, expected an object"],
    [{ type: "object", properties: {} }, "properties is {}, expected at least one property"],
    [of({ type: "object", properties: {} }), 'properties.a has "properties", which'],
    [of({ type: "date" }), 'properties.a.type is "date", expected string, number, integer or boolean'],
    [of({}), "properties.a.type is missing, expected string"],
    [of({ type: "number", minimum: 3 }), 'properties.a has "minimum", which focus extract does not follow'],
    [of({ enum: [] }), "properties.a.enum is [], expected a list of values"],
    [of({ enum: [{ b: 1 }] }), 'properties.a.enum is {"b":1}, expected texts'],
    [
      of({ type: "integer", enum: ["N/A", 1] }),
      'properties.a.enum is "N/A", expected values of type integer',
    ],
    [of({ type: "integer", enum: [1, 1.5] }), "properties.a.enum is 1.5, expected values of type integer"],
    [of({ type: "array" }), "properties.a.items is missing, expected an object"],
    [of({ type: "array", items: { type: "array" } }), 'properties.a.items.type is "array", expected string'],
    [of({ type: "string" }, { required: ["b"] }), 'required is "b", expected names among a'],
    [of({ type: "string" }, { oneOf: [] }), 'the schema has "oneOf", which'],
  ])("says what of %j it does not understand", (schema, message) => {
    expect(() => parseSchema(schema)).toThrow(message);
  });
});
