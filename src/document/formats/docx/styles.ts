import { chainOf } from "../style-chain.ts";
import type { XmlAttributes } from "../zip/namespaces.ts";
import type { XmlHandler } from "../zip/xml.ts";
import { layerRunProperties, type RunProperties, readRunProperty } from "./run-properties.ts";

/** What a paragraph's style, or the paragraph itself, says of it. */
export type ParagraphProperties = {
  /** 0 = outermost heading; 9 = body text. */
  outline?: number;
  numbering?: string;
  level?: number;
};

type Style = {
  name: string;
  basedOn?: string;
  readonly paragraph: ParagraphProperties;
  readonly run: RunProperties;
};

export type Styles = {
  /** The style's own properties over those that it is based on. */
  readonly resolve: (id: string | undefined) => ParagraphProperties;
  /** The run's own properties over those of its style and of its paragraph's style. */
  readonly resolveRun: (own: RunProperties, paragraphStyle: string | undefined) => RunProperties;
};

/** Collects word/styles.xml (ECMA-376 part 1, section 17.7). */
export function createStyles(): { readonly handler: XmlHandler; readonly styles: Styles } {
  const byId = new Map<string, Style>();
  let style: Style | undefined;
  const handler: XmlHandler = {
    open: (name, attributes) => {
      if (name === "w:style") {
        style = { name: "", paragraph: {}, run: {} };
        byId.set(attributes["w:styleId"] ?? "", style);
      } else if (style !== undefined) readStyle(style, name, attributeValue(attributes));
    },
    close: (name) => {
      if (name === "w:style") style = undefined;
    },
  };
  const layersOf = (id = ""): Style[] => chainOf(byId.get(id), ({ basedOn = "" }) => byId.get(basedOn));
  // There are many runs, and few styles.
  const runs = new Map<string | undefined, RunProperties>();
  const runOf = (id: string | undefined): RunProperties => {
    const known = runs.get(id);
    if (known !== undefined) return known;
    const found: RunProperties = Object.assign({}, ...layersOf(id).map(({ run }) => run));
    runs.set(id, found);
    return found;
  };
  const styles: Styles = {
    resolve: (id) => Object.assign({}, ...layersOf(id).map(({ paragraph }) => paragraph)),
    resolveRun: (own, paragraphStyle) =>
      layerRunProperties({ paragraph: runOf(paragraphStyle), character: runOf(own.style), own }),
  };
  return { handler, styles };
}

/** What most properties say in one attribute; of fonts, the one that Latin text is in. */
export function attributeValue(attributes: XmlAttributes): string | undefined {
  return attributes["w:val"] ?? attributes["w:hAnsi"] ?? attributes["w:ascii"];
}

function readStyle(style: Style, name: string, value: string | undefined): void {
  if (name === "w:name") {
    style.name = (value ?? "").toLowerCase();
    const heading = /^heading (\d)$/.exec(style.name)?.[1];
    if (heading !== undefined) style.paragraph.outline = Number(heading) - 1;
    if (style.name === "title") style.paragraph.outline = 0;
  } else if (name === "w:basedOn" && value !== undefined) style.basedOn = value;
  else {
    readParagraphProperty(style.paragraph, name, value ?? "");
    readRunProperty(style.run, name, value);
  }
}

/** Takes one element of `w:pPr` in. */
export function readParagraphProperty(properties: ParagraphProperties, name: string, value: string): void {
  if (name === "w:outlineLvl") properties.outline = Number.parseInt(value, 10);
  else if (name === "w:numId") properties.numbering = value;
  else if (name === "w:ilvl") properties.level = Number.parseInt(value, 10);
}
