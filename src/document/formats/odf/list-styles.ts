import type { XmlAttributes } from "../zip/namespaces.ts";

/** How a level of a list shows its numbers. */
export type ListLevel = {
  readonly format: string;
  readonly prefix: string;
  readonly suffix: string;
  readonly start: number;
  /** Of how many levels it shows the numbers. */
  readonly shown: number;
};

const FORMATS: Readonly<Record<string, string>> = {
  "1": "decimal",
  a: "lowerColumn",
  A: "upperColumn",
  i: "lowerRoman",
  I: "upperRoman",
  "01, 02, 03, ...": "decimalZero",
  "А, Б, .., Аа, Аб, ... (ru)": "russianUpper",
  "а, б, .., аа, аб, ... (ru)": "russianLower",
};
/** With letters that are repeated: aa, bb. */
const SYNCED: Readonly<Record<string, string>> = { a: "lowerLetter", A: "upperLetter" };

/** Collects list styles: their numbered levels, from 0. Other levels have bullets. */
export function createListStyles() {
  const styles = new Map<string, Map<number, ListLevel>>();
  let levels: Map<number, ListLevel> | undefined;
  return {
    level: (style: string, depth: number): ListLevel | undefined => styles.get(style)?.get(depth),
    openers: {
      "text:list-style": (attributes: XmlAttributes): void => {
        levels = new Map();
        styles.set(attributes["style:name"] ?? "", levels);
      },
      "text:list-level-style-number": (attributes: XmlAttributes): void => {
        if ((attributes["style:num-format"] ?? "") === "") return;
        levels?.set(Number(attributes["text:level"] ?? 1) - 1, levelOf(attributes));
      },
    },
  };
}

function levelOf(attributes: XmlAttributes): ListLevel {
  const format = attributes["style:num-format"] ?? "";
  const isSynced = attributes["style:num-letter-sync"] === "true";
  return {
    format: (isSynced ? SYNCED[format] : undefined) ?? FORMATS[format] ?? "decimal",
    prefix: attributes["style:num-prefix"] ?? "",
    suffix: attributes["style:num-suffix"] ?? "",
    start: integer(attributes["text:start-value"]),
    shown: integer(attributes["text:display-levels"]),
  };
}

function integer(text = ""): number {
  const number = Number.parseInt(text, 10);
  return Number.isSafeInteger(number) ? number : 1;
}
