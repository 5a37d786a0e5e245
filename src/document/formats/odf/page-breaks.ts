import type { PageMarks } from "../docx/pages.ts";
import type { XmlAttributes } from "../zip/namespaces.ts";
import type { TextStyles } from "./text-styles.ts";

const FAMILIES: Readonly<Record<string, "paragraph" | "table">> = {
  "text:p": "paragraph",
  "text:h": "paragraph",
  "table:table": "table",
};

/** Page breaks: those that the program noted when it saved the text, and those that styles ask for. */
export function createPageBreaks(styles: TextStyles, pages: PageMarks) {
  const after: boolean[] = [];
  let isLaidOut = false;
  let hasBegun = false;
  const breakPage = (): void => pages.onBreak(isLaidOut ? "rendered" : "explicit");
  return {
    /** `isInFlow`: whether it stands neither in a table nor in a note or a box. */
    open: (name: string, attributes: XmlAttributes, isInFlow: boolean): void => {
      if (name === "office:text") isLaidOut = attributes["text:use-soft-page-breaks"] === "true";
      else if (name === "text:soft-page-break") pages.onBreak("rendered");
      const family = FAMILIES[name];
      if (family === undefined) return;
      const breaks = styles.breaks(family, attributes[`${name.split(":")[0]}:style-name`]);
      if (isInFlow && breaks.before && hasBegun) breakPage();
      hasBegun = true;
      after.push(isInFlow && breaks.after);
    },
    close: (name: string): void => {
      if (FAMILIES[name] !== undefined && after.pop() === true) breakPage();
    },
  };
}
