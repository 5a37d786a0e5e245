import type { Findings } from "../docx/body-options.ts";
import type { Sheet } from "../sheet/layout.ts";
import type { TakeRoom } from "../sheet/room.ts";
import type { XmlAttributes } from "../zip/namespaces.ts";
import type { XmlHandler } from "../zip/xml.ts";
import { createSheetRows, type SheetRows } from "./sheet-rows.ts";

type OpenSheet = {
  readonly name: string;
  readonly hidden: boolean;
  readonly rows: SheetRows;
  cell: string[];
  /** Text of shapes, which stand in no cell. */
  readonly asides: string[];
};

/** Collects the tables of a spreadsheet (OpenDocument 1.3 part 3, section 9) as rows of shown text. */
export function createOdfSheets(
  takeRoom: TakeRoom,
  findings: Findings,
): {
  readonly handler: XmlHandler;
  readonly sheets: readonly Sheet[];
} {
  const sheets: Sheet[] = [];
  const hiddenStyles = createHiddenStyles();
  let sheet: OpenSheet | undefined;
  let paragraphs = 0;
  let comments = 0;
  const openCell = (open: OpenSheet, attributes: XmlAttributes): void => {
    open.cell = [];
    open.rows.openCell(attributes);
  };
  const endCell = ({ cell, rows }: OpenSheet): void => rows.closeCell(cell.join(""));
  const openers: Readonly<Record<string, (open: OpenSheet, attributes: XmlAttributes) => void>> = {
    "table:table-row": ({ rows }, attributes) => rows.openRow(attributes),
    "table:table-cell": openCell,
    "table:covered-table-cell": openCell,
    "text:s": ({ cell }) => cell.push(" "),
    "text:tab": ({ cell }) => cell.push(" "),
    "text:line-break": ({ cell }) => cell.push(" "),
    "office:annotation": ({ cell }) => cell.push(" [comment: "),
  };
  const closers: Readonly<Record<string, (open: OpenSheet) => void>> = {
    "text:p": ({ cell }) => cell.push(" "),
    "office:annotation": ({ cell }) => cell.push("] "),
    "table:table-cell": endCell,
    "table:covered-table-cell": endCell,
    "table:table-row": ({ rows }) => rows.closeRow(),
    "table:shapes": ({ cell, asides }) => {
      const text = cell.splice(0).join("").replace(/\s+/g, " ").trim();
      if (text !== "") asides.push(`[text box: ${text}]`);
    },
  };
  const handler: XmlHandler = {
    open: (name, attributes) => {
      hiddenStyles.open(name, attributes);
      if (name === "table:table" && sheet === undefined) {
        const hidden = hiddenStyles.has(attributes["table:style-name"]);
        const rows = createSheetRows(takeRoom);
        sheet = { name: attributes["table:name"] ?? "", hidden, rows, cell: [], asides: [] };
      }
      if (name === "text:p") paragraphs += 1;
      if (name === "draw:image") findings.pictures += 1;
      if (name === "dc:date" || name === "meta:date-string" || name === "dc:creator") comments += 1;
      if (sheet !== undefined) openers[name]?.(sheet, attributes);
    },
    close: (name) => {
      if (sheet !== undefined) closers[name]?.(sheet);
      if (name === "text:p") paragraphs -= 1;
      if (name === "dc:date" || name === "meta:date-string" || name === "dc:creator") comments -= 1;
      if (name !== "table:table" || sheet === undefined) return;
      const { name: title, hidden, rows, asides } = sheet;
      sheets.push({ name: title, hidden, rows: rows.finish(), asides });
      sheet = undefined;
    },
    text: (text) => {
      if (paragraphs > 0 && comments === 0) sheet?.cell.push(text);
    },
  };
  return { handler, sheets };
}

/** Styles of tables that are not shown (section 20.249, `table:display`). */
function createHiddenStyles() {
  const hidden = new Set<string>();
  let style = "";
  return {
    open: (element: string, attributes: XmlAttributes): void => {
      if (element === "style:style") style = attributes["style:name"] ?? "";
      else if (element === "style:table-properties" && attributes["table:display"] === "false")
        hidden.add(style);
    },
    has: (name = ""): boolean => hidden.has(name),
  };
}
