import type { XmlHandler } from "../zip/xml.ts";

/** What a paragraph's style, or the paragraph itself, says of it. */
export type ParagraphProperties = {
  /** 0 = outermost heading; 9 = body text. */
  outline?: number;
  numbering?: string;
  level?: number;
};

type Style = ParagraphProperties & { name: string; basedOn?: string };

export type Styles = {
  /** The style's own properties over those that it is based on. */
  readonly resolve: (id: string | undefined) => ParagraphProperties;
};

/** Collects word/styles.xml (ECMA-376 part 1, section 17.7). */
export function createStyles(): { readonly handler: XmlHandler; readonly styles: Styles } {
  const byId = new Map<string, Style>();
  let style: Style | undefined;
  const handler: XmlHandler = {
    open: (name, attributes) => {
      if (name === "w:style") {
        style = { name: "" };
        byId.set(attributes["w:styleId"] ?? "", style);
      } else if (style !== undefined) readStyle(style, name, attributes["w:val"]);
    },
    close: (name) => {
      if (name === "w:style") style = undefined;
    },
  };
  const resolve = (id: string | undefined): ParagraphProperties => {
    const chain: Style[] = [];
    for (let at = byId.get(id ?? ""); at !== undefined && !chain.includes(at); ) {
      chain.push(at);
      at = byId.get(at.basedOn ?? "");
    }
    return Object.assign({}, ...chain.reverse().map(({ name: _, basedOn: __, ...own }) => own));
  };
  return { handler, styles: { resolve } };
}

function readStyle(style: Style, name: string, value = ""): void {
  if (name === "w:name") {
    style.name = value.toLowerCase();
    const heading = /^heading (\d)$/.exec(style.name)?.[1];
    if (heading !== undefined) style.outline = Number(heading) - 1;
    if (style.name === "title") style.outline = 0;
  } else if (name === "w:basedOn") style.basedOn = value;
  else readParagraphProperty(style, name, value);
}

/** Takes one element of `w:pPr` in. */
export function readParagraphProperty(properties: ParagraphProperties, name: string, value: string): void {
  if (name === "w:outlineLvl") properties.outline = Number.parseInt(value, 10);
  else if (name === "w:numId") properties.numbering = value;
  else if (name === "w:ilvl") properties.level = Number.parseInt(value, 10);
}
