import { UsageError } from "../../errors.ts";
import type { Field, ItemSchema, Scalar } from "./extraction.ts";

type Json = Readonly<Record<string, unknown>>;

const TYPES = ["string", "number", "integer", "boolean"] as const;
/** What says nothing about values. */
const REMARKS = ["$schema", "$id", "$comment", "title", "description", "examples", "default"];
const HINT =
  "an object with properties that are string, number, integer, boolean, enum, or an array of one of these";

/**
 * Understands a JSON Schema as far as it describes flat items. Throws UsageError that names the part which is not
 * understood: nothing that a schema demands is passed over.
 */
export function parseSchema(schema: unknown): ItemSchema {
  const top = objectAt(schema, "the schema");
  refuseUnknown(top, "the schema", ["type", "properties", "required", "additionalProperties"]);
  const { type, properties: given, required = [] } = top;
  if (type !== "object") fail("the schema's type", type, '"object"');
  const properties = objectAt(given, "properties");
  const names = Object.keys(properties);
  if (names.length === 0) fail("properties", {}, "at least one property");
  if (!Array.isArray(required)) fail("required", required, "a list of names");
  const missing = (required as unknown[]).find((name) => typeof name !== "string" || !names.includes(name));
  if (missing !== undefined) fail("required", missing, `names among ${names.join(", ")}`);
  return {
    title: textAt(top, "title", "the schema"),
    description: textAt(top, "description", "the schema"),
    fields: names.map((name) => fieldOf(name, properties[name], (required as string[]).includes(name))),
  };
}

function fieldOf(name: string, schema: unknown, isRequired: boolean): Field {
  const place = `properties.${name}`;
  const own = objectAt(schema, place);
  const description = textAt(own, "description", place) ?? textAt(own, "title", place);
  const { type, items: inside } = own;
  if (type !== "array") {
    refuseUnknown(own, place, ["type", "enum"]);
    return { name, ...kindOf(own, place), isList: false, description, isRequired };
  }
  refuseUnknown(own, place, ["type", "items"]);
  const items = objectAt(inside, `${place}.items`);
  refuseUnknown(items, `${place}.items`, ["type", "enum"]);
  return { name, ...kindOf(items, `${place}.items`), isList: true, description, isRequired };
}

function kindOf(schema: Json, place: string): Pick<Field, "type" | "choices"> {
  const { enum: given, type: typed } = schema;
  if (given === undefined) return { type: typeAt(schema, place), choices: undefined };
  const choices = choicesAt(schema, place);
  if (typed === undefined) return { type: typeOf(choices[0]), choices };
  const type = typeAt(schema, place);
  const other = choices.find((choice) => !isOfType(choice, type));
  if (other !== undefined) fail(`${place}.enum`, other, `values of type ${type}`);
  return { type, choices };
}

function choicesAt({ enum: choices }: Json, place: string): readonly Scalar[] {
  if (!Array.isArray(choices) || choices.length === 0) fail(`${place}.enum`, choices, "a list of values");
  const other = (choices as unknown[]).find((one) => !isScalar(one));
  if (other !== undefined) fail(`${place}.enum`, other, "texts, numbers, true and false");
  return choices as readonly Scalar[];
}

function typeAt({ type }: Json, place: string): Field["type"] {
  const known = TYPES.find((one) => one === type);
  return known ?? fail(`${place}.type`, type, TYPES.join(", ").replace(/, (?=\w+$)/u, " or "));
}

function typeOf(value: Scalar | undefined): Field["type"] {
  if (typeof value === "boolean") return "boolean";
  return typeof value === "number" ? "number" : "string";
}

function isOfType(value: Scalar, type: Field["type"]): boolean {
  return type === "integer" ? Number.isInteger(value) : typeof value === type;
}

function isScalar(value: unknown): value is Scalar {
  return ["string", "number", "boolean"].includes(typeof value);
}

function objectAt(value: unknown, place: string): Json {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Json;
  return fail(place, value, "an object");
}

function textAt(schema: Json, key: string, place: string): string | undefined {
  const value = schema[key];
  if (value === undefined || typeof value === "string") return value?.trim() || undefined;
  return fail(`${key} of ${place}`, value, "a text");
}

function refuseUnknown(schema: Json, place: string, known: readonly string[]): void {
  const unknown = Object.keys(schema).find((key) => ![...known, ...REMARKS].includes(key));
  if (unknown === undefined) return;
  throw new UsageError(`${place} has "${unknown}", which focus extract does not follow`, {
    hint: `take it out; expected ${HINT}`,
  });
}

function fail(place: string, value: unknown, expected: string): never {
  const shown = value === undefined ? "missing" : JSON.stringify(value);
  throw new UsageError(`${place} is ${shown}, expected ${expected}`, { hint: `expected ${HINT}` });
}
