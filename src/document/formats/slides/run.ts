import { showSymbols } from "../symbol-fonts.ts";
import type { XmlAttributes } from "../zip/namespaces.ts";

/** What DrawingML says of a run of text (ECMA-376 part 1, section 21.1.2.3). */
export function createRun() {
  let font = "";
  let element: "del" | "sup" | "sub" | undefined;
  const begin = (): void => {
    font = "";
    element = undefined;
  };
  const takeFont = ({ typeface = "" }: XmlAttributes): void => {
    font = typeface;
  };
  return {
    /** What surrounds the text, in the words of HTML. */
    element: () => element,
    shown: (written: string): string => showSymbols(written, font),
    openers: {
      "a:r": begin,
      "a:fld": begin,
      "a:rPr": ({ strike = "noStrike", baseline = "0" }: XmlAttributes): void => {
        const height = Number.parseFloat(baseline);
        if (strike !== "noStrike") element = "del";
        else if (height > 0) element = "sup";
        else element = height < 0 ? "sub" : undefined;
      },
      "a:latin": takeFont,
      "a:sym": takeFont,
    },
  };
}
