import { formatNumber } from "../list-number.ts";
import type { TextWriter } from "./text-writer.ts";

/** The attributes that say how the items of a list are marked. */
export type ListAttributes = {
  readonly type?: string;
  readonly start?: string;
  readonly reversed?: string;
  readonly value?: string;
  readonly style?: string;
  /** An item's mark as other formats say it: "(a)". */
  readonly mark?: string;
};

/** What `<ol type>` and CSS call the formats of numbers (HTML standard, section 4.4.5; CSS Counter Styles 3). */
const FORMATS: Readonly<Record<string, string>> = {
  a: "lowerColumn",
  A: "upperColumn",
  i: "lowerRoman",
  I: "upperRoman",
  "lower-alpha": "lowerColumn",
  "lower-latin": "lowerColumn",
  "upper-alpha": "upperColumn",
  "upper-latin": "upperColumn",
  "lower-roman": "lowerRoman",
  "upper-roman": "upperRoman",
  "decimal-leading-zero": "decimalZero",
};
const STYLE = /(?:^|;)\s*list-style(?:-type)?\s*:\s*([\w-]+)/i;

type List = { readonly format: string; readonly step: 1 | -1; next: number | undefined };

/** Lists that are open, and the marks of their items. */
export function createLists(writer: Pick<TextWriter, "markItem">) {
  const lists: List[] = [];
  return {
    depth: (): number => lists.length,
    open: (name: string, attributes: ListAttributes): void => {
      if (isList(name)) lists.push(listOf(name, attributes));
      else if (name === "li")
        writer.markItem("  ".repeat(Math.max(0, lists.length - 1)) + markOf(lists.at(-1), attributes));
    },
    close: (name: string): void => {
      if (isList(name)) lists.pop();
    },
  };
}

export function isList(name: string): boolean {
  return name === "ul" || name === "ol";
}

function listOf(name: string, { type = "1", start, reversed, style = "" }: ListAttributes): List {
  const said = STYLE.exec(style)?.[1]?.toLowerCase() ?? type;
  const step = reversed === undefined ? 1 : -1;
  // A list that counts down ends at 1, and its length is not known yet.
  const first = integer(start) ?? (step === 1 ? 1 : undefined);
  const isNumbered = name === "ol" && said !== "none";
  return { format: FORMATS[said] ?? "decimal", step, next: isNumbered ? first : undefined };
}

function markOf(list: List | undefined, { value, mark }: ListAttributes): string {
  if (mark !== undefined) return `${mark} `;
  if (list?.next === undefined) return "- ";
  const number = integer(value) ?? list.next;
  list.next = number + list.step;
  return `${formatNumber(number, list.format)}. `;
}

function integer(text = ""): number | undefined {
  const number = Number.parseInt(text, 10);
  return Number.isSafeInteger(number) ? number : undefined;
}
