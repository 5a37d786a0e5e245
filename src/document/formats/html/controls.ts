import { collapse, type TextWriter } from "./text-writer.ts";

/** The attributes that say what a form's control holds. */
export type ControlAttributes = {
  readonly type?: string;
  readonly value?: string;
  readonly checked?: string;
  readonly selected?: string;
  readonly multiple?: string;
};

/** Passwords are nobody's text, and hidden values are the program's. */
const WITHOUT_TEXT = new Set(["hidden", "password", "image", "file", "color", "range"]);

type Option = { readonly parts: string[]; readonly isSelected: boolean };

/** Writes what a form's controls hold: values, ticked and unticked boxes, and which of the options is selected. */
export type Controls = {
  readonly open: (name: string, attributes: ControlAttributes) => void;
  readonly close: (name: string) => void;
  /** Whether the text belongs to an option, and is written with its list. */
  readonly text: (text: string) => boolean;
};

export function createControls(writer: TextWriter): Controls {
  let list: { readonly options: Option[]; readonly isMultiple: boolean } | undefined;
  // Boxes in code switch its display; they are nobody's answer.
  let codeDepth = 0;
  const endList = (): void => {
    if (list !== undefined) writeOptions(writer, list.options, list.isMultiple);
    list = undefined;
  };
  return {
    open: (name, attributes) => {
      if (name === "pre") codeDepth += 1;
      if (name === "input" && codeDepth === 0) writeInput(writer, attributes);
      else if (name === "textarea") writer.space();
      else if (name === "select") {
        endList();
        list = { options: [], isMultiple: attributes.multiple !== undefined };
      } else if (name === "option" && list === undefined) writer.space();
      else if (name === "option")
        list?.options.push({ parts: [], isSelected: attributes.selected !== undefined });
    },
    close: (name) => {
      if (name === "pre") codeDepth = Math.max(0, codeDepth - 1);
      if (name === "select") endList();
    },
    text: (text) => {
      if (list === undefined) return false;
      list.options.at(-1)?.parts.push(text);
      return list.options.length > 0 || text.trim() === "";
    },
  };
}

function writeInput(writer: TextWriter, { type = "text", value = "", checked }: ControlAttributes): void {
  const kind = type.toLowerCase();
  if (WITHOUT_TEXT.has(kind)) return;
  writer.space();
  writer.writeInline(kind === "checkbox" || kind === "radio" ? boxOf(checked !== undefined) : value);
  writer.space();
}

/** As in Markdown's task lists. */
export function boxOf(isTicked: boolean): string {
  return isTicked ? "[x]" : "[ ]";
}

function writeOptions(writer: TextWriter, options: readonly Option[], isMultiple: boolean): void {
  // Where the page selects none, a browser shows the first.
  const first = isMultiple || options.some(({ isSelected }) => isSelected) ? undefined : options[0];
  const texts = options.map((option) => {
    const isSelected = option.isSelected || option === first;
    return `${boxOf(isSelected)} ${collapse(option.parts.join("")).trim()}`;
  });
  writer.space();
  if (texts.length > 0) writer.writeInline(texts.join(" "));
  writer.space();
}
