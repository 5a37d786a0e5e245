import { chainOf } from "../style-chain.ts";
import type { XmlAttributes } from "../zip/namespaces.ts";

/** How text looks, where that changes what it says. */
export type Look = { struck?: boolean; hidden?: boolean; position?: "sup" | "sub" | "line" };
type Breaks = { before?: boolean; after?: boolean; masterPage?: string };
type Style = { readonly parent: string; readonly look: Look; readonly breaks: Breaks };

export type TextStyles = ReturnType<typeof createTextStyles>;

/** Collects what styles say of text and of page breaks, over the styles that they inherit (part 3, section 16.2). */
export function createTextStyles() {
  /** By family and name: "paragraph P1". */
  const styles = new Map<string, Style>();
  let style: Style | undefined;
  const layersOf = (family: string, name = ""): Style[] =>
    chainOf(styles.get(`${family} ${name}`), ({ parent }) => styles.get(`${family} ${parent}`));
  return {
    look: (family: "paragraph" | "text", name: string | undefined): Look =>
      Object.assign({}, ...layersOf(family, name).map(({ look }) => look)),
    /** Whether a page breaks before and behind what has the style: a new layout of pages begins on a new page. */
    breaks: (
      family: "paragraph" | "table",
      name: string | undefined,
    ): { before: boolean; after: boolean } => {
      const found: Breaks = Object.assign({}, ...layersOf(family, name).map(({ breaks }) => breaks));
      const { before = false, after = false, masterPage = "" } = found;
      return { before: before || masterPage !== "", after };
    },
    openers: {
      "style:style": (attributes: XmlAttributes): void => {
        const masterPage = attributes["style:master-page-name"];
        style = {
          parent: attributes["style:parent-style-name"] ?? "",
          look: {},
          breaks: masterPage === undefined ? {} : { masterPage },
        };
        styles.set(`${attributes["style:family"] ?? "text"} ${attributes["style:name"] ?? ""}`, style);
      },
      "style:text-properties": (attributes: XmlAttributes): void => {
        Object.assign(style?.look ?? {}, lookOf(attributes));
      },
      "style:paragraph-properties": (attributes: XmlAttributes): void => {
        Object.assign(style?.breaks ?? {}, breaksOf(attributes));
      },
      "style:table-properties": (attributes: XmlAttributes): void => {
        Object.assign(style?.breaks ?? {}, breaksOf(attributes));
      },
    },
    closers: {
      "style:style": (): void => {
        style = undefined;
      },
    },
  };
}

function lookOf(attributes: XmlAttributes): Look {
  const look: Look = {};
  const struck = attributes["style:text-line-through-style"] ?? attributes["style:text-line-through-type"];
  if (struck !== undefined) look.struck = struck !== "none";
  const display = attributes["text:display"];
  if (display !== undefined) look.hidden = display === "none";
  const [position] = (attributes["style:text-position"] ?? "").split(" ");
  if (position !== undefined && position !== "") look.position = positionOf(position);
  return look;
}

function positionOf(position: string): "sup" | "sub" | "line" {
  if (position === "super" || Number.parseFloat(position) > 0) return "sup";
  return position === "sub" || Number.parseFloat(position) < 0 ? "sub" : "line";
}

function breaksOf(attributes: XmlAttributes): Breaks {
  const breaks: Breaks = {};
  const before = attributes["fo:break-before"];
  const after = attributes["fo:break-after"];
  if (before !== undefined) breaks.before = /page$/.test(before);
  if (after !== undefined) breaks.after = /page$/.test(after);
  return breaks;
}
