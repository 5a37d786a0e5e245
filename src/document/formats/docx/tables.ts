import type { XmlAttributes } from "../zip/namespaces.ts";
import type { BodyOptions } from "./body-options.ts";
import { createMergedCells } from "./merged-cells.ts";
import type { Paragraphs } from "./paragraphs.ts";
import type { Sink } from "./sink.ts";

export type Openers = {
  readonly open: Readonly<Record<string, (attributes: XmlAttributes) => void>>;
  readonly close: Readonly<Record<string, () => void>>;
};

/** Tables of WordprocessingML (ECMA-376 part 1, section 17.4), in the words of HTML. */
export function tableOpeners(sink: Sink, paragraphs: Paragraphs, { pages }: BodyOptions): Openers {
  const cells = createMergedCells();
  paragraphs.runs.onText(cells.text);
  return {
    open: {
      "w:tbl": () => {
        paragraphs.endJoined();
        paragraphs.enterTable();
        cells.openTable();
        sink.open("table", {});
      },
      "w:tr": () => {
        cells.openRow();
        pages.openRow();
        sink.open("tr", {});
      },
      "w:tc": () => {
        cells.openCell();
        pages.openCell();
        sink.open("td", {});
      },
      "w:gridSpan": (attributes) => cells.span(Number(attributes["w:val"]) || 1),
      "w:vMerge": (attributes) => cells.merge(attributes["w:val"] ?? "continue"),
    },
    close: {
      "w:tc": () => {
        paragraphs.endJoined();
        const repeated = cells.closeCell();
        if (repeated !== "") sink.text(repeated);
        sink.close("td");
      },
      "w:tr": () => {
        pages.closeRow();
        sink.close("tr");
      },
      "w:tbl": () => {
        sink.close("table");
        cells.closeTable();
        paragraphs.leaveTable();
      },
    },
  };
}
