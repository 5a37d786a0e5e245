import type { BodyOptions } from "./body-options.ts";
import type { Paragraphs } from "./paragraphs.ts";
import type { Sink } from "./sink.ts";
import type { Openers } from "./tables.ts";

/** Pictures, charts, objects of other programs, and files that Word reads in when it opens the document. */
export function objectOpeners(sink: Sink, paragraphs: Paragraphs, options: BodyOptions): Openers {
  const { findings, inserted } = options;
  let objects = 0;
  // A file that is inserted again and again would fill the memory.
  const read = new Set<string>();
  return {
    open: {
      "wp:docPr": ({ descr }) => {
        findings.pictures += 1;
        if (descr !== undefined && descr.trim() !== "") paragraphs.text(` [picture: ${descr}] `);
      },
      "c:chart": () => {
        findings.charts += 1;
      },
      "w:object": () => {
        objects += 1;
      },
      // The picture of an object shows what it looked like last.
      "v:imagedata": () => {
        if (objects === 0) findings.pictures += 1;
      },
      "o:OLEObject": () => {
        findings.embedded += 1;
      },
      "w:altChunk": (attributes) => {
        const id = attributes["r:id"] ?? "";
        const text = read.has(id) ? undefined : inserted.get(id);
        read.add(id);
        paragraphs.endJoined();
        if (text === undefined) findings.embedded += 1;
        else text.replay(sink);
      },
    },
    close: {
      "w:object": () => {
        objects = Math.max(0, objects - 1);
      },
    },
  };
}
