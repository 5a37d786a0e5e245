import type { Findings } from "../docx/body-options.ts";
import type { PageMarks } from "../docx/pages.ts";
import type { Sink } from "../docx/sink.ts";
import type { XmlAttributes } from "../zip/namespaces.ts";
import type { XmlHandler } from "../zip/xml.ts";
import { type Asides, createAsides } from "./asides.ts";
import { createFormControls } from "./form-controls.ts";
import { createLists } from "./lists.ts";
import { createLooks, type Looks } from "./looks.ts";
import { createPageBreaks } from "./page-breaks.ts";
import { repeats } from "./repeats.ts";
import { odfTables } from "./tables.ts";
import { createTextStyles, type TextStyles } from "./text-styles.ts";

export type OdfBodyOptions = {
  readonly sink: Sink;
  readonly findings: Findings;
  readonly pages: PageMarks;
};

type Handlers = {
  readonly openers?: Readonly<Record<string, (attributes: XmlAttributes) => void>>;
  readonly closers?: Readonly<Record<string, () => void>>;
};

/** White space is counted in an attribute; a damaged count would fill the memory. */
const MOST_SPACES = 100;
const SKIPPED = new Set([
  "text:tracked-changes",
  "office:settings",
  "office:master-styles",
  "dc:date",
  "meta:date-string",
  "meta:creator-initials",
  "loext:sender-initials",
  "presentation:footer-decl",
]);

/** Turns OpenDocument text into elements of HTML (OpenDocument 1.3 part 3, sections 5, 6, 9). */
export function createOdfBody({ sink: target, findings, pages }: OdfBodyOptions): XmlHandler {
  const styles = createTextStyles();
  const asides = createAsides(target);
  const { sink } = asides;
  const lists = createLists(sink);
  const tables = odfTables(sink, asides, pages);
  const blocks = createBlocks({ sink, styles, asides, lists, tables });
  const breaks = createPageBreaks(styles, pages);
  const controls = createFormControls(blocks.write);
  const parts: readonly Handlers[] = [styles, asides, lists, tables, blocks];
  let skipped = 0;
  return {
    open: (name, attributes) => {
      if (name === "text:deletion") findings.deletions += 1;
      if (name === "draw:image" && skipped === 0) findings.pictures += 1;
      if (SKIPPED.has(name)) skipped += 1;
      if (skipped > 0) return;
      breaks.open(name, attributes, asides.isInFlow());
      for (const { openers } of parts) openers?.[name]?.(attributes);
      controls.open(name, attributes);
    },
    close: (name) => {
      if (SKIPPED.has(name)) skipped -= 1;
      else if (skipped === 0) {
        for (const { closers } of parts) closers?.[name]?.();
        breaks.close(name);
      }
    },
    text: (text) => {
      if (skipped === 0 && !asides.takesText(text)) blocks.write(text);
    },
  };
}

type BlockOptions = {
  readonly sink: Sink;
  readonly styles: TextStyles;
  readonly asides: Asides;
  readonly lists: Pick<ReturnType<typeof createLists>, "isOpen" | "begin">;
  readonly tables: Pick<ReturnType<typeof odfTables>, "text">;
};

/** Paragraphs and headings: notes have paragraphs of their own inside another one. */
function createBlocks({ sink, styles, asides, lists, tables }: BlockOptions) {
  const open: { readonly element: string; readonly looks: Looks }[] = [];
  const sections: boolean[] = [];
  const write = (text: string): void => {
    const looks = open.at(-1)?.looks;
    if (looks === undefined) return;
    looks.text(text);
    if (looks.isSeen() && !asides.isOpen()) tables.text(text);
  };
  const begin = (element: string, attributes: XmlAttributes): void => {
    lists.begin();
    const look = styles.look("paragraph", attributes["text:style-name"]);
    open.push({ element, looks: createLooks(sink, look) });
    sink.open(element, {});
  };
  const end = (): void => {
    const block = open.pop();
    block?.looks.end();
    sink.close(block?.element ?? "p");
    if (open.length === 0) asides.flush();
  };
  return {
    write,
    openers: {
      "text:p": (attributes: XmlAttributes) => begin(lists.isOpen() ? "div" : "p", attributes),
      "text:h": (attributes: XmlAttributes) => begin(headingElement(attributes), attributes),
      "text:span": (attributes: XmlAttributes) =>
        open.at(-1)?.looks.openSpan(styles.look("text", attributes["text:style-name"])),
      "text:section": (attributes: XmlAttributes) => {
        const isHidden = attributes["text:display"] === "none" || attributes["text:is-hidden"] === "true";
        sections.push(isHidden);
        if (isHidden) sink.open("div", { hidden: "" });
      },
      "text:s": (attributes: XmlAttributes) => write(" ".repeat(repeats(attributes["text:c"], MOST_SPACES))),
      "text:tab": () => write(" "),
      "text:line-break": () => {
        sink.open("br", {});
        sink.close("br");
      },
    },
    closers: {
      "text:p": end,
      "text:h": end,
      "text:span": () => open.at(-1)?.looks.closeSpan(),
      "text:section": () => {
        if (sections.pop() === true) sink.close("div");
      },
    },
  };
}

function headingElement(attributes: XmlAttributes): string {
  const level = Number(attributes["text:outline-level"] ?? 1);
  return `h${Math.min(6, Math.max(1, Number.isInteger(level) ? level : 1))}`;
}
