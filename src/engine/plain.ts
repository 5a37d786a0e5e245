import { sentences } from "../document/sentences.ts";
import type { Spoken } from "./decode.ts";

/** On one line, without list marks and Markdown; a sentence that the writer was stopped in is left out unless it is all. */
export function plainLine({ text, stop }: Pick<Spoken, "text" | "stop">): string {
  const lines = text
    .split("\n")
    .map((line) => line.replace(/^\s*(?:[-*•–]+|#+|\(?\d{1,2}[.)])\s+/u, "").trim());
  const plain = lines
    .filter((line) => line !== "")
    .map((line) => (/[.!?:;…。！？]["'”’)\]*]*$/u.test(line) || lines.length === 1 ? line : `${line}.`))
    .join(" ")
    .replaceAll(/\*\*|__|`/gu, "");
  if (stop === "end") return plain;
  const spans = sentences(plain, { start: 0, end: plain.length });
  const last = spans.at(-2);
  return last === undefined ? plain : plain.slice(0, last.end);
}

/** The sentences of a text. */
export function wholeSentences(text: string): string[] {
  return sentences(text, { start: 0, end: text.length }).map(({ start, end }) => text.slice(start, end));
}

/** With single spaces for white space. */
export function onOneLine(text: string): string {
  return text.replaceAll(/\s+/gu, " ").trim();
}
