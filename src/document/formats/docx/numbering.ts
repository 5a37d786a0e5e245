import { formatNumber } from "../list-number.ts";
import type { XmlAttributes } from "../zip/namespaces.ts";
import { isOn } from "../zip/on-off.ts";
import type { XmlHandler } from "../zip/xml.ts";
import type { ParagraphProperties, Styles } from "./styles.ts";

type Level = {
  format: string;
  text: string;
  start: number;
  style?: string;
  /** Whether it shows the numbers of the levels around it as decimals, too. */
  isLegal?: boolean;
  /** Counts anew behind the levels before this one (from 1); 0 = never; absent = behind each one around it. */
  restart?: number;
};
type Levels = ReadonlyMap<number, Level>;
type List = { readonly levels: Map<number, Level>; link?: string };
type Use = { list: string; readonly starts: Map<number, number>; readonly levels: Map<number, Level> };

export type Numbering = {
  /** "4.2", "(b)", "-": what Word prints in front of the next paragraph of a list; "" for none. */
  readonly next: (properties: ParagraphProperties, style: string | undefined) => string;
};

/** Collects word/numbering.xml (ECMA-376 part 1, section 17.9) and counts along. */
export function createNumbering(styles: Styles): {
  readonly handler: XmlHandler;
  readonly numbering: Numbering;
} {
  const lists = new Map<string, List>();
  const uses = new Map<string, Use>();
  const listOf = ({ list }: Use): string => {
    const link = lists.get(list)?.link;
    return uses.get(styles.resolve(link).numbering ?? "")?.list ?? list;
  };
  return { handler: definitions(lists, uses), numbering: createCounters({ lists, uses, listOf }) };
}

function definitions(lists: Map<string, List>, uses: Map<string, Use>): XmlHandler {
  let list: List | undefined;
  let use: Use | undefined;
  let index = 0;
  let level: Level | undefined;
  const set = (property: Partial<Level>): void => void Object.assign(level ?? {}, property);
  const openers: Readonly<Record<string, (attributes: XmlAttributes, value: string) => void>> = {
    "w:abstractNum": (attributes) => {
      use = undefined;
      list = { levels: new Map() };
      lists.set(attributes["w:abstractNumId"] ?? "", list);
    },
    "w:numStyleLink": (_, value) => {
      if (list !== undefined) list.link = value;
    },
    "w:lvl": (attributes) => {
      index = Number(attributes["w:ilvl"] ?? 0);
      level = { format: "decimal", text: "", start: 1 };
      // Inside w:num it stands for a level of that one use.
      (use ?? list)?.levels.set(index, level);
    },
    "w:start": (_, value) => set({ start: Number(value) || 0 }),
    "w:numFmt": (_, value) => set({ format: value }),
    "w:lvlText": (_, value) => set({ text: value }),
    "w:pStyle": (_, value) => set({ style: value }),
    "w:isLgl": (_, value) => set({ isLegal: isOn(value) }),
    "w:lvlRestart": (_, value) => set({ restart: Number(value) || 0 }),
    "w:num": (attributes) => {
      use = { list: "", starts: new Map(), levels: new Map() };
      uses.set(attributes["w:numId"] ?? "", use);
    },
    "w:abstractNumId": (_, value) => Object.assign(use ?? {}, { list: value }),
    "w:lvlOverride": (attributes) => {
      index = Number(attributes["w:ilvl"] ?? 0);
    },
    "w:startOverride": (_, value) => use?.starts.set(index, Number(value) || 0),
  };
  return { open: (name, attributes) => openers[name]?.(attributes, attributes["w:val"] ?? "") };
}

type Definitions = {
  readonly lists: ReadonlyMap<string, List>;
  readonly uses: ReadonlyMap<string, Use>;
  readonly listOf: (use: Use) => string;
};

function createCounters({ lists, uses, listOf }: Definitions): Numbering {
  /** By list: the number last used at each level. */
  const counters = new Map<string, Map<number, number>>();
  const started = new Set<string>();
  const levelsOf = (use: Use): Levels => {
    const levels = lists.get(listOf(use))?.levels ?? new Map<number, Level>();
    return use.levels.size === 0 ? levels : new Map([...levels, ...use.levels]);
  };
  const count = (id: string, use: Use, at: number): Map<number, number> => {
    const counts = counters.get(listOf(use)) ?? new Map<number, number>();
    counters.set(listOf(use), counts);
    const levels = levelsOf(use);
    const restart = started.has(`${id} ${at}`) ? undefined : use.starts.get(at);
    started.add(`${id} ${at}`);
    const last = counts.get(at);
    counts.set(at, restart ?? (last === undefined ? (levels.get(at)?.start ?? 1) : last + 1));
    for (const deeper of counts.keys())
      if (deeper > at && at < (levels.get(deeper)?.restart ?? deeper)) counts.delete(deeper);
    return counts;
  };
  return {
    next: ({ numbering, level }, style) => {
      const use = uses.get(numbering ?? "");
      if (use === undefined) return "";
      const levels = levelsOf(use);
      const styled = [...levels].find(([, { style: own }]) => own !== undefined && own === style)?.[0];
      const at = level ?? styled ?? 0;
      const shown = levels.get(at);
      if (shown === undefined || shown.format === "none") return "";
      if (shown.format === "bullet") return "-";
      return markOf(shown, levels, count(numbering ?? "", use, at));
    },
  };
}

function markOf(shown: Level, levels: Levels, counts: ReadonlyMap<number, number>): string {
  return shown.text.replace(/%(\d)/g, (_, digit: string) => {
    const { format, start } = levels.get(Number(digit) - 1) ?? shown;
    const isDecimal = shown.isLegal === true && format !== "none";
    return formatNumber(counts.get(Number(digit) - 1) ?? start, isDecimal ? "decimal" : format);
  });
}
