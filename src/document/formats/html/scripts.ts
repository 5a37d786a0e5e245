import { fraction, lowered, OPEN_FRACTION, raised } from "../superscript.ts";
import type { TextWriter } from "./text-writer.ts";

/** Takes the text of `sup` and `sub`, and writes it so that it is told apart from the text before it. */
export type Scripts = {
  readonly open: (name: string) => void;
  readonly close: (name: string) => void;
  /** Whether the text was taken, to be written when its element ends. */
  readonly text: (text: string) => boolean;
};

/** Longer texts are no marks but small print. UTF-16 units. */
const LONGEST_MARK = 24;

export function createScripts(writer: TextWriter): Scripts {
  let parts: string[] | undefined;
  const end = (name: string): void => {
    const text = (parts ?? []).join("");
    parts = undefined;
    if (text.trim() !== "") writeScript(writer, name, text);
  };
  return {
    open: (name) => {
      if (isScript(name) && parts === undefined) parts = [];
    },
    close: (name) => {
      if (isScript(name) && parts !== undefined) end(name);
    },
    text: (text) => {
      parts?.push(text);
      return parts !== undefined;
    },
  };
}

function isScript(name: string): boolean {
  return name === "sup" || name === "sub";
}

function writeScript(writer: TextWriter, name: string, text: string): void {
  const before = writer.endsInSpace() ? "" : writer.textSince(writer.length() - 1);
  if (text.length > LONGEST_MARK) writer.writeInline(text);
  else if (name === "sup") writer.writeInline(raised(text, before));
  else {
    const open = /^\s*\d+\s*$/.test(text) ? writer.takeTail(OPEN_FRACTION) : undefined;
    if (open === undefined) writer.writeInline(lowered(text, before));
    else {
      const base = writer.textSince(writer.length() - 1);
      writer.writeInline(fraction(open.slice(0, -1), text.trim(), base));
    }
  }
}
