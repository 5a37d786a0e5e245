import type { Sink } from "../docx/sink.ts";
import { formatNumber } from "../list-number.ts";
import type { XmlAttributes } from "../zip/namespaces.ts";
import { createListStyles, type ListLevel } from "./list-styles.ts";

/** The numbers of one list, which another one may continue: by level, the last that was used. */
type Counts = Map<number, number>;
type Item = { isBegun: boolean; start: number | undefined };
type OpenList = {
  readonly style: string;
  readonly element: "ol" | "ul";
  readonly counts: Counts;
  item: Item | undefined;
};

/** Lists and the marks of their items (OpenDocument 1.3 part 3, sections 5.3 and 16.31). */
export function createLists(sink: Sink) {
  const styles = createListStyles();
  const byId = new Map<string | undefined, Counts>();
  const byStyle = new Map<string, Counts>();
  /** Lists in a note or a box know nothing of those around it. */
  const contexts: OpenList[][] = [[]];
  const open = (): OpenList[] => contexts.at(-1) ?? [];
  const countsOf = (attributes: XmlAttributes, style: string): Counts => {
    const outer = open().at(-1);
    const continues = attributes["text:continue-numbering"] === "true";
    const named = byId.get(attributes["text:continue-list"]);
    const counts = outer?.counts ?? named ?? (continues ? byStyle.get(style) : undefined) ?? new Map();
    // An item without text of its own only says how deep its list is.
    if (outer?.item?.isBegun === true && !continues) counts.delete(open().length);
    return counts;
  };
  const enter = (): void => void contexts.push([]);
  const leave = (): void => {
    if (contexts.length > 1) contexts.pop();
  };
  return {
    isOpen: (): boolean => open().length > 0,
    /** Begins the current item with its mark, once: a paragraph is about to. */
    begin: (): void => {
      const list = open().at(-1);
      const item = list?.item;
      if (list === undefined || item === undefined || item.isBegun) return;
      item.isBegun = true;
      const depth = open().length - 1;
      const level = styles.level(list.style, depth);
      const mark = level === undefined ? "" : markOf({ list, depth, level, start: item.start }, styles.level);
      sink.open("li", { mark: mark === "" ? "-" : mark });
    },
    openers: {
      ...styles.openers,
      "text:list": (attributes: XmlAttributes): void => {
        const style = attributes["text:style-name"] ?? open().at(-1)?.style ?? "";
        const element = styles.level(style, open().length) === undefined ? "ul" : "ol";
        const counts = countsOf(attributes, style);
        if (open().length === 0) {
          byStyle.set(style, counts);
          if (attributes["xml:id"] !== undefined) byId.set(attributes["xml:id"], counts);
        }
        open().push({ style, element, counts, item: undefined });
        sink.open(element, {});
      },
      "text:list-item": (attributes: XmlAttributes): void => {
        const start = Number.parseInt(attributes["text:start-value"] ?? "", 10);
        const item = { isBegun: false, start: Number.isNaN(start) ? undefined : start };
        Object.assign(open().at(-1) ?? {}, { item });
      },
      "text:note-body": enter,
      "office:annotation": enter,
      "draw:text-box": enter,
    },
    closers: {
      "text:list": (): void => sink.close(open().pop()?.element ?? "ul"),
      "text:list-item": (): void => {
        const list = open().at(-1);
        if (list?.item?.isBegun === true) sink.close("li");
        if (list !== undefined) list.item = undefined;
      },
      "text:note-body": leave,
      "office:annotation": leave,
      "draw:text-box": leave,
    },
  };
}

type Counted = {
  readonly list: OpenList;
  readonly depth: number;
  readonly level: ListLevel;
  readonly start: number | undefined;
};

/** Counts the item, and puts the numbers of as many levels together as its level shows. */
function markOf(
  { list: { counts, style }, depth, level, start }: Counted,
  levelOf: (style: string, depth: number) => ListLevel | undefined,
): string {
  const last = counts.get(depth);
  counts.set(depth, start ?? (last === undefined ? level.start : last + 1));
  for (const deeper of counts.keys()) if (deeper > depth) counts.delete(deeper);
  const numbers: string[] = [];
  for (let shown = Math.max(0, depth + 1 - level.shown); shown <= depth; shown++) {
    const { format, start: first } = levelOf(style, shown) ?? { format: "none", start: 1 };
    const number = formatNumber(counts.get(shown) ?? first, format);
    if (number !== "") numbers.push(number);
  }
  return numbers.length === 0 ? "" : `${level.prefix}${numbers.join(".")}${level.suffix}`;
}
