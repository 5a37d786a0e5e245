import type { XmlAttributes } from "../zip/namespaces.ts";
import type { XmlHandler } from "../zip/xml.ts";
import type { BodyOptions } from "./body-options.ts";
import { createFormFields } from "./form-fields.ts";
import type { NoteKind } from "./notes.ts";
import { objectOpeners } from "./objects.ts";
import { createParagraphs, type Paragraphs } from "./paragraphs.ts";
import { FIXED, symbol } from "./runs.ts";
import { createRecording, type Recording, type Sink } from "./sink.ts";
import { attributeValue } from "./styles.ts";
import { type Openers, tableOpeners } from "./tables.ts";

const DELETED = new Set(["w:del", "w:moveFrom"]);
/** Left out with all that they hold. `mc:Fallback` repeats what `mc:Choice` says, `…Change` holds what was before. */
const SKIPPED = new Set([
  ...DELETED,
  "mc:Fallback",
  "w:rubyPr",
  "w:sdtPr",
  "w:numPicBullet",
  "w:rPrChange",
  "w:pPrChange",
  "w:tcPrChange",
]);
const TEXT = new Set(["w:t", "m:t"]);

/** Turns WordprocessingML into elements of HTML (ECMA-376 part 1, section 17). */
export function createBody(options: BodyOptions): XmlHandler {
  const boxes: Recording[] = [];
  const current = (): Sink => boxes.at(-1) ?? options.sink;
  const sink: Sink = {
    open: (name, attributes) => current().open(name, attributes),
    close: (name) => current().close(name),
    text: (text) => current().text(text),
  };
  const paragraphs = createParagraphs({ ...options, sink });
  const parts = [
    textOpeners(paragraphs, options),
    objectOpeners(sink, paragraphs, options),
    createFormFields(paragraphs.text),
    tableOpeners(sink, paragraphs, options),
  ];
  const openers: Openers["open"] = Object.assign({}, ...parts.map(({ open }) => open));
  const closers: Openers["close"] = Object.assign({}, ...parts.map(({ close }) => close));
  let skipped = 0;
  let isText = false;
  const endBox = (): void => {
    paragraphs.endJoined();
    const box = boxes.pop();
    if (box !== undefined) paragraphs.defer(box.replay);
  };
  return {
    open: (name, attributes) => {
      if (name === "w:del" && skipped === 0) options.findings.deletions += 1;
      if (DELETED.has(name) && skipped === 0 && paragraphs.inProperties()) paragraphs.joinNext();
      if (SKIPPED.has(name)) skipped += 1;
      if (skipped > 0) return;
      isText = TEXT.has(name);
      if (name === "w:txbxContent") boxes.push(createRecording());
      openers[name]?.(attributes);
      const fixed = FIXED[name];
      if (fixed !== undefined && !paragraphs.inProperties()) paragraphs.text(fixed);
      paragraphs.property(name, attributeValue(attributes));
    },
    close: (name) => {
      isText = false;
      if (SKIPPED.has(name)) skipped -= 1;
      else if (skipped === 0) {
        closers[name]?.();
        if (name === "w:txbxContent") endBox();
      }
    },
    text: (text) => {
      if (isText && skipped === 0) paragraphs.text(text);
    },
  };
}

function textOpeners(paragraphs: Paragraphs, { pages }: BodyOptions): Openers {
  const note = (kind: NoteKind) => (attributes: XmlAttributes) => paragraphs.note(kind, attributes);
  return {
    open: {
      "w:p": paragraphs.open,
      "w:pPr": paragraphs.enterProperties,
      "w:r": paragraphs.runs.open,
      "w:br": (attributes) => {
        if (attributes["w:type"] === "page") pages.onBreak("explicit");
        else paragraphs.runs.lineBreak();
      },
      "w:cr": paragraphs.runs.lineBreak,
      "w:lastRenderedPageBreak": () => pages.onBreak("rendered"),
      "w:sym": (attributes) => paragraphs.text(symbol(attributes)),
      "w:footnoteReference": note("footnote"),
      "w:endnoteReference": note("endnote"),
      "w:commentReference": note("comment"),
    },
    close: {
      "w:p": paragraphs.close,
      "w:pPr": paragraphs.leaveProperties,
      "w:r": paragraphs.runs.close,
      "w:body": paragraphs.endJoined,
    },
  };
}
