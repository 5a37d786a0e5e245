import { isSymbolFont, showSymbols, symbolOf } from "../symbol-fonts.ts";
import type { XmlAttributes } from "../zip/namespaces.ts";
import type { Sink } from "./sink.ts";

/** What surrounds a run's text, in the words of HTML. */
type RunMarks = { element: "sup" | "sub" | "del" | undefined; hidden: boolean; font: string };

/** Hands runs of text on with their marks. */
export function createRuns(sink: Sink) {
  let marks: RunMarks = { element: undefined, hidden: false, font: "" };
  let listener: (text: string) => void = () => undefined;
  const plain = (text: string): void => {
    sink.text(text);
    listener(text);
  };
  const reset = (): void => {
    marks = { element: undefined, hidden: false, font: "" };
  };
  return {
    plain,
    /** Told of all text, to repeat it where merged cells go on. */
    onText: (listen: (text: string) => void): void => {
      listener = listen;
    },
    open: reset,
    close: reset,
    property: (name: string, value: string | undefined): void => readRunProperty(marks, name, value),
    text: (written: string): void => {
      const { element, hidden, font } = marks;
      const text = showSymbols(written, font);
      if (text === "") return;
      if (element !== undefined) sink.open(element, {});
      plain(hidden && text.trim() !== "" ? `[hidden text: ${text}]` : text);
      if (element !== undefined) sink.close(element);
    },
  };
}

/** The marks that one element of `w:rPr` sets. */
function readRunProperty(marks: RunMarks, name: string, value: string | undefined): void {
  const isOn = value === undefined || !/^(?:0|false|off|none)$/.test(value);
  if (name === "w:vertAlign" && value === "superscript") marks.element = "sup";
  else if (name === "w:vertAlign" && value === "subscript") marks.element = "sub";
  else if ((name === "w:strike" || name === "w:dstrike") && isOn) marks.element = "del";
  else if (name === "w:rFonts") marks.font = value ?? "";
  else if (name === "w:vanish" && isOn) marks.hidden = true;
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
