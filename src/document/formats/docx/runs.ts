import { isSymbolFont, showSymbols, symbolOf } from "../symbol-fonts.ts";
import type { XmlAttributes } from "../zip/namespaces.ts";
import { type RunProperties, readRunProperty } from "./run-properties.ts";
import { type Sink, writeIn } from "./sink.ts";
import type { Styles } from "./styles.ts";

/** Hands runs of text on with what surrounds them, in the words of HTML. */
export function createRuns(sink: Sink, styles: Styles) {
  let own: RunProperties = {};
  let listener: (text: string) => void = () => undefined;
  const plain = (text: string): void => {
    sink.text(text);
    listener(text);
  };
  const reset = (): void => {
    own = {};
  };
  return {
    plain,
    /** Told of all text that is not struck out, to repeat it where merged cells go on. */
    onText: (listen: (text: string) => void): void => {
      listener = listen;
    },
    lineBreak: (): void => {
      sink.open("br", {});
      sink.close("br");
    },
    open: reset,
    close: reset,
    property: (name: string, value: string | undefined): void => readRunProperty(own, name, value),
    text: (written: string, paragraphStyle: string | undefined): void => {
      const { struck, position, hidden, font = "" } = styles.resolveRun(own, paragraphStyle);
      const shown = showSymbols(written, font);
      if (shown === "") return;
      const text = hidden && shown.trim() !== "" ? `[hidden text: ${shown}]` : shown;
      const element = struck ? "del" : position;
      writeIn(sink, element === "baseline" ? undefined : element, text);
      if (!struck) listener(text);
    },
  };
}

/** The character of `w:sym`; U+FFFD for one that only its font knows. */
export function symbol(attributes: XmlAttributes): string {
  const code = Number.parseInt(attributes["w:char"] ?? "", 16);
  if (Number.isNaN(code)) return "";
  const font = attributes["w:font"] ?? "";
  const isPrivate = code >= 0xe000 && code <= 0xf8ff;
  if (isPrivate || isSymbolFont(font)) return symbolOf(code, font);
  return String.fromCodePoint(Math.min(code, 0x10ffff));
}

/** Text that stands for an element without any. */
export const FIXED: Readonly<Record<string, string>> = {
  "w:tab": " ",
  "w:ptab": " ",
  "w:noBreakHyphen": "\u2011",
  "m:den": "/",
  "m:sup": "^",
  "m:sub": "_",
  "m:rad": "√",
};
