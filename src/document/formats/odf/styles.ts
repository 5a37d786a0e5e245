import type { Sink } from "../docx/sink.ts";
import type { XmlAttributes } from "../zip/namespaces.ts";

type Handlers = {
  readonly openers: Readonly<Record<string, (attributes: XmlAttributes) => void>>;
  readonly closers: Readonly<Record<string, () => void>>;
};

/** Lists: which of them count, by their style and depth (OpenDocument 1.3 part 3, sections 5.3 and 16.31). */
export function createLists(sink: Sink): Handlers & { readonly isOpen: () => boolean } {
  /** By style name: the levels, from 1, that have numbers. */
  const numbered = new Map<string, Set<number>>();
  const open: { readonly style: string; readonly element: "ol" | "ul" }[] = [];
  let defined = "";
  return {
    isOpen: () => open.length > 0,
    openers: {
      "text:list-style": (attributes) => {
        defined = attributes["style:name"] ?? "";
        numbered.set(defined, new Set());
      },
      "text:list-level-style-number": (attributes) => {
        if ((attributes["style:num-format"] ?? "") === "") return;
        numbered.get(defined)?.add(Number(attributes["text:level"] ?? 1));
      },
      "text:list": (attributes) => {
        const style = attributes["text:style-name"] ?? open.at(-1)?.style ?? "";
        const element = numbered.get(style)?.has(open.length + 1) === true ? "ol" : "ul";
        open.push({ style, element });
        sink.open(element, {});
      },
      "text:list-item": () => sink.open("li", {}),
    },
    closers: {
      "text:list": () => sink.close(open.pop()?.element ?? "ul"),
      "text:list-item": () => sink.close("li"),
    },
  };
}

/** Raised, lowered and struck-out text, by the style of its span (section 16.29). */
export function createSpans(sink: Sink): Handlers {
  const elements = new Map<string, "sup" | "sub" | "del">();
  const open: ("sup" | "sub" | "del" | undefined)[] = [];
  let defined = "";
  return {
    openers: {
      "style:style": (attributes) => {
        defined = attributes["style:name"] ?? "";
      },
      "style:text-properties": (attributes) => {
        const element = elementOf(attributes);
        if (element !== undefined) elements.set(defined, element);
      },
      "text:span": (attributes) => {
        const element = elements.get(attributes["text:style-name"] ?? "");
        open.push(element);
        if (element !== undefined) sink.open(element, {});
      },
    },
    closers: {
      "text:span": () => {
        const element = open.pop();
        if (element !== undefined) sink.close(element);
      },
    },
  };
}

function elementOf(attributes: XmlAttributes): "sup" | "sub" | "del" | undefined {
  const struck = attributes["style:text-line-through-style"] ?? "none";
  if (struck !== "none") return "del";
  const [position = ""] = (attributes["style:text-position"] ?? "").split(" ");
  if (position === "super" || Number.parseFloat(position) > 0) return "sup";
  return position === "sub" || Number.parseFloat(position) < 0 ? "sub" : undefined;
}
