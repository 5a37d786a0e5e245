import { createMergedCells } from "../docx/merged-cells.ts";
import type { PageMarks } from "../docx/pages.ts";
import type { Sink } from "../docx/sink.ts";
import type { XmlAttributes } from "../zip/namespaces.ts";
import type { Asides } from "./asides.ts";
import { createSubTables } from "./sub-tables.ts";

/** Tables of OpenDocument (part 3, section 9.1), in the words of HTML; cells that reach down are repeated. */
export function odfTables(sink: Sink, asides: Pick<Asides, "enterTable" | "leaveTable">, pages: PageMarks) {
  const cells = createMergedCells();
  const subTables = createSubTables(sink);
  let isFilled = false;
  const openCell = (merge: "restart" | "continue" | undefined, columns = 1): void => {
    subTables.openCell(columns);
    if (subTables.isWithin()) return;
    cells.openCell();
    if (merge !== undefined) cells.merge(merge);
    sink.open("td", {});
  };
  const closeCell = (): void => {
    const isSub = subTables.isWithin();
    const repeated = isSub ? "" : cells.closeCell();
    subTables.closeCell(repeated);
    if (isSub) return;
    if (repeated !== "") sink.text(repeated);
    sink.close("td");
  };
  return {
    text: (text: string): void => {
      cells.text(text);
      subTables.text(text);
    },
    openers: {
      "table:table": (attributes: XmlAttributes) => {
        subTables.openTable(attributes["table:is-sub-table"] === "true");
        if (subTables.isWithin()) return;
        asides.enterTable();
        cells.openTable();
        sink.open("table", {});
      },
      "table:table-row": () => {
        pages.openRow();
        subTables.openRow();
        if (subTables.isWithin()) return;
        cells.openRow();
        sink.open("tr", {});
      },
      "table:table-cell": (attributes: XmlAttributes) => {
        pages.openCell();
        const isTall = Number(attributes["table:number-rows-spanned"] ?? 1) > 1;
        openCell(isTall ? "restart" : undefined, Number(attributes["table:number-columns-spanned"] ?? 1));
      },
      "table:covered-table-cell": () => {
        isFilled = subTables.takeFilled();
        if (!isFilled) openCell("continue");
      },
    },
    closers: {
      "table:table-cell": closeCell,
      "table:covered-table-cell": () => {
        if (!isFilled) closeCell();
      },
      "table:table-row": () => {
        pages.closeRow();
        if (!subTables.isWithin()) sink.close("tr");
      },
      "table:table": () => {
        const isSub = subTables.isWithin();
        subTables.closeTable();
        if (isSub) return;
        sink.close("table");
        cells.closeTable();
        asides.leaveTable();
      },
    },
  };
}
