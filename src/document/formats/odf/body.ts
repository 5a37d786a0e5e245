import type { Findings } from "../docx/body-options.ts";
import type { Sink } from "../docx/sink.ts";
import type { XmlAttributes } from "../zip/namespaces.ts";
import type { XmlHandler } from "../zip/xml.ts";
import { createAsides } from "./asides.ts";
import { createLists, createSpans } from "./styles.ts";
import { odfTables } from "./tables.ts";

export type OdfBodyOptions = {
  readonly sink: Sink;
  readonly findings: Findings;
  readonly onPageBreak: () => void;
};

/** White space is counted in an attribute; a damaged count would fill the memory. */
const MOST_SPACES = 100;
const SKIPPED = new Set([
  "text:tracked-changes",
  "office:settings",
  "office:master-styles",
  "text:note-citation",
  "dc:date",
  "meta:date-string",
  "presentation:footer-decl",
]);

/** Turns OpenDocument text into elements of HTML (OpenDocument 1.3 part 3, sections 5, 6, 9). */
export function createOdfBody({ sink: target, findings, onPageBreak }: OdfBodyOptions): XmlHandler {
  const asides = createAsides(target);
  const { sink } = asides;
  const lists = createLists(sink);
  const tables = odfTables(sink, asides);
  const parts = [asides, lists, createSpans(sink), tables];
  /** The elements of open paragraphs and headings: notes have paragraphs of their own. */
  const blocks: string[] = [];
  let skipped = 0;
  const write = (text: string): void => {
    if (blocks.length === 0) return;
    sink.text(text);
    tables.text(text);
  };
  const begin = (element: string): void => {
    blocks.push(element);
    sink.open(element, {});
  };
  const end = (): void => {
    sink.close(blocks.pop() ?? "p");
    if (blocks.length === 0) asides.flush();
  };
  const openers: Readonly<Record<string, (attributes: XmlAttributes) => void>> = {
    ...Object.assign({}, ...parts.map((part) => part.openers)),
    "text:p": () => begin(lists.isOpen() ? "div" : "p"),
    "text:h": (attributes) => begin(headingElement(attributes)),
    "text:s": (attributes) => write(" ".repeat(spaces(attributes["text:c"]))),
    "text:tab": () => write(" "),
    "text:line-break": () => sink.open("br", {}),
    "text:soft-page-break": onPageBreak,
    "draw:image": () => {
      findings.pictures += 1;
    },
  };
  const closers: Readonly<Record<string, () => void>> = {
    ...Object.assign({}, ...parts.map((part) => part.closers)),
    "text:p": end,
    "text:h": end,
  };
  return {
    open: (name, attributes) => {
      if (name === "text:deletion") findings.deletions += 1;
      if (SKIPPED.has(name)) skipped += 1;
      if (skipped === 0) openers[name]?.(attributes);
    },
    close: (name) => {
      if (SKIPPED.has(name)) skipped -= 1;
      else if (skipped === 0) closers[name]?.();
    },
    text: (text) => {
      if (skipped === 0) write(text);
    },
  };
}

function headingElement(attributes: XmlAttributes): string {
  const level = Number(attributes["text:outline-level"] ?? 1);
  return `h${Math.min(6, Math.max(1, Number.isInteger(level) ? level : 1))}`;
}

function spaces(count = "1"): number {
  const value = Number(count);
  return Number.isInteger(value) ? Math.min(MOST_SPACES, Math.max(1, value)) : 1;
}
