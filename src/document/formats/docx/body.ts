import type { XmlAttributes } from "../zip/namespaces.ts";
import type { XmlHandler } from "../zip/xml.ts";
import type { BodyOptions } from "./body-options.ts";
import { createMergedCells } from "./merged-cells.ts";
import { createParagraphs, type Paragraphs } from "./paragraphs.ts";
import { FIXED, symbol } from "./runs.ts";
import { createRecording, type Sink } from "./sink.ts";

/** Left out with all that they hold. `mc:Fallback` repeats what `mc:Choice` says. */
const SKIPPED = new Set(["w:del", "w:moveFrom", "mc:Fallback", "w:rubyPr", "w:sdtPr", "w:numPicBullet"]);
const TEXT = new Set(["w:t", "m:t"]);

/** Turns WordprocessingML into elements of HTML (ECMA-376 part 1, section 17). */
export function createBody(options: BodyOptions): XmlHandler {
  const sinks: Sink[] = [options.sink];
  const sink: Sink = {
    open: (name, attributes) => sinks.at(-1)?.open(name, attributes),
    close: (name) => sinks.at(-1)?.close(name),
    text: (text) => sinks.at(-1)?.text(text),
  };
  const paragraphs = createParagraphs({ ...options, sink });
  const texts = textOpeners(paragraphs, options);
  const tables = tableOpeners(sink, paragraphs);
  const openers = { ...texts.open, ...tables.open };
  const closers = { ...texts.close, ...tables.close };
  let skipped = 0;
  let isText = false;
  return {
    open: (name, attributes) => {
      if (name === "w:del" && skipped === 0) options.findings.deletions += 1;
      if (SKIPPED.has(name)) skipped += 1;
      if (skipped > 0) return;
      isText = TEXT.has(name);
      if (name === "w:txbxContent") sinks.push(createRecording());
      openers[name]?.(attributes);
      const fixed = FIXED[name];
      if (fixed !== undefined && !paragraphs.inProperties()) paragraphs.text(fixed);
      paragraphs.property(name, attributes["w:val"] ?? attributes["w:hAnsi"] ?? attributes["w:ascii"]);
    },
    close: (name) => {
      isText = false;
      if (SKIPPED.has(name)) skipped -= 1;
      else if (skipped === 0) {
        closers[name]?.();
        if (name === "w:txbxContent") paragraphs.defer(sinks.pop());
      }
    },
    text: (text) => {
      if (isText && skipped === 0) paragraphs.text(text);
    },
  };
}

type Openers = {
  readonly open: Readonly<Record<string, (attributes: XmlAttributes) => void>>;
  readonly close: Readonly<Record<string, () => void>>;
};

function textOpeners(paragraphs: Paragraphs, { onPageBreak, findings }: BodyOptions): Openers {
  const note = (kind: string) => (attributes: XmlAttributes) =>
    paragraphs.note(kind, attributes["w:id"] ?? "");
  return {
    open: {
      "w:p": paragraphs.open,
      "w:pPr": paragraphs.enterProperties,
      "w:r": paragraphs.runs.open,
      "w:br": (attributes) => {
        if (attributes["w:type"] === "page") onPageBreak("explicit");
        else paragraphs.lineBreak();
      },
      "w:cr": paragraphs.lineBreak,
      "w:lastRenderedPageBreak": () => onPageBreak("rendered"),
      "w:sym": (attributes) => paragraphs.text(symbol(attributes)),
      "w:footnoteReference": note("footnote"),
      "w:endnoteReference": note("endnote"),
      "w:commentReference": note("comment"),
      "wp:docPr": ({ descr }) => {
        findings.pictures += 1;
        if (descr !== undefined && descr.trim() !== "") paragraphs.text(` [picture: ${descr}] `);
      },
      "c:chart": () => {
        findings.charts += 1;
      },
    },
    close: {
      "w:p": paragraphs.close,
      "w:pPr": paragraphs.leaveProperties,
      "w:r": paragraphs.runs.close,
    },
  };
}

function tableOpeners(sink: Sink, paragraphs: Paragraphs): Openers {
  const cells = createMergedCells();
  paragraphs.runs.onText(cells.text);
  return {
    open: {
      "w:tbl": () => {
        paragraphs.enterTable();
        cells.openTable();
        sink.open("table", {});
      },
      "w:tr": () => {
        cells.openRow();
        sink.open("tr", {});
      },
      "w:tc": () => {
        cells.openCell();
        sink.open("td", {});
      },
      "w:gridSpan": (attributes) => cells.span(Number(attributes["w:val"]) || 1),
      "w:vMerge": (attributes) => cells.merge(attributes["w:val"] ?? "continue"),
    },
    close: {
      "w:tc": () => {
        const repeated = cells.closeCell();
        if (repeated !== "") sink.text(repeated);
        sink.close("td");
      },
      "w:tr": () => sink.close("tr"),
      "w:tbl": () => {
        sink.close("table");
        cells.closeTable();
        paragraphs.leaveTable();
      },
    },
  };
}
