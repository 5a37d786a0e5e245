import type { Findings } from "../docx/body-options.ts";
import { createMergedCells } from "../docx/merged-cells.ts";
import { createRecording, type Sink, writeIn, writeParagraph } from "../docx/sink.ts";
import type { XmlAttributes } from "../zip/namespaces.ts";
import { isOn } from "../zip/on-off.ts";
import type { XmlHandler } from "../zip/xml.ts";
import { createRun } from "./run.ts";

/** Placeholders that repeat on every slide and say nothing of it. */
const REPEATED = /^(?:sldNum|dt|ftr|hdr)$/;
const TITLE = /^(?:title|ctrTitle)$/;

/** Reads one slide's DrawingML (ECMA-376 part 1, section 19.3); its title comes first, wherever it stands. */
export function readSlide(findings: Findings) {
  const title = createRecording();
  const rest = createRecording();
  const sink = (): Sink => (isTitle() ? title : rest);
  let placeholder: string | undefined;
  let isHidden = false;
  let isText = false;
  const run = createRun();
  let skipped = 0;
  const isTitle = (): boolean => placeholder !== undefined && TITLE.test(placeholder);
  const isSkipped = (): boolean => skipped > 0 || REPEATED.test(placeholder ?? "");
  const element = (): string => {
    if (isTitle()) return "h1";
    return placeholder === undefined || tables.depth() > 0 ? "p" : "li";
  };
  const tables = slideTables(rest);
  const openers: Readonly<Record<string, (attributes: XmlAttributes) => void>> = {
    "p:sld": ({ show }) => {
      isHidden = !isOn(show);
    },
    // A placeholder without a type holds the slide's own text.
    "p:ph": ({ type = "body" }) => {
      placeholder = type;
    },
    "a:p": () => sink().open(element(), {}),
    "a:br": () => sink().open("br", {}),
    "p:pic": () => {
      findings.pictures += 1;
    },
    "p:cNvPr": ({ descr = "" }) => {
      if (descr.trim() !== "") writeParagraph(rest, `[picture: ${descr}]`);
    },
    "c:chart": () => {
      findings.charts += 1;
      findings.pictures += 1;
    },
    ...run.openers,
    ...tables.openers,
  };
  const handler: XmlHandler = {
    open: (name, attributes: XmlAttributes & { readonly type?: string }) => {
      if (name === "mc:Fallback" || (name === "a:fld" && attributes.type === "slidenum")) skipped += 1;
      else if (skipped > 0 && (name === "a:fld" || name === "mc:Fallback")) skipped += 1;
      if (isSkipped()) return;
      isText = name === "a:t" || name === "m:t";
      openers[name]?.(attributes);
    },
    close: (name) => {
      isText = false;
      if (skipped > 0 && (name === "mc:Fallback" || name === "a:fld")) skipped -= 1;
      else if (name === "p:sp") placeholder = undefined;
      else if (isSkipped()) return;
      else if (name === "a:p") sink().close(element());
      else tables.close(name);
    },
    text: (written) => {
      if (!isText || isSkipped()) return;
      const text = run.shown(written);
      const mark = run.element();
      writeIn(sink(), mark, text);
      if (mark !== "del") tables.text(text);
    },
  };
  const replay = (walker: Sink): void => {
    title.replay(walker);
    rest.replay(walker);
  };
  return { handler, replay, isHidden: () => isHidden };
}

/** Tables of DrawingML (section 21.1.3), in the words of HTML. */
function slideTables(sink: Sink) {
  const cells = createMergedCells();
  let depth = 0;
  return {
    depth: () => depth,
    text: cells.text,
    openers: {
      "a:tbl": () => {
        depth += 1;
        cells.openTable();
        sink.open("table", {});
      },
      "a:tr": () => {
        cells.openRow();
        sink.open("tr", {});
      },
      "a:tc": ({ rowSpan, vMerge }: XmlAttributes) => {
        cells.openCell();
        if (rowSpan !== undefined) cells.merge("restart");
        else if (vMerge !== undefined) cells.merge("continue");
        sink.open("td", {});
      },
    },
    close: (name: string): void => {
      if (name === "a:tc") {
        const repeated = cells.closeCell();
        if (repeated !== "") sink.text(repeated);
        sink.close("td");
      } else if (name === "a:tr") sink.close("tr");
      else if (name === "a:tbl") {
        depth -= 1;
        cells.closeTable();
        sink.close("table");
      }
    },
  };
}

/** The paragraphs of a notes page (its body alone), of comments or of a diagram. */
export function readNoteText(bodyOnly: boolean): {
  readonly handler: XmlHandler;
  readonly paragraphs: () => string[];
} {
  const paragraphs: string[] = [];
  let parts: string[] = [];
  let isBody = !bodyOnly;
  let isText = false;
  const handler: XmlHandler = {
    open: (name, { type }) => {
      isText = name === "a:t" || name === "p:text";
      if (name === "p:ph" && bodyOnly) isBody = type === "body";
      if (name === "a:br") parts.push(" ");
    },
    close: (name) => {
      isText = false;
      if (name === "p:sp" && bodyOnly) isBody = false;
      if (name !== "a:p" && name !== "p:text") return;
      paragraphs.push(parts.join("").replace(/\s+/g, " ").trim());
      parts = [];
    },
    text: (text) => {
      if (isText && isBody) parts.push(text);
    },
  };
  return { handler, paragraphs: () => paragraphs.filter((paragraph) => paragraph !== "") };
}
