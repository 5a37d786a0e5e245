import type { Citation } from "../engine/results.ts";
import { printableLine } from "./printable.ts";

type PlacedQuote = Pick<Citation, "path" | "page" | "pageLabel" | "line" | "recognised">;

/** "report.pdf p. xii (PDF page 12), line 40": the page as printed comes first, the count only where it differs. */
export function place({ path, page, pageLabel, line, recognised }: PlacedQuote): string {
  const name = path === "-" ? "standard input" : printableLine(path);
  const remark = recognised === true ? " (recognised)" : "";
  return `${name}${pagePart(page, pageLabel)}, line ${line}${remark}`;
}

function pagePart(page: number | null, label: string | null): string {
  if (page === null) return "";
  const printed = label === null ? "" : printableLine(label);
  if (isNamed(printed)) return ` ${printed}`;
  return printed === "" || printed === String(page) ? ` p. ${page}` : ` p. ${printed} (PDF page ${page})`;
}

/** Whether a label says of itself what it counts: a sheet, a slide, a message, a time. */
export function isNamed(label: string): boolean {
  return /^(?:sheet|slide|message|at) /.test(label);
}

/** The quote on one line, in quotation marks. */
export function quoted({ quote, header }: Pick<Citation, "quote" | "header">): string {
  return `“${printableLine(quote)}”${underHeader({ header })}`;
}

/** What stands over a row of a table, in brackets behind its quote. */
export function underHeader({ header }: { readonly header?: string | undefined }): string {
  return header === undefined ? "" : ` (under “${printableLine(header)}”)`;
}
