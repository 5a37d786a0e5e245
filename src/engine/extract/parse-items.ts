import type { Field, ItemSchema, Scalar, Value } from "./extraction.ts";

export type Values = Readonly<Record<string, Value>>;

export type ParsedItems = {
  readonly items: readonly Values[];
  /** Whether the text ends before the list does. */
  readonly isCutOff: boolean;
};

/** The items of a list of JSON as far as it was written; what is no object or has no value is none. */
export function parseItems(json: string, schema: ItemSchema): ParsedItems {
  const whole = tryParse(json);
  const items = (whole ?? partOf(json)).filter(isObject);
  const values = items.map((item) => valuesOf(item, schema));
  return {
    items: values.filter((one) => Object.values(one).some((value) => value !== null)),
    isCutOff: whole === undefined,
  };
}

/** Tables have equal rows next to each other; a writer that says an item so often in a row goes on with it to the limit. */
const ROUNDS = 3;

/** Whether the last items of a list, as far as it was written, are all the same. */
export function goesRound(json: string): boolean {
  const last = partOf(json).slice(-ROUNDS);
  return last.length === ROUNDS && new Set(last.map((item) => JSON.stringify(item))).size === 1;
}

/** The items before the one that is not whole. */
function partOf(json: string): unknown[] {
  for (let end = json.lastIndexOf("}"); end > 0; end = json.lastIndexOf("}", end - 1)) {
    const items = tryParse(`${json.slice(0, end + 1)}]`);
    if (items !== undefined) return items;
  }
  return [];
}

function tryParse(json: string): unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return Array.isArray(value) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isObject(item: unknown): item is object {
  return typeof item === "object" && item !== null;
}

function valuesOf(item: object, { fields }: ItemSchema): Values {
  const given = new Map<string, unknown>(Object.entries(item));
  return Object.fromEntries(fields.map((field) => [field.name, typedValue(given.get(field.name), field)]));
}

/** Null for what is empty, of another type than the schema's or none of its choices. */
function typedValue(given: unknown, field: Field): Value {
  if (!field.isList) return scalarOf(given, field);
  if (!Array.isArray(given)) return null;
  const values = given.map((one) => scalarOf(one, field)).filter((one) => one !== null);
  return values.length === 0 ? null : [...new Set(values)];
}

function scalarOf(given: unknown, { type, choices }: Field): Scalar | null {
  const value = typeof given === "string" ? given.trim() : given;
  if (value === "") return null;
  if (choices !== undefined) return choices.find((choice) => choice === value || choice === given) ?? null;
  if (type === "boolean") return typeof value === "boolean" ? value : null;
  if (type === "string") return typeof value === "string" ? value : null;
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}
