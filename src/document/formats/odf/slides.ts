import type { Findings } from "../docx/body-options.ts";
import { NO_PAGES } from "../docx/pages.ts";
import { createRecording, type Sink, writeParagraph } from "../docx/sink.ts";
import { createWalker } from "../html/walker.ts";
import type { Part } from "../parts.ts";
import type { XmlAttributes } from "../zip/namespaces.ts";
import type { XmlHandler } from "../zip/xml.ts";
import { createOdfBody } from "./body.ts";

type Slide = Readonly<Record<"title" | "rest" | "notes", ReturnType<typeof createRecording>>>;

/** Collects the pages of a presentation (OpenDocument 1.3 part 3, section 10.2): title, text, notes. */
export function createSlides(findings: Findings): {
  readonly handler: XmlHandler;
  readonly slides: () => Part[];
} {
  const slides: Slide[] = [];
  let isTitle = false;
  let notes = 0;
  const current = (): Sink | undefined => {
    if (notes > 0) return slides.at(-1)?.notes;
    return isTitle ? slides.at(-1)?.title : slides.at(-1)?.rest;
  };
  const sink: Sink = {
    open: (name, attributes) => current()?.open(isTitle && name === "p" ? "h1" : name, attributes),
    close: (name) => current()?.close(isTitle && name === "p" ? "h1" : name),
    text: (text) => current()?.text(text),
  };
  const body = createOdfBody({ sink, findings, pages: NO_PAGES });
  const isOver = (name: string): boolean => name === "draw:text-box";
  const handler: XmlHandler = {
    open: (name, attributes: XmlAttributes) => {
      if (name === "draw:page")
        slides.push({ title: createRecording(), rest: createRecording(), notes: createRecording() });
      if (name === "presentation:notes") notes += 1;
      if (name === "draw:frame") isTitle = notes === 0 && attributes["presentation:class"] === "title";
      // On a slide, every text is in a box, and boxes stand in no paragraph.
      if (!isOver(name)) body.open?.(name, attributes);
    },
    close: (name) => {
      if (!isOver(name)) body.close?.(name);
      if (name === "draw:frame") isTitle = false;
      if (name === "presentation:notes") notes -= 1;
    },
    text: (text) => body.text?.(text),
  };
  return { handler, slides: () => slides.map(layoutSlide) };
}

function layoutSlide({ title, rest, notes }: Slide): Part {
  const walker = createWalker();
  title.replay(walker);
  rest.replay(walker);
  const said = createWalker();
  notes.replay(said);
  const { text } = said.finish();
  if (text !== "") {
    writeParagraph(walker, "Notes:");
    for (const paragraph of text.split(/\n{2,}/)) writeParagraph(walker, paragraph);
  }
  return walker.finish();
}
