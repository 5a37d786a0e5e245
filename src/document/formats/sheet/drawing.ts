import type { Findings } from "../docx/body-options.ts";
import type { XmlHandler } from "../zip/xml.ts";

/** The text of what is drawn over a sheet's cells (ECMA-376 part 1, section 20.5), a line for each box and picture. */
export function readDrawing(findings: Findings): {
  readonly handler: XmlHandler;
  readonly lines: readonly string[];
} {
  const lines: string[] = [];
  let parts: string[] = [];
  let fallbacks = 0;
  let isText = false;
  const endBox = (): void => {
    const text = parts.join("").replace(/\s+/g, " ").trim();
    if (text !== "") lines.push(`[text box: ${text}]`);
    parts = [];
  };
  const handler: XmlHandler = {
    open: (name, { descr = "" }) => {
      if (name === "mc:Fallback") fallbacks += 1;
      if (fallbacks > 0) return;
      isText = name === "a:t";
      if (name === "xdr:pic" || name === "c:chart") findings.pictures += 1;
      if (name === "c:chart") findings.charts += 1;
      else if (name === "xdr:cNvPr" && descr.trim() !== "") lines.push(`[picture: ${descr.trim()}]`);
    },
    close: (name) => {
      isText = false;
      if (name === "mc:Fallback") fallbacks -= 1;
      else if (name === "a:p" || name === "a:br") parts.push(" ");
      else if (name === "xdr:sp") endBox();
    },
    text: (text) => {
      if (isText && fallbacks === 0) parts.push(text);
    },
  };
  return { handler, lines };
}
