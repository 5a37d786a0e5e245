import { createMergedCells } from "../docx/merged-cells.ts";
import type { Sink } from "../docx/sink.ts";
import type { XmlAttributes } from "../zip/namespaces.ts";
import type { Asides } from "./asides.ts";

/** Tables of OpenDocument (part 3, section 9.1), in the words of HTML; cells that reach down are repeated. */
export function odfTables(sink: Sink, asides: Pick<Asides, "enterTable" | "leaveTable">) {
  const cells = createMergedCells();
  const closeCell = (): void => {
    const repeated = cells.closeCell();
    if (repeated !== "") sink.text(repeated);
    sink.close("td");
  };
  return {
    text: cells.text,
    openers: {
      "table:table": () => {
        asides.enterTable();
        cells.openTable();
        sink.open("table", {});
      },
      "table:table-row": () => {
        cells.openRow();
        sink.open("tr", {});
      },
      "table:table-cell": (attributes: XmlAttributes) => {
        cells.openCell();
        if (Number(attributes["table:number-rows-spanned"] ?? 1) > 1) cells.merge("restart");
        sink.open("td", {});
      },
      "table:covered-table-cell": () => {
        cells.openCell();
        cells.merge("continue");
        sink.open("td", {});
      },
    },
    closers: {
      "table:table-cell": closeCell,
      "table:covered-table-cell": closeCell,
      "table:table-row": () => sink.close("tr"),
      "table:table": () => {
        sink.close("table");
        cells.closeTable();
        asides.leaveTable();
      },
    },
  };
}
