import type { JsonShape } from "../../model/language-model.ts";
import type { Field, ItemSchema } from "./extraction.ts";

/** The question that chunks are judged by: "What are the number, due date and total of each invoice? Bills that …". */
export function questionOf({ title, description, fields }: ItemSchema): string {
  const names = fields.map(({ name }) => words(name));
  const last = names.at(-1) ?? "";
  const listed = names.length === 1 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
  const verb = names.length === 1 ? "is" : "are";
  const asked = `What ${verb} the ${listed} of each ${words(title ?? "item")}?`;
  return description === undefined ? asked : `${asked} ${description}`;
}

/** A line for each property, as the writer is told of them. */
export function fieldLines({ fields }: ItemSchema): string {
  return fields.map((field) => `- ${field.name}: ${kindOf(field)}${meaningOf(field)}`).join("\n");
}

function kindOf({ type, isList, choices }: Field): string {
  const one =
    choices === undefined ? type : `one of ${choices.map((choice) => JSON.stringify(choice)).join(", ")}`;
  return isList ? `list of ${one}` : one;
}

function meaningOf({ description }: Field): string {
  return description === undefined ? "" : `, ${description}`;
}

/** The JSON that the writer may write: a list of items; null for what need not be there. */
export function shapeOf({ fields }: ItemSchema): JsonShape {
  const properties = Object.fromEntries(fields.map((field) => [field.name, valueShape(field)]));
  return { type: "array", items: { type: "object", properties } };
}

function valueShape({ type, isList, choices, isRequired }: Field): JsonShape {
  const one: JsonShape = choices === undefined ? { type } : { enum: choices };
  const value: JsonShape = isList ? { type: "array", items: one } : one;
  return isRequired ? value : { oneOf: [value, { type: "null" }] };
}

/** "dueDate" and "due_date" → "due date". */
export function words(name: string): string {
  return name
    .replaceAll(/(?<=\p{Ll})(?=\p{Lu})|[_-]+/gu, " ")
    .replaceAll(/\s+/gu, " ")
    .trim()
    .toLowerCase();
}
